"""Handle each delivery once: a store of claims, shared by everybody who may receive it.

A delivery is *claimed* under a short lease before its handler runs, *confirmed* for a long time
when the handler has succeeded, and *released* when it has failed. So a retry after a failure is
let in at once, a retry after a crash of the process once the lease is over, and a repetition of a
handled delivery never (as long as it is remembered). That holds also for a handler that fails after
its lease, when another one has taken over and succeeded: a release does not undo a confirmation.
While the other one still runs, it is not protected: the late failure gives back the claim of
whoever took over, and a retry is let in beside it. So choose a lease that no handler outlives.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import Reason, WebhookVerificationError

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["LEASE_SECONDS", "REMEMBER_SECONDS", "AsyncReplayStore", "ReplayStore", "once"]

LEASE_SECONDS = 600.0
"""How long a handler may take before its claim is taken for abandoned: ten minutes."""
REMEMBER_SECONDS = 7 * 24 * 3600.0
"""How long a handled delivery is remembered: seven days. No vendor documents its retry window."""


class ReplayStore(Protocol):
    """Remembers which deliveries were handled. Each method is atomic across all its users.

    A store that cannot answer raises :class:`~trunkline.webhooks.ReplayStoreError`.
    """

    def claim(self, key: str, ttl: float) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed."""
        ...

    def confirm(self, key: str, ttl: float) -> None:
        """Remember the key as handled for ``ttl`` seconds."""
        ...

    def settled(self, key: str) -> bool:
        """Whether the key is confirmed, as opposed to claimed or free."""
        ...

    def release(self, key: str) -> None:
        """Give the key back, so that the next claim succeeds; a confirmed key stays."""
        ...


class AsyncReplayStore(Protocol):
    """The asynchronous twin of :class:`ReplayStore`."""

    async def claim(self, key: str, ttl: float) -> bool:
        """Take the key for ``ttl`` seconds; False when it is taken or confirmed."""
        ...

    async def confirm(self, key: str, ttl: float) -> None:
        """Remember the key as handled for ``ttl`` seconds."""
        ...

    async def settled(self, key: str) -> bool:
        """Whether the key is confirmed, as opposed to claimed or free."""
        ...

    async def release(self, key: str) -> None:
        """Give the key back, so that the next claim succeeds; a confirmed key stays."""
        ...


@contextmanager
def once(
    store: ReplayStore,
    key: str,
    *,
    lease: float = LEASE_SECONDS,
    remember: float = REMEMBER_SECONDS,
) -> Generator[None]:
    """Run a block once per key; for code that does not use a ``WebhookEndpoint``.

    Args:
        store: where claims are kept.
        key: the ``key`` of what a source's ``accept`` returned.
        lease: seconds after which a claim whose process died is taken over.
        remember: seconds for which a handled delivery is remembered.

    Raises:
        ConfigurationError: for a lease or memory that is no finite number of seconds above 0.
        WebhookVerificationError: ``replayed``, when the key is claimed or confirmed.
        ReplayStoreError: when the store does not answer.
    """
    lease, remember = require_seconds("lease", lease), require_seconds("remember", remember)
    if not store.claim(key, lease):
        raise WebhookVerificationError(
            Reason.REPLAYED, "this delivery was handled before, or is being handled"
        )
    try:
        yield
    except BaseException:
        store.release(key)
        raise
    store.confirm(key, remember)
