# Derived from _engine/transport/_async/__init__.py by `make generate`; do not edit.
