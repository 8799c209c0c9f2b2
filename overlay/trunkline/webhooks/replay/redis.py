"""Claims in Redis, shared by all machines (extra ``fleet``).

The connections of an :class:`AsyncRedisReplayStore` belong to the event loop that made them: use
one store for each loop.
"""

from __future__ import annotations

from trunkline.webhooks.replay._async.redis import AsyncRedisReplayStore
from trunkline.webhooks.replay._sync.redis import RedisReplayStore

__all__ = ["AsyncRedisReplayStore", "RedisReplayStore"]
