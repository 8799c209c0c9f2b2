"""Shared by both Redis replay stores: their values, scripts and clients.

A script is atomic at the server. The client may send one twice, when a reply was lost: an owner
that finds its own claim has claimed the key.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from trunkline.errors import ConfigurationError
from trunkline.webhooks._optional_imports import missing_extra, optional_module
from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import ReplayStoreError
from trunkline.webhooks.replay.renewal import new_owner

if TYPE_CHECKING:
    from collections.abc import Generator

    import redis
    import redis.asyncio
else:
    # Importing redis.asyncio makes it an attribute of redis.
    redis, _ = optional_module("redis"), optional_module("redis.asyncio")

__all__ = [
    "CLAIM",
    "CONFIRM",
    "CONFIRMED",
    "RELEASE",
    "RENEW",
    "async_client_from_url",
    "claim_value",
    "is_value",
    "milliseconds",
    "require_extra",
    "sync_client_from_url",
    "translated_errors",
]

CONFIRMED = b"confirmed"
CLAIM = """
if redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2], "NX") then return 1 end
return redis.call("GET", KEYS[1]) == ARGV[1]
"""
RENEW = """
return redis.call("GET", KEYS[1]) == ARGV[1] and redis.call("PEXPIRE", KEYS[1], ARGV[2])
"""
CONFIRM = """
local found = redis.call("GET", KEYS[1])
if not found or ARGV[1] == "" or found == ARGV[1] or found == ARGV[3] then
  redis.call("SET", KEYS[1], ARGV[3], "PX", ARGV[2])
  return 1
end
return 0
"""
RELEASE = """
return redis.call("GET", KEYS[1]) == ARGV[1] and redis.call("DEL", KEYS[1])
"""


def claim_value(owner: str | None) -> bytes:
    return f"claimed:{owner or new_owner()}".encode()


def milliseconds(ttl: float) -> int:
    return max(1, round(ttl * 1000))


def is_value(value: object, expected: bytes) -> bool:
    """Compare a reply, which is text when the user's client decodes."""
    return value in {expected, expected.decode("ascii")}


def require_extra() -> None:
    if optional_module("redis") is None:
        raise missing_extra("A Redis replay store", "fleet")


def sync_client_from_url(url: str, timeout: float) -> Any:
    return _from_url(lambda: redis.Redis, url, timeout)


def async_client_from_url(url: str, timeout: float) -> Any:
    return _from_url(lambda: redis.asyncio.Redis, url, timeout)


def _from_url(client_type: Any, url: str, timeout: float) -> Any:
    require_extra()
    timeout = require_seconds("timeout", timeout)
    try:
        return client_type().from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout)
    except (ValueError, TypeError, AttributeError):
        # Without the cause: its text and frames contain the URL, which may hold a password.
        raise ConfigurationError(
            "the URL of Redis cannot be read: give one such as redis://localhost:6379/0"
        ) from None


@contextmanager
def translated_errors() -> Generator[None]:
    try:
        yield
    except Exception as error:
        # redis-py raises AttributeError, ValueError and others when another server is there.
        raise ReplayStoreError(f"Redis failed: {type(error).__name__}") from error
