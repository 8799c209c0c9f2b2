"""One session that is being observed: its record in memory, and its way into the journal."""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from trunkline.observe._bounds import bounded_text
from trunkline.observe._journal import Delivery
from trunkline.observe._payload import ended_record, started_record
from trunkline.observe._recorder import Head, SessionRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from trunkline.observe._destinations import Destination
    from trunkline.observe._livekit import LivekitAdapter
    from trunkline.observe._prices import Price
    from trunkline.observe._recorder import Entry
    from trunkline.observe._redaction import Redaction

__all__ = ["ObservedSession", "deliveries_of", "head_text", "read_head"]

#: A session of many hours reaches this; then only its end, its usage and errors are taken.
MAX_ENTRIES: Final = 100_000
_ALWAYS: Final = frozenset({"end", "usage", "error"})


class ObservedSession:
    """A session in memory.

    Args:
        head: what is known at its start.
        redaction: prepares what is kept.
        put: has an operation of the journal written.
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
        """Record an entry: here, and soon in the journal."""
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
        """Count a handler of an event that did not understand it."""
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


def deliveries_of(
    head: Head,
    texts: Mapping[str, str],
    destinations: Iterable[Destination] | Iterable[tuple[str, str, frozenset[str]]],
    policy: str,
    now: float,
) -> list[Delivery]:
    """Return the records that destinations are to be sent.

    Args:
        head: of the session.
        texts: JSON texts by kind.
        destinations: where to; or their names, targets and kinds, as they were noted.
        policy: how often.
        now: epoch seconds.
    """
    order = ("started", "ended")
    made: list[Delivery] = []
    for each in destinations:
        name, target, kinds = each if isinstance(each, tuple) else (each.name, each.target, each.kinds)
        for kind, text in texts.items():
            if kind in kinds:
                made.append(
                    Delivery(
                        id=uuid.uuid4().hex,
                        session=head.session_id,
                        agent=head.agent_id,
                        destination=name,
                        target=target,
                        policy=policy,
                        kind=kind,
                        seq=order.index(kind) if kind in order else 10,
                        payload=text,
                        state="pending",
                        attempts=0,
                        due=now,
                        owner=None,
                        lease=None,
                        reason=None,
                        created=now,
                        updated=now,
                    )
                )
    return made


def started_text(head: Head) -> str:
    """Return the record of a call's beginning as JSON text."""
    return json.dumps(started_record(head))


def head_text(head: Head, destinations: Iterable[Destination], policy: str) -> str:
    """Return what the journal keeps of a session's start, and of where it is to be sent."""
    places = [(each.name, each.target, sorted(each.kinds)) for each in destinations]
    return json.dumps({"head": asdict(head), "destinations": places, "policy": policy})


def read_head(text: str) -> tuple[Head, list[tuple[str, str, frozenset[str]]], str]:
    """Return what :func:`head_text` has written."""
    kept = json.loads(text)
    places = [(name, target, frozenset(kinds)) for name, target, kinds in kept["destinations"]]
    return Head(**kept["head"]), places, kept["policy"]
