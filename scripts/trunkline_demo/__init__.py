"""The parts of `make demo`: one module a provider, and what they share."""
