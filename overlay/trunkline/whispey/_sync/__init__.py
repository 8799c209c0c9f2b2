# Derived from whispey/_async/__init__.py by `make generate`; do not edit.
