"""The result of an export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.observe._storage.journal import Delivery

__all__ = ["ExportResult", "ExportState", "result_of"]

ExportState = Literal["sent", "queued", "already_sent", "rejected", "unknown"]

#: The state of a record, and what that means for its export.
_STATES: Final[Mapping[str, ExportState]] = {
    "sent": "sent",
    "pending": "queued",
    "sending": "queued",
    "unknown": "unknown",
    "dead": "rejected",
    "rejected": "rejected",
}
#: With several destinations, the worst state counts.
_WORST: Final = ("rejected", "unknown", "queued", "sent", "already_sent")


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The result of an export.

    Attributes:
        state: ``sent``; ``queued``: kept, and sent later by this process or by ``trunkline observe
            drain``; ``already_sent``; ``rejected``: see the reason; ``unknown``: it may have been
            stored, and is not sent again automatically.
        session_id: the session.
        reason: why, in words; None where there is nothing to say.
        destinations: the state at each destination.
    """

    state: ExportState
    session_id: str
    reason: str | None = None
    destinations: Mapping[str, ExportState] = field(default_factory=dict[str, ExportState])

    @property
    def success(self) -> bool:
        """Whether the session is delivered, or kept for delivery; the published package's name."""
        return self.state in {"sent", "queued", "already_sent"}

    def get(self, name: str, default: Any = None) -> Any:
        """Return ``success``, ``error`` or an attribute, as the published package's dict does."""
        if name == "error":
            return default if self.success else self.reason
        return getattr(self, name, default)

    def __getitem__(self, name: str) -> Any:
        if name != "error" and not hasattr(self, name):
            raise KeyError(name)
        return self.get(name)


def result_of(
    session_id: str,
    deliveries: Iterable[Delivery],
    refused: Mapping[str, str],
    *,
    again: bool,
) -> ExportResult:
    """Return the result of an export.

    Args:
        session_id: the session.
        deliveries: its records.
        refused: destinations that could not take what this export added, and why.
        again: whether it was exported before.
    """
    states: dict[str, ExportState] = {}
    reasons: dict[str, str | None] = {}
    for each in deliveries:
        if each.kind == "started":
            continue
        state = _STATES[each.state]
        if state == "sent" and again and each.kind == "ended":
            state = "already_sent"
        known = states.get(each.destination)
        if known is None or _WORST.index(state) <= _WORST.index(known):
            states[each.destination], reasons[each.destination] = state, each.reason
    for name, reason in refused.items():
        states[name], reasons[name] = "rejected", reason
    if not states:
        return ExportResult("queued", session_id, "no destination has taken it yet")
    worst = min(states, key=lambda name: _WORST.index(states[name]))
    return ExportResult(states[worst], session_id, reasons[worst], states)
