"""YAML: two readers that agree, and where values stand."""
