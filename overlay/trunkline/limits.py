"""What a limiter of your own must be able to do, for ``throttle=`` of the clients.

A limiter that keeps its places in a shared store makes a limit that of several processes.
"""

from trunkline._engine._async._throttle import AsyncLimiter
from trunkline._engine._headers import RateLimit
from trunkline._engine._sync._throttle import Limiter

__all__ = ["AsyncLimiter", "Limiter", "RateLimit"]
