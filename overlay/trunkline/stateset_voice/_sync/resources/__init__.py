# Derived from stateset_voice/_async/resources/__init__.py by `make generate`; do not edit.
