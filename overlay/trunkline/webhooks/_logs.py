"""The logger of webhooks; untrusted text cannot add lines to it.

A handler's exception may quote what a caller said on the telephone, and a formatter does not escape
its line breaks. So the text of a record's exception is escaped here: handlers of the standard
library use it, and ``exc_info`` is kept for others.
"""

from __future__ import annotations

import logging
import traceback
from typing import Final, cast

__all__ = ["escaped", "logger"]

#: Longer chains of exceptions are cut off.
_MOST: Final = 20
_CAUSE: Final = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT: Final = "\nDuring handling of the above exception, another exception occurred:\n\n"


def escaped(text: str) -> str:
    """Return a text on one line, with unprintable characters escaped as in Python source."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


def _prepare(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.exc_text = _described(error, set()).rstrip("\n")
    return True


def _described(error: BaseException, seen: set[int]) -> str:
    """Return what ``traceback`` would, with the text of each exception on one line."""
    seen.add(id(error))
    before = _before(error, seen)
    lines = traceback.format_tb(error.__traceback__)
    head = "Traceback (most recent call last):\n" if lines else ""
    texts = [f"{_name(type(error))}: {escaped(_text(error))}"]
    texts += [escaped(_text(note)) for note in getattr(error, "__notes__", ())]
    whole = "".join([before, head, *lines, *(f"{text}\n" for text in texts)])
    is_group = isinstance(cast("object", error), BaseExceptionGroup)
    inner: tuple[BaseException, ...] = getattr(error, "exceptions", ()) if is_group else ()
    return whole + "".join(_described(each, seen) for each in inner if _is_new(each, seen))


def _before(error: BaseException, seen: set[int]) -> str:
    cause, context = error.__cause__, error.__context__
    if cause is not None:
        return _described(cause, seen) + _CAUSE if _is_new(cause, seen) else ""
    if context is None or error.__suppress_context__ or not _is_new(context, seen):
        return ""
    return _described(context, seen) + _CONTEXT


def _is_new(error: BaseException, seen: set[int]) -> bool:
    return id(error) not in seen and len(seen) < _MOST


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - a foreign __str__
        return "<no text>"


def _name(kind: type) -> str:
    name, module = kind.__qualname__, kind.__module__
    return name if module == "builtins" else f"{module}.{name}"


logger: Final = logging.getLogger("trunkline.webhooks")
logger.addFilter(_prepare)
