"""The callers of the clients in this repository: found, edited, or left to a person."""
