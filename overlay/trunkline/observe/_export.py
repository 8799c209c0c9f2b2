"""What an export does to the journal; run by the thread that writes it."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trunkline.observe._sending.records import deliveries_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.observe._hub import Hub
    from trunkline.observe._session import ObservedSession
    from trunkline.observe._settings import ObserverSettings
    from trunkline.observe._storage.journal import Delivery, Journal

__all__ = ["again", "export_task"]

_REFUSED: Final = (
    "the destination cannot add a recording to a call that it has stored: give recording_url to"
    " the first export"
)


def export_task(
    session: ObservedSession, settings: ObserverSettings, hub: Hub, now: Callable[[], float]
) -> Callable[[Journal], None]:
    """Return the task that makes a session's records and queues them for delivery."""

    def task(journal: Journal) -> None:
        head = session.record.head
        hub.writer.forget(head.session_id)
        texts = session.texts(settings.prices, settings.max_record_bytes)
        made = deliveries_of(head, texts, settings.destinations, settings.delivery, now())
        if journal.path is None and hub.folder is not None:
            # What is in the file must not be sent as well, now or by a later process.
            hub.deliverer.withdrawn.add(head.session_id)
            if settings.delivery == "at_most_once":
                hub.writer.note_delivered(head.session_id)
        journal.enqueue(made, finished=head.session_id)

    return task


def again(
    session: ObservedSession,
    url: str,
    settings: ObserverSettings,
    hub: Hub,
    now: Callable[[], float],
) -> Callable[[Journal], None]:
    """Return the task of a further export: it adds the recording's URL where that is possible.

    Where it is not, ``session.refused`` says why.
    """
    kinds = {(each.name, each.target): each.kinds for each in settings.destinations}

    def task(_journal: Journal) -> None:
        session.refused = {}
        if not url or url == session.recording_url:
            return
        for journal in hub.writer.journals():
            for delivery in journal.deliveries(session.record.head.session_id):
                if delivery.kind == "ended":
                    add(journal, delivery, kinds[delivery.destination, delivery.target])

    def add(journal: Journal, delivery: Delivery, taken: frozenset[str]) -> None:
        if _changed(journal, delivery, url):
            return
        if "recording" in taken:
            journal.enqueue([_update(delivery, url, now())])
        else:
            session.refused[delivery.destination] = _REFUSED

    return task


def _changed(journal: Journal, delivery: Delivery, url: str) -> bool:
    """Change a record that is still pending; returns whether it did."""
    if delivery.payload is None:
        return False
    text = json.dumps({**json.loads(delivery.payload), "recording_url": url})
    with journal.transaction() as db:
        changed = db.execute(
            "UPDATE outbox SET payload=? WHERE id=? AND state='pending'", (text, delivery.id)
        )
        return changed.rowcount == 1


def _update(delivery: Delivery, url: str, now: float) -> Delivery:
    update = {
        "call_id": delivery.session,
        "agent_id": delivery.agent,
        "wcall_event": "recording_ready",
        "recording_url": url,
    }
    return replace(
        delivery,
        id=uuid.uuid4().hex,
        kind="recording",
        seq=delivery.seq + 1,
        payload=json.dumps(update),
        state="pending",
        attempts=0,
        due=now,
        owner=None,
        lease=None,
        reason=None,
        created=now,
        updated=now,
    )
