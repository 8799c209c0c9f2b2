"""The level table, and how edits are judged by it."""
