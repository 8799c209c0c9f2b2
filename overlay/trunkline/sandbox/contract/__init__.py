"""OpenAPI documents as a server needs them: matching, validation and examples."""
