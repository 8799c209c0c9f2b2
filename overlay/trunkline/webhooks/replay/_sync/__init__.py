# Derived from webhooks/replay/_async/__init__.py by `make generate`; do not edit.
"""Asynchronous sources, from which ``_sync`` is derived by ``make generate``."""
