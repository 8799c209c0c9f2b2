# Derived from phone_ai/_async/resources/__init__.py by `make generate`; do not edit.
