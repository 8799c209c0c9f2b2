"""Limits on requests that several processes keep together, for ``throttle=`` of the clients.

:class:`SharedRateLimit` keeps them in Redis. A limiter of your own has the methods of
:class:`Limiter`, or of :class:`ConfirmingLimiter` where its places can be taken back.
"""

from trunkline._engine.headers import RateLimit
from trunkline._engine.session._async.rate_limit import AsyncConfirmingLimiter, AsyncLimiter
from trunkline._engine.session._sync.rate_limit import ConfirmingLimiter, Limiter
from trunkline.limits.awaited import AsyncSharedRateLimit
from trunkline.limits.budget import Budget
from trunkline.limits.shared import SharedRateLimit

__all__ = [
    "AsyncConfirmingLimiter",
    "AsyncLimiter",
    "AsyncSharedRateLimit",
    "Budget",
    "ConfirmingLimiter",
    "Limiter",
    "RateLimit",
    "SharedRateLimit",
]
