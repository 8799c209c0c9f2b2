"""Limiters of invented accounts, and how many times fall into a window."""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING

from tests.engine.support import PROVIDER, Clock, make_context

from trunkline._engine.session.rate_limiter import RateLimiter

if TYPE_CHECKING:
    from trunkline._engine.provider import Rate
    from trunkline._engine.session.context import ClientContext


_keys = itertools.count()
FAR = float("inf")


def limiter_for(context: ClientContext) -> RateLimiter:
    """Return the limiter of a client with this context."""
    keys = (context.key, context.user_token)
    return RateLimiter(context.provider, context.origin, keys, context.runtime.monotonic)


def core_with(*rates: Rate, key: str = "", clock: Clock | None = None) -> ClientContext:
    """Return a context whose account no other test shares."""
    context = make_context(clock, key=key or f"key-{next(_keys)}")
    return context.replace(provider=PROVIDER._replace(rates=rates))


def most_in_any(window: float, moments: list[float]) -> int:
    """Return the largest number of times in any half-open window."""
    ordered = sorted(moments)
    return max(
        (bisect.bisect_left(ordered, at + window - 1e-6) - n for n, at in enumerate(ordered)),
        default=0,
    )
