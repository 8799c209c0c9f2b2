"""A text that matches a regular expression."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["text_for_pattern"]

#: Characters to choose from, the plainest first.
CHARACTERS = "a0A1bB2_- .:/@+" + "".join(map(chr, range(33, 127)))
#: Additional repetitions that are tried where the pattern allows any number.
MAX_EXTRA = 64


def text_for_pattern(pattern: str, min_length: int = 0, max_length: int | None = None) -> str:
    """Return a text that matches, as short as the pattern and `min_length` allow.

    Raises:
        ValueError: the pattern cannot be read, or uses an unsupported feature.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            matcher = re.compile(pattern)
            parser: Any = __import__("re._parser", fromlist=("parse",))
            tree = parser.parse(pattern)
    except (re.error, Warning, RecursionError, OverflowError) as error:
        raise ValueError(f"the pattern {pattern!r} cannot be read: {error}") from None
    for extra in range(MAX_EXTRA):
        text = _sequence(tree, extra)
        if len(text) >= min_length and matcher.search(text):
            if max_length is not None and len(text) > max_length:
                break
            return text
        if not pattern.startswith("^") and len(text) < min_length:
            text = text.ljust(min_length, "a")
            if matcher.search(text):
                return text
    raise ValueError(f"no text was found for the pattern {pattern!r}")


#: How to get the items of a group, or of the first alternative.
_GROUPS: Mapping[str, Callable[[Any], Any]] = {
    "SUBPATTERN": lambda value: value[3],
    "BRANCH": lambda value: value[1][0],
    "ATOMIC_GROUP": lambda value: value,
}


def _sequence(items: Any, extra: int) -> str:
    return "".join(_part(str(kind), value, extra) for kind, value in items)


def _part(kind: str, value: Any, extra: int) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind in {"NOT_LITERAL", "ANY", "IN"}:
        return _character(kind, value)
    if kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        low, high, body = value
        return _sequence(body, extra) * min(int(low) + extra, int(high))
    if kind in _GROUPS:
        return _sequence(_GROUPS[kind](value), extra)
    if kind in {"AT", "ASSERT", "ASSERT_NOT"}:
        return ""
    raise ValueError(f"{kind} is not supported")


def _character(kind: str, value: Any) -> str:
    for character in CHARACTERS:
        if kind == "ANY" or (kind == "NOT_LITERAL" and ord(character) != value):
            return character
        if kind == "IN" and _is_in(ord(character), value):
            return character
    if kind == "IN":
        return chr(next(start for name, start in _starts(value) if name != "NEGATE"))
    raise ValueError("no character fits")


def _starts(items: Any) -> Any:
    for kind, value in items:
        yield str(kind), value[0] if str(kind) == "RANGE" else value


def _is_in(code: int, items: Any) -> bool:
    found = False
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL":
            found |= code == value
        elif name == "RANGE":
            found |= value[0] <= code <= value[1]
        elif name == "CATEGORY":
            found |= bool(re.match(_CATEGORIES[str(value)], chr(code)))
    is_negated = bool(items) and str(items[0][0]) == "NEGATE"
    return found != is_negated


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
