"""Which JSON value it is, in a form that type checkers follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Return whether it is a JSON array."""
    return isinstance(value, list)


def is_object(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Return whether it is a dictionary of any kind; keys are not looked at."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Return whether it can be sent as a JSON array: a list, a tuple, but not a text."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)
