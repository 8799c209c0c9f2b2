# Derived from _engine/session/_async/__init__.py by `make generate`; do not edit.
