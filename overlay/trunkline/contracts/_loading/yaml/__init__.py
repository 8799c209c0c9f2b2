"""YAML: two equivalent readers, and the positions of values."""
