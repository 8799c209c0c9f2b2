"""Which names and enum values of responses may be written: they may be personal data."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "LONGEST_TOKEN",
    "MOST_NAMES",
    "SIGHTINGS",
    "is_field_name",
    "is_token",
    "key_class",
]

#: A name or token is written once it has occurred in this many responses of a process.
SIGHTINGS: Final = 3
#: If an object has more unknown keys than this, none is written.
MOST_NAMES: Final = 24
LONGEST_TOKEN: Final = 32

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", re.ASCII)
#: Digits as in telephone numbers and dates; hexadecimal digits as in ids and hashes.
_DATA: Final = re.compile(r"[0-9]{4}|[0-9A-Fa-f]{8}", re.ASCII)

_CLASSES: Final = (
    ("uuid", re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)),
    ("e164", re.compile(r"\+[0-9]{4,15}", re.ASCII)),
    ("numeric", re.compile(r"[0-9]+", re.ASCII)),
)


def is_field_name(key: str) -> bool:
    """Return whether a key looks like the name of a field and not like an id or a number."""
    return _NAME.fullmatch(key) is not None and _DATA.search(key) is None


def is_token(value: str) -> bool:
    """Return whether a value looks like one that an enum would list: ``no_answer``, ``BUSY``."""
    one_case = value == value.lower() or value == value.upper()
    return one_case and len(value) <= LONGEST_TOKEN and is_field_name(value)


def key_class(key: str) -> str:
    """Return the class of a key: ``identifier``, ``numeric``, ``uuid``, ``e164`` or ``other``."""
    if is_field_name(key):
        return "identifier"
    return next((name for name, pattern in _CLASSES if pattern.fullmatch(key)), "other")
