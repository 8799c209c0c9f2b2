"""Request limits that several processes share, for ``throttle=`` of the clients.

:class:`SharedRateLimit` keeps them in Redis. A custom limiter has the methods of
:class:`Limiter`, or of :class:`ConfirmingLimiter` if its slots can be revoked.
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
