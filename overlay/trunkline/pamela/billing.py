"""What a call costs, in which month, and who may call: Pamela's rules as arithmetic.

The rules are those of the vendor's page: 0.10 USD a started minute, at least one minute for a call
that connected, calendar months in UTC, a call belongs wholly to the month in which it started, and
a week of grace after a failed payment. Months are computed with python-dateutil; money is decimal.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from dateutil.relativedelta import relativedelta

from trunkline._engine.client.validation import bounded_int, describe_text, to_utc
from trunkline._redact import quoted
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = [
    "USD_PER_MINUTE",
    "billed_minutes",
    "billing_period",
    "cost",
    "current_period",
    "has_access",
    "month_window",
]

#: The vendor's price of a billed minute.
USD_PER_MINUTE: Final = Decimal("0.10")
SECONDS_PER_MINUTE: Final = 60

#: A moment as the API or a caller may give it; without a zone it is taken as UTC.
Moment: TypeAlias = "datetime | date | str"

_PERIOD: Final = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])\Z")


def billed_minutes(duration_seconds: float | None, started_at: Moment | None) -> int:
    """Return how many minutes of a call are charged.

    Args:
        duration_seconds: the call's length in seconds; None only for a call that never connected.
        started_at: when the call connected; None when it never did.

    Returns:
        Started minutes, at least 1; 0 for a call that never connected (inferred: the vendor says
        that only calls that connect are billed).

    Raises:
        InvalidArgumentError: the duration is negative, not a finite number, or missing although
            the call connected; or ``started_at`` is not a moment.
    """
    if to_utc("started_at", started_at) is None:
        return 0
    seconds = _seconds(duration_seconds)
    return max(int(-(-seconds // SECONDS_PER_MINUTE)), 1)


def _seconds(duration: object) -> float:
    if duration is None:
        raise InvalidArgumentError(
            "duration_seconds is None although the call connected: it is known when the call is "
            "over; wait for that"
        )
    number = duration if isinstance(duration, int | float) else -1
    if not isinstance(duration, bool) and math.isfinite(number) and number >= 0:
        return number
    raise InvalidArgumentError(
        f"duration_seconds must be a finite number of seconds from 0, not {quoted(duration)}"
    )


def cost(minutes: int, *, rate: Decimal | int | str = USD_PER_MINUTE) -> Decimal:
    """Return the price of billed minutes, exactly.

    Args:
        minutes: what :func:`billed_minutes` or ``usage.billed_minutes`` gives.
        rate: the price of a minute, by default the published 0.10 USD.

    Raises:
        InvalidArgumentError: minutes are not a whole number from 0, or the rate is a float (which
            has no exact cents), negative or not a number.
    """
    whole = bounded_int("minutes", cast("int | None", minutes), 0)
    if whole is None:
        raise InvalidArgumentError("minutes is None: usage without figures has no price")
    return _price(rate) * whole


def _price(rate: object) -> Decimal:
    try:
        price = Decimal(rate) if isinstance(rate, Decimal | int | str) else None
    except ArithmeticError:
        price = None
    if price is None or not price.is_finite() or price < 0:
        raise InvalidArgumentError(
            f"rate must be a price such as Decimal('0.10'), not {quoted(rate)}"
        )
    return price


def billing_period(started_at: Moment) -> str:
    """Return the month in which a call is billed, as ``YYYY-MM``.

    Args:
        started_at: when the call connected; the month is that of UTC.

    Raises:
        InvalidArgumentError: it is not a moment; None is refused too, because a call that never
            connected is billed in no month.
    """
    moment = to_utc("started_at", cast("Moment | None", started_at))
    if moment is None:
        raise InvalidArgumentError("started_at is None: a call that never connected is not billed")
    there = _to_utc("started_at", moment)
    return f"{there.year:04d}-{there.month:02d}"


def _to_utc(name: str, moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidArgumentError(f"{name} lies outside the calendar in UTC") from None


def current_period(now: Moment | None = None) -> str:
    """Return the current month in UTC as ``YYYY-MM``.

    Args:
        now: the current moment; by default that of the system's clock.
    """
    return billing_period(datetime.now(UTC) if now is None else now)


def period(value: Moment) -> str:
    """Return a billing month as ``YYYY-MM``.

    Args:
        value: a text of that form, or a date or datetime in the month.

    Raises:
        InvalidArgumentError: it is neither.
    """
    if isinstance(value, date):
        return billing_period(value)
    if isinstance(value, str) and _PERIOD.match(value):
        return value
    raise InvalidArgumentError(
        f"period must be a month as YYYY-MM, such as 2026-11, a date or a datetime; got "
        f"{describe_text(value) if isinstance(value, str) else type(value).__name__}"
    )


def month_window(period_: Moment) -> tuple[datetime, datetime]:
    """Return the first instant of a billing month and the first instant after it, in UTC.

    Args:
        period_: the month as ``YYYY-MM``, or a date or datetime in it.

    Raises:
        InvalidArgumentError: it is not a month, or the last one of the calendar.
    """
    year, month = map(int, period(period_).split("-"))
    start = datetime(year, month, 1, tzinfo=UTC)
    try:
        return start, start + relativedelta(months=1)
    except (ValueError, OverflowError):
        raise InvalidArgumentError("no month follows December 9999") from None


def has_access(
    status: str | None,
    grace_period_ends_at: Moment | None = None,
    now: Moment | None = None,
) -> bool:
    """Return whether a subscription in this state may use the API.

    ``active`` may. ``past_due`` may as long as now is *before* the end of the grace period, and is
    charged meanwhile. ``canceled``, no subscription, and any state that the vendor does not name
    may not. Exactly at the end the result is False: the vendor does not define that instant, and
    False avoids a refused call.

    Args:
        status: ``subscription_status`` of the subscription; None when there is none.
        grace_period_ends_at: the end of the grace period; without it there is none.
        now: the moment to decide for; by default that of the system's clock.

    Raises:
        InvalidArgumentError: a moment is not valid.
    """
    ends_at = to_utc("grace_period_ends_at", grace_period_ends_at)
    if status != "past_due" or ends_at is None:
        return status == "active"
    return (to_utc("now", now) or datetime.now(UTC)) < ends_at
