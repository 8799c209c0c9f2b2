"""From a name to a checked document: sources, JSON, YAML, external references, corrections."""
