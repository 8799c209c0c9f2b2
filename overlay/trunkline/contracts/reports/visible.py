"""Text from a vendor's document, made safe to show: nothing in it moves a cursor or is hidden."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from typing import Any, Final

from trunkline._json import is_array, is_object, is_tuple

__all__ = ["excerpt", "jsonable", "pretty", "visible"]

#: Python's JSON encoder recurses; deeper values are cut, so that no document aborts a report.
_DEEPEST: Final = 100
_CUT: Final = "…"
_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


def visible(text: str, *, keep_lines: bool = False) -> str:
    """Return ``text`` with each control, format and bidirectional character spelled out.

    Args:
        text: anything; it may contain terminal escapes, line ends or half a surrogate pair.
        keep_lines: leave line feeds as they are.
    """
    if keep_lines:
        return "\n".join(visible(line) for line in text.split("\n"))
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _spelled(char) for char in text)


def _spelled(char: str) -> str:
    if unicodedata.category(char) == "Zs":
        return " "
    return _CONTROL.get(ord(char)) or char.encode("unicode_escape").decode("ascii")


def jsonable(value: Any, _depth: int = 0) -> Any:
    """Return a copy of ``value`` that every JSON parser accepts.

    Numbers that JSON lacks become text, and so does anything else that is not JSON; half a
    surrogate pair, which UTF-8 cannot encode, becomes U+FFFD.
    """
    if isinstance(value, str):
        return value if value.isascii() else _HALF_PAIR.sub("\ufffd", value)
    if _depth > _DEEPEST:
        return _CUT
    if is_object(value):
        return {jsonable(str(key)): jsonable(item, _depth + 1) for key, item in value.items()}
    if is_array(value) or is_tuple(value):
        return [jsonable(item, _depth + 1) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return jsonable(str(value))


def excerpt(value: Any, length: int = 100) -> str:
    """Return a JSON value on one line, cut after ``length`` characters."""
    text = visible(json.dumps(jsonable(value), ensure_ascii=False))
    return text if len(text) <= length else text[: length - 1] + _CUT


def pretty(value: Any, lines: int = 400) -> list[str]:
    """Return a JSON value as indented lines, at most ``lines`` and a note about the rest."""
    text = json.dumps(jsonable(value), ensure_ascii=False, indent=2)
    shown = [visible(line) for line in text.split("\n")]
    if len(shown) <= lines:
        return shown
    return [*shown[:lines], f"{_CUT} {len(shown) - lines} more lines"]
