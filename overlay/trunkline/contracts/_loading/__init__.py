"""Load and check documents: sources, JSON, YAML, external references, corrections."""
