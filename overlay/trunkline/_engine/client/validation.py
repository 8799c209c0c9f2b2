"""Checks of arguments before anything is sent; what they refuse is described, never quoted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, TypeVar, overload
from urllib.parse import urlsplit

from trunkline._redact import quoted
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from enum import Enum

    from trunkline._engine.options import Options

E = TypeVar("E", bound="Enum")


# ITU-T E.164: a plus sign, then at most fifteen digits, the first of them not zero.
_E164: Final = re.compile(r"\+[1-9]\d{1,14}\Z", re.ASCII)


_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def phone_number(name: str, number: str, options: Options) -> str:
    """Return a telephone number in E.164 form.

    Raises:
        InvalidArgumentError: it is in another form; ``check_phone_numbers=False`` on the client
            turns this off.
    """
    if not options.check_numbers:
        return number
    if not isinstance(number, str):
        raise InvalidArgumentError(
            f"{name} must be text in E.164 form, not {type(number).__name__}"
        )
    if _E164.match(number):
        return number
    raise InvalidArgumentError(
        f"{name} must be a telephone number in E.164 form, such as +15555550123: '+', country code "
        f"and number, at most 15 digits, nothing else; got {describe_text(number)}"
    )


def describe_text(text: str) -> str:
    """Return the form of a text without its content."""
    if not text:
        return "an empty text"
    kinds = re.sub(r"[A-Za-z]", "a", re.sub(r"\d", "9", text[:24]))
    kinds = re.sub(r"[^a9+() .-]", "?", kinds)
    return f"{len(text)} characters of the form '{kinds}{'...' if len(text) > 24 else ''}'"


def identifier(name: str, value: str) -> str:
    """Return an id that can be used in a path.

    Raises:
        InvalidArgumentError: it is empty or not text: the request would go to another operation;
            or it has no UTF-8 form, such as a lone surrogate.
    """
    if isinstance(value, str) and value.strip() and _has_utf8_form(value):
        return value
    if isinstance(value, str):
        raise InvalidArgumentError(f"{name} must be a non-empty text that UTF-8 can hold")
    remedy = ": pass its .id" if hasattr(value, "id") else ""
    raise InvalidArgumentError(f"{name} must be text, not {type(value).__name__}{remedy}")


def _has_utf8_form(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@overload
def bounded_int(name: str, number: int, lowest: int, highest: int | None = None) -> int: ...
@overload
def bounded_int(
    name: str, number: int | None, lowest: int, highest: int | None = None
) -> int | None: ...
def bounded_int(
    name: str, number: int | None, lowest: int, highest: int | None = None
) -> int | None:
    """Return a whole number within bounds; None stays None.

    Raises:
        InvalidArgumentError: it is outside them or not a whole number.
    """
    if number is None:
        return None
    whole = isinstance(number, int) and not isinstance(number, bool)
    if whole and number >= lowest and (highest is None or number <= highest):
        return number
    bounds = f"at least {lowest}" if highest is None else f"from {lowest} to {highest}"
    raise InvalidArgumentError(f"{name} must be a whole number {bounds}, not {quoted(number)}")


@overload
def to_utc(name: str, moment: datetime | date | str) -> datetime: ...
@overload
def to_utc(name: str, moment: datetime | date | str | None) -> datetime | None: ...
def to_utc(name: str, moment: datetime | date | str | None) -> datetime | None:
    """Return a moment with its zone; one without a zone, or a plain date, is taken as UTC.

    Args:
        name: the argument's name.
        moment: a datetime, a date (its first instant), or text that dateutil can read.

    Raises:
        InvalidArgumentError: it is something else, or a text that is not a date.
    """
    if moment is None:
        return None
    if isinstance(moment, str):
        moment = _read(name, moment)
    elif not isinstance(moment, date):
        kind = type(moment).__name__
        raise InvalidArgumentError(
            f"{name} must be a datetime, a date or ISO 8601 text, not {kind}"
        )
    elif not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def day_or_moment(name: str, value: datetime | date | str | None) -> date | datetime | None:
    """Return a plain day as it is and anything else as a moment with its zone.

    For parameters that take both: turning the day that ends a window into its first instant would
    cut that day off.

    Raises:
        InvalidArgumentError: the text is neither.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    moment = to_utc(name, value)
    is_day = isinstance(value, str) and _DAY.match(value)
    return moment.date() if moment is not None and is_day else moment


@overload
def plain_day(name: str, value: date | str) -> date: ...
@overload
def plain_day(name: str, value: date | str | None) -> date | None: ...
def plain_day(name: str, value: date | str | None) -> date | None:
    """Return a day; None stays None.

    Raises:
        InvalidArgumentError: it is not a day.
    """
    moment = day_or_moment(name, value)
    if isinstance(moment, datetime):
        raise InvalidArgumentError(f"{name} must be a day, such as 2026-11-01, without a time")
    return moment


@overload
def matching_text(name: str, text: str, pattern: str) -> str: ...
@overload
def matching_text(name: str, text: str | None, pattern: str) -> str | None: ...
def matching_text(name: str, text: str | None, pattern: str) -> str | None:
    """Return a text that matches the contract's pattern; None stays None.

    Raises:
        InvalidArgumentError: the text does not match.
    """
    if text is None or re.search(pattern, text):
        return text
    raise InvalidArgumentError(f"{name} must fit {pattern}; got {describe_text(text)}")


def web_address(name: str, url: str) -> str:
    """Return an absolute http or https URL.

    Raises:
        InvalidArgumentError: it is something else; it is not shown, because it may hold a secret.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        usable = False
    if usable:
        return url
    raise InvalidArgumentError(f"{name} must be a URL that begins with https:// or http://")


def _read(name: str, text: str) -> datetime:
    from dateutil import parser

    try:
        return parser.isoparse(text)
    except (ValueError, OverflowError):
        raise InvalidArgumentError(
            f"{name} must be a date or time in ISO 8601, such as 2026-11-01 or "
            f"2026-11-01T12:00:00Z; got {describe_text(text)}"
        ) from None


@overload
def enum_member(name: str, value: str, kind: type[E]) -> E: ...
@overload
def enum_member(name: str, value: str | None, kind: type[E]) -> E | None: ...
def enum_member(name: str, value: str | None, kind: type[E]) -> E | None:
    """Return a text as a member of an enumeration: requests stay strict.

    Raises:
        InvalidArgumentError: the contract does not know the value; the known ones are listed.
    """
    if value is None:
        return None
    for known in kind:
        if known.value == value:
            return known
    choices = ", ".join(str(known.value) for known in kind)
    raise InvalidArgumentError(f"{name} must be one of {choices}; got {quoted(value)}")
