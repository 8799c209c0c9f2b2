"""Claims in Redis, shared by all machines (extra ``fleet``)."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from trunkline.webhooks._optional_imports import missing_extra, optional_module
from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import ReplayStoreError

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Self

    import redis
    import redis.asyncio
else:
    # Of redis.asyncio only the name is needed: its import makes it an attribute of redis.
    redis, _ = optional_module("redis"), optional_module("redis.asyncio")

__all__ = ["AsyncRedisReplayStore", "RedisReplayStore"]

_PREFIX = "trunkline:webhook:"
_CONFIRMED = b"confirmed"
_TIMEOUT = 2.0
# One step at the server: a confirmation that arrives in between must not be undone.
_RELEASE = """
if redis.call("GET", KEYS[1]) ~= ARGV[1] then redis.call("DEL", KEYS[1]) end
"""


class Commands(Protocol):
    """What both kinds of client have."""

    @property
    def set(self) -> Any:
        """The command of that name."""
        ...

    @property
    def get(self) -> Any:
        """The command of that name."""
        ...

    @property
    def eval(self) -> Any:
        """The command of that name."""
        ...


class RedisClient(Commands, Protocol):
    """What is used of ``redis.Redis``."""

    @property
    def close(self) -> Any:
        """Close the connections."""
        ...


class AsyncRedisClient(Commands, Protocol):
    """What is used of ``redis.asyncio.Redis``."""

    @property
    def aclose(self) -> Any:
        """Close the connections."""
        ...


class RedisReplayStore:
    """The store for several machines.

    Keys live in Redis under ``prefix`` with their own expiry; nothing of the deliveries does. A
    confirmation is lost with the server's data, if that is not kept on disk.

    Args:
        client: a ``redis.Redis`` of yours, which should have a ``socket_timeout``.
        prefix: put before every key; ``trunkline:webhook:`` by default.

    Raises:
        ConfigurationError: when the extra ``fleet`` is not installed.
    """

    def __init__(self, client: RedisClient, *, prefix: str = _PREFIX) -> None:
        _require_extra()
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, timeout: float = _TIMEOUT, prefix: str = _PREFIX) -> Self:
        """A store with a client of its own, as for ``redis://localhost:6379/0``.

        Args:
            url: where Redis is.
            timeout: seconds for connecting and for each answer; 2 by default.
            prefix: put before every key; ``trunkline:webhook:`` by default.

        Raises:
            ConfigurationError: without the extra ``fleet``, or for a timeout that is none.
            ValueError: for what is no URL of Redis.
        """
        options = _options(timeout)
        client: Any = redis.Redis.from_url(url, **options)  # pyright: ignore[reportUnknownMemberType] - untyped there
        return cls(client, prefix=prefix)

    def claim(self, key: str, ttl: float) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        name, claim = self._prefix + key, _claim()
        with _errors():
            if self._client.set(name, claim, px=_milliseconds(ttl), nx=True) is not None:
                return True
            return _is(self._client.get(name), claim)

    def confirm(self, key: str, ttl: float) -> None:
        """Remember the key as handled for ``ttl`` seconds.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            self._client.set(self._prefix + key, _CONFIRMED, px=_milliseconds(ttl))

    def settled(self, key: str) -> bool:
        """Whether the key is confirmed, as opposed to claimed or free.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            return _is(self._client.get(self._prefix + key), _CONFIRMED)

    def release(self, key: str) -> None:
        """Give the key back, so that the next claim succeeds; a confirmed key stays.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            self._client.eval(_RELEASE, 1, self._prefix + key, _CONFIRMED)

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()


class AsyncRedisReplayStore:
    """The asynchronous twin of :class:`RedisReplayStore`, for one event loop.

    The connections belong to the loop that made them: use one store for each loop.

    Args:
        client: a ``redis.asyncio.Redis`` of yours, which should have a ``socket_timeout``.
        prefix: put before every key; ``trunkline:webhook:`` by default.

    Raises:
        ConfigurationError: when the extra ``fleet`` is not installed.
    """

    def __init__(self, client: AsyncRedisClient, *, prefix: str = _PREFIX) -> None:
        _require_extra()
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, timeout: float = _TIMEOUT, prefix: str = _PREFIX) -> Self:
        """See :meth:`RedisReplayStore.from_url`, with the same parameters and errors."""
        options = _options(timeout)
        client: Any = redis.asyncio.Redis.from_url(url, **options)  # pyright: ignore[reportUnknownMemberType] - untyped there
        return cls(client, prefix=prefix)

    async def claim(self, key: str, ttl: float) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        name, claim = self._prefix + key, _claim()
        with _errors():
            if await self._client.set(name, claim, px=_milliseconds(ttl), nx=True) is not None:
                return True
            return _is(await self._client.get(name), claim)

    async def confirm(self, key: str, ttl: float) -> None:
        """Remember the key as handled for ``ttl`` seconds.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            await self._client.set(self._prefix + key, _CONFIRMED, px=_milliseconds(ttl))

    async def settled(self, key: str) -> bool:
        """Whether the key is confirmed, as opposed to claimed or free.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            return _is(await self._client.get(self._prefix + key), _CONFIRMED)

    async def release(self, key: str) -> None:
        """Give the key back, so that the next claim succeeds; a confirmed key stays.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            await self._client.eval(_RELEASE, 1, self._prefix + key, _CONFIRMED)

    async def aclose(self) -> None:
        """Close the client's connections."""
        await self._client.aclose()


def _require_extra() -> None:
    if optional_module("redis") is None:
        raise missing_extra("A Redis replay store", "fleet")


def _options(timeout: float) -> dict[str, Any]:
    _require_extra()
    timeout = require_seconds("timeout", timeout)
    return {"socket_timeout": timeout, "socket_connect_timeout": timeout}


def _milliseconds(ttl: float) -> int:
    return max(1, round(ttl * 1000))


def _claim() -> bytes:
    # Unlike any other claim: the client repeats a SET whose answer was lost, finds the key taken,
    # and has to see that it was taken by itself.
    return b"claimed:" + os.urandom(12).hex().encode("ascii")


def _is(value: object, expected: bytes) -> bool:
    # Text, when the user's client decodes responses.
    return value in {expected, expected.decode("ascii")}


@contextmanager
def _errors() -> Generator[None]:
    try:
        yield
    except (redis.RedisError, OSError) as error:
        raise ReplayStoreError(f"Redis failed: {type(error).__name__}") from error
