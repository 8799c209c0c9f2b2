# Derived from stateset_voice/_async/__init__.py by `make generate`; do not edit.
"""The async source of the StateSet Voice resources; the sync twin is derived from it."""
