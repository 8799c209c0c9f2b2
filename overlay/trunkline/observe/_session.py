"""One observed session: its record in memory, and its entries for the journal."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from trunkline.observe._recording.bounds import bounded_text
from trunkline.observe._recording.payload import ended_record
from trunkline.observe._recording.recorder import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.observe._recording.livekit import LivekitAdapter
    from trunkline.observe._recording.prices import Price
    from trunkline.observe._recording.recorder import Entry, Head
    from trunkline.observe._recording.redaction import Redaction

__all__ = ["ObservedSession"]

#: A session of many hours reaches this; then only its end, usage and errors are recorded.
MAX_ENTRIES: Final = 100_000
_ALWAYS: Final = frozenset({"end", "usage", "error"})


class ObservedSession:
    """A session in memory.

    Args:
        head: what is known at its start.
        redaction: prepares entries to be kept.
        put: queues an operation for the journal.
    """

    def __init__(
        self, head: Head, redaction: Redaction, put: Callable[[tuple[Any, ...]], None]
    ) -> None:
        self.record = SessionRecord(head)
        self.redaction = redaction
        self.adapter: LivekitAdapter | None = None
        self.lock = threading.Lock()
        self.exported = False
        self.recording_url = ""
        self.refused: dict[str, str] = {}
        self.late = 0
        self.failed: dict[str, int] = {}
        self._put = put
        self._entries = 0

    def take(self, entry: Entry) -> None:
        """Record an entry in memory, and soon in the journal."""
        with self.lock:
            kind = entry["k"]
            if self.record.ended_at is not None:
                self.late += 1
                return
            if self._entries >= MAX_ENTRIES and kind not in _ALWAYS:
                self.record.count_dropped(kind)
                return
            entry = self.redaction.prepare(entry)
            self.record.apply(entry)
            self._put((self.record.head.session_id, self._entries, entry))
            self._entries += 1

    def handler_failed(self, event: str) -> None:
        """Count a failure of the handler for an event."""
        self.failed[event] = self.failed.get(event, 0) + 1

    def facts(self) -> dict[str, Any]:
        """Return what the record should say about its own completeness."""
        known = {
            "handlers_failed": self.failed,
            "late_events": self.late,
            "redactions_failed": self.redaction.failed,
            "texts_cut": self.redaction.cut,
        }
        return {name: value for name, value in known.items() if value}

    def texts(self, prices: Mapping[tuple[str, str], Price], limit: int) -> dict[str, str]:
        """Return the record of the whole call as JSON text, by kind."""
        with self.lock:
            record = ended_record(
                self.record, self.recording_url, prices=prices, extra=self.facts()
            )
        return {"ended": bounded_text(record, limit)}
