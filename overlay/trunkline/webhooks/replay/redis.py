"""Claims in Redis, shared by all machines (extra ``fleet``)."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from trunkline.webhooks.errors import ReplayStoreError
from trunkline.webhooks.extras import missing_extra

try:
    import redis
    import redis.asyncio
except ModuleNotFoundError as error:
    raise missing_extra("the Redis replay store", "fleet") from error

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Self

__all__ = ["AsyncRedisReplayStore", "RedisReplayStore"]

_PREFIX = "trunkline:webhook:"
_CONFIRMED = b"confirmed"
_TIMEOUT = 2.0
# One step at the server: a confirmation that arrives in between must not be undone.
_RELEASE = """
if redis.call("GET", KEYS[1]) ~= ARGV[1] then redis.call("DEL", KEYS[1]) end
"""


class RedisClient(Protocol):
    """What is used of ``redis.Redis``."""

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

    @property
    def close(self) -> Any:
        """The command of that name."""
        ...


class AsyncRedisClient(Protocol):
    """What is used of ``redis.asyncio.Redis``."""

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

    @property
    def aclose(self) -> Any:
        """The command of that name."""
        ...


class RedisReplayStore:
    """The store for several machines.

    Args:
        client: a ``redis.Redis`` of yours, which should have a ``socket_timeout``.
        prefix: put before every key.
    """

    def __init__(self, client: RedisClient, *, prefix: str = _PREFIX) -> None:
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, timeout: float = _TIMEOUT, prefix: str = _PREFIX) -> Self:
        """A store with a client of its own, as for ``redis://localhost:6379/0``.

        Args:
            url: where Redis is.
            timeout: seconds for connecting and for each answer.
            prefix: put before every key.
        """
        client: Any = redis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - untyped there
            url, socket_timeout=timeout, socket_connect_timeout=timeout
        )
        return cls(client, prefix=prefix)

    def claim(self, key: str, ttl: float) -> bool:
        """See :meth:`ReplayStore.claim`.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        name, claim = self._prefix + key, _claim()
        with _errors():
            if self._client.set(name, claim, px=_milliseconds(ttl), nx=True) is not None:
                return True
            return _is(self._client.get(name), claim)

    def confirm(self, key: str, ttl: float) -> None:
        """See :meth:`ReplayStore.confirm`.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            self._client.set(self._prefix + key, _CONFIRMED, px=_milliseconds(ttl))

    def settled(self, key: str) -> bool:
        """See :meth:`ReplayStore.settled`.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            return _is(self._client.get(self._prefix + key), _CONFIRMED)

    def release(self, key: str) -> None:
        """See :meth:`ReplayStore.release`.

        Raises:
            ReplayStoreError: when Redis does not answer.
        """
        with _errors():
            self._client.eval(_RELEASE, 1, self._prefix + key, _CONFIRMED)

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()


class AsyncRedisReplayStore:
    """The asynchronous twin of :class:`RedisReplayStore`.

    Args:
        client: a ``redis.asyncio.Redis`` of yours, which should have a ``socket_timeout``.
        prefix: put before every key.
    """

    def __init__(self, client: AsyncRedisClient, *, prefix: str = _PREFIX) -> None:
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, timeout: float = _TIMEOUT, prefix: str = _PREFIX) -> Self:
        """See :meth:`RedisReplayStore.from_url`."""
        client: Any = redis.asyncio.Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - untyped there
            url, socket_timeout=timeout, socket_connect_timeout=timeout
        )
        return cls(client, prefix=prefix)

    async def claim(self, key: str, ttl: float) -> bool:
        """See :meth:`RedisReplayStore.claim`."""
        name, claim = self._prefix + key, _claim()
        with _errors():
            if await self._client.set(name, claim, px=_milliseconds(ttl), nx=True) is not None:
                return True
            return _is(await self._client.get(name), claim)

    async def confirm(self, key: str, ttl: float) -> None:
        """See :meth:`RedisReplayStore.confirm`."""
        with _errors():
            await self._client.set(self._prefix + key, _CONFIRMED, px=_milliseconds(ttl))

    async def settled(self, key: str) -> bool:
        """See :meth:`RedisReplayStore.settled`."""
        with _errors():
            return _is(await self._client.get(self._prefix + key), _CONFIRMED)

    async def release(self, key: str) -> None:
        """See :meth:`RedisReplayStore.release`."""
        with _errors():
            await self._client.eval(_RELEASE, 1, self._prefix + key, _CONFIRMED)

    async def aclose(self) -> None:
        """Close the client's connections."""
        await self._client.aclose()


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
