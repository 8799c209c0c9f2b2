# Derived from whispey/_async/resources/__init__.py by `make generate`; do not edit.
