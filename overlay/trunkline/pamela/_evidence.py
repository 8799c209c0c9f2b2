"""Whether a call of a key was placed, by the markers in the metadata of listed calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine.client.ledgers import KeyedRequest, ReconcileReport, arguments_of
from trunkline._json import is_object
from trunkline.errors import InvalidArgumentError
from trunkline.pamela._requests import MARKER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline._engine.client.ledgers import Unknown
    from trunkline.ledger import Ledger
    from trunkline.ledger.attempts import Attempt
    from trunkline_generated.pamela.models.call_status_response import CallStatusResponse

#: The operation's name in ledgers: with another one every key would be new and dialled again.
RECORDED_AS: Final = "create_call"
#: Send-by, the latest acceptance that a client would still see, and the lag of the list.
QUIET: Final = 5.0 + 120.0 + 60.0
_KEPT: Final = (
    "id",
    "status",
    "call_session_id",
    "conversation_id",
    "created_at",
    "updated_at",
    "success",
)


@dataclass(frozen=True, slots=True)
class CallFinding:
    """Whether a call was placed, as far as the provider can say.

    Attributes:
        call: the call; None when no listed call carries the key's marker.
        readable: whether any listed call showed a marker: only then does absence mean anything.
        read: how many calls were read.
        complete: whether that was the whole list; it may have changed while it was read.
    """

    call: CallStatusResponse | None
    readable: bool
    read: int
    complete: bool


@dataclass(slots=True)
class Markers:
    """The result of reading the list: calls by their markers."""

    calls: dict[str, CallStatusResponse] = field(default_factory=dict[str, "CallStatusResponse"])
    read: int = 0
    complete: bool = False

    def note(self, call: CallStatusResponse) -> None:
        """Add a listed call."""
        self.read += 1
        raw = getattr(call, "raw", None)  # a list may hold anything
        metadata = raw.get("metadata") if is_object(raw) else None
        marker = metadata.get(MARKER) if is_object(metadata) else None
        if isinstance(marker, str):
            self.calls[marker] = call


def keyed_call(
    key: str,
    attempt: int,
    own: Mapping[str, Any],
    extra: Mapping[str, Any],
    *,
    retry_rejected: bool,
) -> KeyedRequest:
    """Return a call's request as the ledger needs it.

    Raises:
        InvalidArgumentError: the marker would be overwritten.
    """
    fields = arguments_of(own, extra)
    if "metadata" in (extra.get("extra_body") or {}):
        raise InvalidArgumentError(
            "with key= give metadata as an argument, not in extra_body: it carries the key's marker"
        )
    return KeyedRequest(RECORDED_AS, key, attempt, retry_rejected, fields, _id_of, _KEPT)


def _id_of(answer: Any) -> str | None:
    found = answer.get("id")
    return found if isinstance(found, str) and found else None


def plain_marker(key: str, attempt: int) -> str:
    """Return the marker of a call without a ledger."""
    from trunkline.ledger.keys import plain_marker as marker

    return marker(key, attempt)


def markers_of(ledger: Ledger | None, key: str, attempt: int) -> tuple[str, ...]:
    """Return the prefixes of the markers that a call of a key may carry."""
    plain = plain_marker(key, attempt).rpartition(".")[0]
    if ledger is None:
        return (plain,)
    return (f"{ledger.id}.{ledger.digest_of(key, attempt)}", plain)


def finding(markers: Markers, wanted: tuple[str, ...]) -> CallFinding:
    """Return the call that carries one of the markers, the latest attempt first."""
    names = sorted(markers.calls, reverse=True)
    name = next((one for one in names if one.rpartition(".")[0] in wanted), "")
    readable, call = bool(markers.calls), markers.calls.get(name)
    return CallFinding(call, readable, markers.read, markers.complete)


def decide(ledger: Ledger, rows: list[Unknown], markers: Markers) -> ReconcileReport:
    """Record what a reading shows of unknown calls; an incomplete one does not show absence."""
    report = ReconcileReport()
    for row, left in rows:
        call = markers.calls.get(ledger.marker(row))
        if call is not None:
            ledger.record_found(row, _id_of(call), kept(call))
            report.found += 1
        else:
            _absent(ledger, row, left, markers, report)
    return report


def kept(call: CallStatusResponse) -> dict[str, Any]:
    """Return the fields of a listed call that are recorded."""
    raw: Mapping[str, Any] = call.raw if is_object(call.raw) else {}
    return {name: raw.get(name) for name in _KEPT}


def _absent(
    ledger: Ledger, row: Attempt, left: float, markers: Markers, report: ReconcileReport
) -> None:
    if left > 0:
        report.wait(left)
    elif not markers.complete:
        report.undecided += 1
        report.reason = "the list changed while it was read"
    elif not markers.calls:
        report.undecided += 1
        report.reason = "no listed call shows a marker, so absence means nothing"
    elif ledger.record_absent(row, {"calls": markers.read}):
        report.absent += 1
