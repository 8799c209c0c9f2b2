# Derived from webhooks/replay/_async/redis.py by `make generate`; do not edit.
"""Claims in Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from trunkline.webhooks.replay.redis_commands import (
    CLAIM,
    CONFIRM,
    CONFIRMED,
    RELEASE,
    RENEW,
    claim_value,
    is_value,
    milliseconds,
    require_extra,
    sync_client_from_url,
    translated_errors,
)

if TYPE_CHECKING:
    from typing import Self

__all__ = ["RedisReplayStore"]


class RedisClient(Protocol):
    """The part of redis-py's client that is used."""

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
        """Close the connections."""
        ...


class RedisReplayStore:
    """The store for several machines.

    Redis stores keys under ``prefix`` with an expiry, and no content of the deliveries. A
    confirmation is lost when the server loses its data. Every method raises
    :class:`~trunkline.webhooks.ReplayStoreError` when Redis fails.

    Args:
        client: your redis-py client, which should have a ``socket_timeout``.
        prefix: put before every key; ``trunkline:webhook:`` by default.

    Raises:
        ConfigurationError: when the extra ``fleet`` is not installed.
    """

    def __init__(self, client: RedisClient, *, prefix: str = "trunkline:webhook:") -> None:
        require_extra()
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(
        cls, url: str, *, timeout: float = 2.0, prefix: str = "trunkline:webhook:"
    ) -> Self:
        """Build a store with its own client, from a URL such as ``redis://localhost:6379/0``.

        Args:
            url: where Redis is.
            timeout: seconds for connecting and for each reply; 2 by default.
            prefix: put before every key; ``trunkline:webhook:`` by default.

        Raises:
            ConfigurationError: without the extra ``fleet``, for a URL that redis-py cannot read,
                or a timeout that is not a number of seconds above 0.
        """
        return cls(sync_client_from_url(url, timeout), prefix=prefix)

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed."""
        return self._eval(CLAIM, key, claim_value(owner), milliseconds(ttl))

    def renew(self, key: str, ttl: float, owner: str) -> bool:
        """Extend the owner's lease to ``ttl`` seconds from now; False when the claim was lost."""
        return self._eval(RENEW, key, claim_value(owner), milliseconds(ttl))

    def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Remember the key as handled for ``ttl`` seconds, unless another owner has claimed it."""
        own = b"" if owner is None else claim_value(owner)
        return self._eval(CONFIRM, key, own, milliseconds(ttl), CONFIRMED)

    def settled(self, key: str) -> bool:
        """Return whether the key is confirmed, as opposed to claimed or free."""
        with translated_errors():
            return is_value(self._client.get(self._prefix + key), CONFIRMED)

    def release(self, key: str, owner: str | None = None) -> None:
        """Release the owner's claim; a confirmed key and another owner's claim stay."""
        self._eval(RELEASE, key, claim_value(owner))

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()

    def _eval(self, script: str, key: str, *args: bytes | int) -> bool:
        with translated_errors():
            return bool(self._client.eval(script, 1, self._prefix + key, *args))
