"""Formats of texts; only the number of matches is kept, no text."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["FORMATS", "matching"]

_DATE: Final = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
FORMATS: Final = {
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII),
    "date-time": re.compile(rf"{_DATE}[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII),
    "date": re.compile(_DATE, re.ASCII),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s]+", re.ASCII),
    "decimal": re.compile(r"-?\d+\.\d+", re.ASCII),
    "e164": re.compile(r"\+[1-9]\d{6,14}", re.ASCII),
}


def matching(text: str, candidates: frozenset[str]) -> frozenset[str]:
    """Return the candidates that match a text."""
    return frozenset(name for name in candidates if FORMATS[name].fullmatch(text))
