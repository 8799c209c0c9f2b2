"""Records of sessions for destinations, and what the journal stores about a start."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING

from trunkline.observe._recording.payload import started_record
from trunkline.observe._recording.recorder import Head
from trunkline.observe._storage.journal import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.observe._sending.destinations import Destination

__all__ = ["deliveries_of", "head_text", "read_head", "started_text"]


def deliveries_of(
    head: Head,
    texts: Mapping[str, str],
    destinations: Iterable[Destination] | Iterable[tuple[str, str, frozenset[str]]],
    policy: str,
    now: float,
) -> list[Delivery]:
    """Return the records to send to destinations.

    Args:
        head: the head of the session.
        texts: JSON texts by kind.
        destinations: the destinations; or their names, targets and kinds, as stored.
        policy: the delivery policy.
        now: epoch seconds.
    """
    order = ("started", "ended")
    made: list[Delivery] = []
    for each in destinations:
        name, target, kinds = (
            each if isinstance(each, tuple) else (each.name, each.target, each.kinds)
        )
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
    """Return the record of a call's start as JSON text."""
    return json.dumps(started_record(head))


def head_text(head: Head, destinations: Iterable[Destination], policy: str) -> str:
    """Return what the journal stores about a session's start and its destinations."""
    stored = [(each.name, each.target, sorted(each.kinds)) for each in destinations]
    return json.dumps({"head": asdict(head), "destinations": stored, "policy": policy})


def read_head(text: str) -> tuple[Head, list[tuple[str, str, frozenset[str]]], str]:
    """Read back what :func:`head_text` has written."""
    kept = json.loads(text)
    stored = kept["destinations"]
    destinations = [(name, target, frozenset(kinds)) for name, target, kinds in stored]
    return Head(**kept["head"]), destinations, kept["policy"]
