"""The public surface of generated clients, and how it changes."""
