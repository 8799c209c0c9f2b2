"""Reads response headers that carry waits and limits; absurd values count as absent."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

# Ten digits: an X-RateLimit-Reset above this is an epoch, below it a number of seconds. Above the
# second bound the epoch is in milliseconds: in seconds it would be the year 5138.
_EPOCH: Final = 1_000_000_000


_EPOCH_MS: Final = 100_000_000_000


class RateLimit(NamedTuple):
    """The server's rate limit, as far as it was reported.

    Attributes:
        limit: requests allowed in the window (``X-RateLimit-Limit``).
        remaining: requests left in it (``X-RateLimit-Remaining``).
        reset: seconds until the window resets (``X-RateLimit-Reset``).
    """

    limit: int | None = None
    remaining: int | None = None
    reset: float | None = None


def seconds(value: object) -> float | None:
    """Return a non-negative, finite number of seconds, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str) and "_" in value:  # float() would accept 1_000
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _epoch(date: str | None) -> float | None:
    try:
        moment = parsedate_to_datetime(date or "")
        # An HTTP date is in GMT, even without a zone (RFC 9110, section 5.6.7).
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _until(date: str | None, headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds from the server's own ``Date`` to ``date``; clocks may differ."""
    then = _epoch(date)
    here = _epoch(headers.get("date"))
    return None if then is None else max(0.0, then - (now if here is None else here))


def rate_limit(headers: Mapping[str, str], now: float) -> RateLimit:
    """Return the rate limits in the headers of a response.

    Args:
        headers: the response headers, names in lower case.
        now: the wall clock in epoch seconds, used where the server sends no ``Date``.
    """
    return RateLimit(
        _count(headers.get("x-ratelimit-limit")),
        _count(headers.get("x-ratelimit-remaining")),
        _reset(headers, now),
    )


def _count(text: str | None) -> int | None:
    number = seconds(text)
    return None if number is None else int(number)


def _reset(headers: Mapping[str, str], now: float) -> float | None:
    number = seconds(headers.get("x-ratelimit-reset"))
    if number is None or number < _EPOCH:
        return number
    here = _epoch(headers.get("date"))
    then = number / 1000 if number > _EPOCH_MS else number
    return max(0.0, then - (now if here is None else here))


def retry_after(
    status: int, headers: Mapping[str, str], details: Mapping[str, Any], now: float
) -> float | None:
    """Return the wait in seconds that a response asks for, or None.

    The order is ``Retry-After`` (seconds or an HTTP date, RFC 9110 section 10.2.3), then the
    body's ``details.retry_after`` (Pamela), then ``X-RateLimit-Reset``. The last counts for a 429
    only, because many servers send it with every response, whatever the error.
    """
    header = headers.get("retry-after")
    for wait in (
        seconds(header),
        _until(header, headers, now),
        seconds(details.get("retry_after")),
        _reset(headers, now) if status == 429 else None,
    ):
        if wait is not None:
            return wait
    return None


_HEADER_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"


#: The engine writes these itself; a second value would contradict it or replace the key.
RESERVED: Final = frozenset(
    {"authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)


def header_pairs(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Return headers as bytes.

    Raises:
        InvalidArgumentError: a name is not a token (RFC 9110, section 5.6.2) or is one that the
            engine writes itself, or a value is not printable ASCII; values are not shown.
    """
    if not isinstance(headers, Mapping):
        raise InvalidArgumentError(f"headers must map names to texts, not {type(headers).__name__}")
    return tuple((_name(name), header_value(name, value)) for name, value in headers.items())


def merge_headers(
    first: Iterable[tuple[bytes, bytes]], then: Iterable[tuple[bytes, bytes]]
) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of both; of equal names (ignoring case) the last one wins."""
    return tuple({name.lower(): (name, value) for name, value in (*first, *then)}.values())


def _name(name: str) -> bytes:
    if not isinstance(name, str) or not re.fullmatch(_HEADER_NAME, name):
        raise InvalidArgumentError(f"{name!r} is not a valid header name")
    if name.lower() in RESERVED:
        raise InvalidArgumentError(f"the header {name} cannot be set: the client writes it itself")
    return name.encode("ascii")


def header_value(name: str, value: str) -> bytes:
    """Return the value of a header as bytes.

    Raises:
        InvalidArgumentError: it is not printable ASCII text; the value is not shown.
    """
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return value.strip().encode("ascii")
    raise InvalidArgumentError(f"the header {name} must be printable ASCII text")
