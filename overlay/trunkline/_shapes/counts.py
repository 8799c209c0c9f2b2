"""Counts as plain JSON that can be added, so that the files of many processes need no lock.

A text in them is a day or a class such as ``2+``: a sum keeps the later or larger of two, but the
earlier one for ``first``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._json import is_object

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Counts", "merge", "rounded", "total"]

Counts = dict[str, Any]


def merge(left: Counts, right: Counts) -> Counts:
    """Return the sum of both; commutative, associative, and ``{}`` is neutral."""
    merged = dict(left)
    for key, value in right.items():
        merged[key] = _joined(key, merged[key], value) if key in merged else value
    return merged


def _joined(key: str, left: Any, right: Any) -> Any:
    if is_object(left) and is_object(right):
        return merge(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return min(left, right) if key == "first" else max(left, right)
    return left + right


def total(parts: Iterable[Counts]) -> Counts:
    """Return the sum of any number of counts."""
    whole: Counts = {}
    for part in parts:
        whole = merge(whole, part)
    return whole


def rounded(value: Any) -> Any:
    """Return counts rounded to two digits: exact ones would disclose business figures."""
    if is_object(value):
        return {key: rounded(each) for key, each in value.items()}
    return int(float(f"{value:.2g}")) if isinstance(value, int) and value >= 100 else value
