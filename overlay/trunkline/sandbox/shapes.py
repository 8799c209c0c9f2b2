"""Telling JSON objects and arrays apart, in words that type checkers understand."""

from __future__ import annotations

from typing import Any, TypeGuard

__all__ = ["is_array", "is_object", "is_tuple"]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether the JSON value is an array."""
    return isinstance(value, list)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether the value is a tuple."""
    return isinstance(value, tuple)
