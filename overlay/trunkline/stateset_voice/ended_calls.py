"""Calls that a verified event has reported as ended."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from trunkline.errors import InvalidArgumentError
from trunkline_generated.stateset_voice_public.models.call_log import CallLog

if TYPE_CHECKING:
    from trunkline.webhooks import UnsignedDelivery
    from trunkline.webhooks.events.stateset import CallCompleted

__all__ = ["EndedCalls"]

#: The fields that an event and a log share.
_SHARED: Final = (
    *("direction", "status", "duration_seconds", "escalated", "summary"),
    *("from_number", "to_number", "stream_sid"),
)
#: The most calls that are remembered: the latest.
_MOST: Final = 10_000


class EndedCalls:
    """Remembers the calls whose end an event has reported, for ``calls.wait(ended=...)``.

    Register :meth:`add` for ``voice.call.completed``. StateSet signs no event, so only events
    whose sender was checked count: give ``StateSetWebhook`` a ``shared_secret`` or
    ``networks``. The latest 10,000 calls are kept, in memory; threads may share them.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._logs: dict[str, CallLog] = {}

    def add(self, delivery: UnsignedDelivery[CallCompleted]) -> None:
        """Add a delivery.

        Raises:
            InvalidArgumentError: its sender was not checked.
        """
        if not delivery.checks:
            raise InvalidArgumentError(
                "an event whose sender was not checked may be anybody's: give StateSetWebhook a "
                "shared_secret= or networks="
            )
        event = delivery.event
        if event.call_sid is None:
            return
        facts = {name: getattr(event, name) for name in _SHARED}
        log = CallLog.from_dict({"call_sid": event.call_sid, **facts})
        with self._lock:
            self._logs[event.call_sid] = log
            while len(self._logs) > _MOST:
                del self._logs[next(iter(self._logs))]

    def get(self, call_sid: str) -> CallLog | None:
        """Return what the event reported of a call, None if none has arrived."""
        with self._lock:
            return self._logs.get(call_sid)
