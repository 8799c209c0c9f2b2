"""Asynchronous sources, from which ``_sync`` is derived by ``make generate``."""
