"""Whose a claim is."""

from __future__ import annotations

import os

__all__ = ["new_owner"]


def new_owner() -> str:
    """Return a text that no other claim has, for the ``owner`` of a claim."""
    return os.urandom(16).hex()
