"""StateSet Voice in the sandbox."""
