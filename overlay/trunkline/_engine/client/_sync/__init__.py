# Derived from _engine/client/_async/__init__.py by `make generate`; do not edit.
