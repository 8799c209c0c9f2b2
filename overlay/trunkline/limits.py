"""What a limiter of your own must be able to do, for ``throttle=`` of the clients.

A limiter that keeps its places in a shared store makes a limit that of several processes.
"""

from trunkline._engine.headers import RateLimit
from trunkline._engine.session._async.rate_limit import AsyncLimiter
from trunkline._engine.session._sync.rate_limit import Limiter

__all__ = ["AsyncLimiter", "Limiter", "RateLimit"]
