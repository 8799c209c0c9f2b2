"""Suppress findings that should not be reported again: an ignore file and a baseline."""

from .baseline import Baseline
from .errors import SuppressionError
from .ignore import IgnoreEntry, IgnoreFile

__all__ = ["Baseline", "IgnoreEntry", "IgnoreFile", "SuppressionError"]
