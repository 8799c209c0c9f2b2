"""Handle each delivery once, with a store of claims that all workers share.

A delivery is *claimed* under a short lease before its handler runs, *confirmed* for a long time
when the handler has succeeded, and *released* when it has failed. So a retry after a failure is
accepted at once, a retry after a crash when the lease is over, and a repetition of a handled
delivery never (as long as it is remembered). The lease is renewed while the handler runs. A claim
has an owner: a handler that lost its claim anyway, because its process was suspended for
longer than the lease, cannot release or confirm the claim of the worker that replaced it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from trunkline.webhooks._validation import require_seconds
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.replay._async.store import AsyncReplayStore
from trunkline.webhooks.replay._sync.store import ReplayStore
from trunkline.webhooks.replay.renewal import new_owner, renewed

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = [
    "LEASE_SECONDS",
    "REMEMBER_SECONDS",
    "AsyncReplayStore",
    "ReplayStore",
    "new_owner",
    "once",
    "renewed",
]

LEASE_SECONDS = 600.0
"""Ten minutes after a process died, other workers can claim its deliveries."""
REMEMBER_SECONDS = 7 * 24 * 3600.0
"""How long a handled delivery is remembered: seven days. No vendor documents its retry window."""


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
        lease: seconds after which another worker can claim the delivery of a process that died; it
            is renewed while the block runs.
        remember: seconds for which a handled delivery is remembered.

    Raises:
        ConfigurationError: for a lease or memory that is not a finite number of seconds above 0.
        WebhookVerificationError: ``replayed``, when the key is claimed or confirmed.
        ReplayStoreError: when the store fails.
    """
    lease, remember = require_seconds("lease", lease), require_seconds("remember", remember)
    owner = new_owner()
    if not store.claim(key, lease, owner):
        raise WebhookVerificationError(
            Reason.REPLAYED, "this delivery was handled before, or is being handled"
        )
    with renewed(store, key, owner, lease):
        try:
            yield
        except BaseException:
            store.release(key, owner)
            raise
        store.confirm(key, remember, owner)
