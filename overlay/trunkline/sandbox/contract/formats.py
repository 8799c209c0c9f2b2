"""String formats, checked as strictly as RFC 3339 and RFC 3986 require."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from trunkline.sandbox.timestamps import parse_timestamp

__all__ = ["FORMATS", "StrictValidator"]

FORMATS = FormatChecker(formats=())

_DATE = re.compile(r"\d{4}-\d\d-\d\d", flags=re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")


@FORMATS.checks("date-time", raises=(ValueError, OverflowError))
def _date_time(value: object) -> bool:
    return not isinstance(value, str) or bool(parse_timestamp(value))


@FORMATS.checks("date", raises=ValueError)
def _date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))


@FORMATS.checks("uri", raises=ValueError)
def _uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_URI.fullmatch(value)) and bool(urlsplit(value).scheme)


@FORMATS.checks("uuid", raises=ValueError)
def _uuid(value: object) -> bool:
    return not isinstance(value, str) or str(UUID(value)) == value.lower()


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Any:
    # JSON Schema's `$` is the end of the text; Python's also matches before a final newline.
    exact = re.sub(r"(?<!\\)\$$", r"\\Z", pattern)
    try:
        is_violated = isinstance(instance, str) and not re.search(exact, instance)
    except re.error:  # ECMAScript patterns support more, such as \\p{L}
        return
    if is_violated:
        yield ValidationError(f"does not match {pattern!r}")


def _required(_validator: Any, names: list[str], instance: Any, _schema: Any) -> Any:
    # The missing name belongs to the error's path: that is where the client has to look.
    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield ValidationError(f"{name} is required", path=(name,))


# The stubs of jsonschema leave this function without types.
_extend: Any = getattr(validators, "extend")  # noqa: B009  # so that both checkers see Any

#: Draft 2020-12 with JSON Schema's meaning of `$` and with missing names in the error's path.
StrictValidator: Any = _extend(Draft202012Validator, {"pattern": _pattern, "required": _required})
