"""Claims of deliveries in a replay store, as effects."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from trunkline.errors import ConfigurationError
from trunkline.webhooks._logs import logger as _log
from trunkline.webhooks.effects import Effect, Effects
from trunkline.webhooks.replay import renewed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from trunkline.webhooks.replay import AsyncReplayStore, ReplayStore

__all__ = ["Claims"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The claims of one endpoint.

    Attributes:
        store: where they are kept.
        lease: seconds after which another worker can claim the delivery of a process that died.
        remember: seconds for which a handled delivery is remembered.
    """

    store: ReplayStore | AsyncReplayStore
    lease: float
    remember: float

    def take(self, key: str, owner: str) -> Effects[bool]:
        # After a cancellation here the key may be claimed; the claim then ends with its lease.
        return bool((yield self._effect(self.store.claim, key, self.lease, owner)))

    def is_settled(self, key: str) -> Effects[bool]:
        return bool((yield self._effect(self.store.settled, key)))

    def renewed(self, key: str, owner: str) -> AbstractContextManager[None]:
        return renewed(self.store, key, owner, self.lease)

    def settle(self, key: str, owner: str, *, handled: bool) -> Effects[None]:
        """Confirm or release a claim; also when the handler was interrupted or cancelled."""
        store, kept = self.store, True
        try:
            if handled:
                kept = yield self._effect(store.confirm, key, self.remember, owner, settles=True)
            else:
                yield self._effect(store.release, key, owner, settles=True)
        except Exception:  # noqa: BLE001 - the handler has run, the response is fixed
            # The lease ends by itself.
            _log.exception("the replay store is down")
        if kept is False:
            _log.warning(
                "another worker has claimed a delivery that was handled here; it runs twice"
            )

    def require_blocking(self) -> None:
        if iscoroutinefunction(self.store.claim):
            raise ConfigurationError(
                "an asynchronous replay store cannot serve a synchronous framework: "
                "use its synchronous store, such as RedisReplayStore"
            )

    def _effect(self, function: Callable[..., Any], *args: Any, settles: bool = False) -> Effect:
        blocking = getattr(self.store, "blocking", True)
        return Effect(function, args, blocking=blocking, settles=settles)
