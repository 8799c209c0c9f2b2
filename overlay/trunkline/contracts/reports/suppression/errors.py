"""The error for an invalid ignore file or baseline."""

from __future__ import annotations

from trunkline.errors import TrunklineError

__all__ = ["SuppressionError"]


class SuppressionError(TrunklineError, ValueError):
    """An ignore file or a baseline could not be read or written; the text names the remedy."""
