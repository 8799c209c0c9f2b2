# Derived from webhooks/replay/_async/store.py by `make generate`; do not edit.
"""The interface of replay stores."""

from __future__ import annotations

from typing import Protocol

__all__ = ["ReplayStore"]


class ReplayStore(Protocol):
    """Remembers which deliveries were handled. Each method is atomic across all its users.

    A claim has an owner, a random text (:func:`~trunkline.webhooks.replay.new_owner`): a handler
    that runs longer than its lease cannot release, confirm or extend the claim of the worker that
    replaced it. A store that fails raises :class:`~trunkline.webhooks.ReplayStoreError`.
    """

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Take the key for ``ttl`` seconds.

        Args:
            key: the delivery.
            ttl: the lease in seconds.
            owner: the owner; without one the claim cannot be released, and ends with its lease.

        Returns:
            False when the key is taken by another owner, or confirmed.
        """
        ...

    def renew(self, key: str, ttl: float, owner: str) -> bool:
        """Extend the owner's lease to ``ttl`` seconds from now; False when the claim was lost."""
        ...

    def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        """Remember the key as handled for ``ttl`` seconds.

        Returns:
            False, without effect, while another owner has claimed the key; without an owner the
            key is confirmed in any case.
        """
        ...

    def settled(self, key: str) -> bool:
        """Return whether the key is confirmed, as opposed to claimed or free."""
        ...

    def release(self, key: str, owner: str | None = None) -> None:
        """Release the owner's claim, so that the next claim succeeds.

        A confirmed key and another owner's claim stay; without an owner nothing is released.
        """
        ...
