"""The parts of `make demo`: one module per provider, and what they share."""
