# Derived from phone_ai/_async/__init__.py by `make generate`; do not edit.
