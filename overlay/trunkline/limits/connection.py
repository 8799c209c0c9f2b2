"""Creates Redis clients; errors never show the URL, which may hold a password."""

from __future__ import annotations

from typing import Any, Final

from trunkline.errors import ConfigurationError

__all__ = ["redis_client"]

#: Seconds that Redis has to reply.
_TIMEOUT: Final = 0.5


def redis_client(given: object) -> Any:
    """Return a client for a URL, or the one that was given.

    Raises:
        ConfigurationError: it is neither, the URL cannot be read, or redis-py is not installed.
    """
    try:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ModuleNotFoundError:
        raise ConfigurationError(
            "a shared rate limit needs an extra: pip install 'trunkline[fleet]'"
        ) from None
    if isinstance(given, redis.Redis):
        return given
    if not isinstance(given, str):
        raise ConfigurationError(f"redis must be a URL or a Redis, not {type(given).__name__}")
    # One retry: a pooled connection may be stale because the server has restarted.
    retry = Retry(NoBackoff(), 1, (redis.ConnectionError,))
    client_type: Any = redis.Redis
    try:
        return client_type.from_url(
            given, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT, retry=retry
        )
    except (ValueError, TypeError, AttributeError):
        # No cause: its text and frames contain the URL, which may hold a password.
        raise ConfigurationError(
            "the URL of Redis cannot be read: give one such as redis://localhost:6379/0"
        ) from None
