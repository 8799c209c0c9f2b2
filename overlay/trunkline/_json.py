"""Type guards for decoded JSON: an object is a dict, an array a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:  # webhooks import this, and typing takes longer than the rest of it
    from typing import Any, TypeGuard

__all__ = ["is_array", "is_mapping", "is_object", "is_sequence", "is_tuple", "text_of"]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Return whether a value can be sent as a JSON object; keys are not checked."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Return whether a value can be sent as a JSON array: a list or tuple, but not text."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Return whether a value is a tuple."""
    return isinstance(value, tuple)


def text_of(item: object, name: str) -> str | None:
    """Return a text of an object or model, None if it has no such text.

    A response may hold any value where its contract promises a text.
    """
    get: Any = getattr(item, "get", None)
    value = None if get is None else get(name)
    return value if isinstance(value, str) else None
