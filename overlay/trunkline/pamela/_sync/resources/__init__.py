# Derived from pamela/_async/resources/__init__.py by `make generate`; do not edit.
