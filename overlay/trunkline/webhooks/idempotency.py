"""What a delivery asks of the replay store, as steps that a driver carries out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from trunkline.errors import ConfigurationError
from trunkline.webhooks.effects import Effect, Effects

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.webhooks.replay import AsyncReplayStore, ReplayStore

__all__ = ["Claims"]

_log = logging.getLogger("trunkline.webhooks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The claims of one endpoint.

    Attributes:
        store: where they are kept.
        lease: seconds after which the claim of a process that died is taken over.
        remember: seconds for which a handled delivery is remembered.
    """

    store: ReplayStore | AsyncReplayStore
    lease: float
    remember: float

    def take(self, key: str) -> Effects[bool]:
        """Claim a delivery, unless it is claimed or handled already."""
        # A coroutine that is cancelled here leaves open whether it took the key. It is not given
        # back then, since it may be another worker's: the lease ends by itself.
        return bool((yield self._call(self.store.claim, key, self.lease)))

    def is_settled(self, key: str) -> Effects[bool]:
        """Ask whether a delivery is handled, as opposed to claimed."""
        return bool((yield self._call(self.store.settled, key)))

    def settle(self, key: str, *, handled: bool) -> Effects[None]:
        """Confirm or release a claim; also when the handler was interrupted or cancelled."""
        try:
            if handled:
                yield self._call(self.store.confirm, key, self.remember, settles=True)
            else:
                yield self._call(self.store.release, key, settles=True)
        except Exception:  # noqa: BLE001 - the handler has run, the answer is settled
            # The lease ends by itself.
            _log.exception("the replay store is down")

    def require_blocking(self) -> None:
        """Raise unless the store works without an event loop.

        Raises:
            ConfigurationError: when it is asynchronous.
        """
        if iscoroutinefunction(self.store.claim):
            raise ConfigurationError(
                "an asynchronous replay store cannot serve a synchronous framework: "
                "use its synchronous store, such as RedisReplayStore"
            )

    def _call(self, function: Callable[..., Any], *args: Any, settles: bool = False) -> Effect:
        blocking = getattr(self.store, "blocking", True)
        return Effect(function, args, blocking=blocking, settles=settles)
