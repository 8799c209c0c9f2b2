"""The session observer: a recorded turn, and the record of a long session."""

from __future__ import annotations

import json
import tempfile
from typing import TYPE_CHECKING, Any, Final

from trunkline.observe import FileDestination, SessionObserver
from trunkline_bench.results import OURS
from trunkline_bench.timing import interleave, ratios

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

_USER: Final = "Where is my order with the number forty-two?"
_AGENT: Final = "It was shipped yesterday and will arrive tomorrow."
_BARE: Final = "json.dumps"
LONG: Final = 500


def measure(results: Results, settings: Settings) -> None:
    """Measure recording with its journal, and the export of a session of 500 turns."""
    with tempfile.TemporaryDirectory() as folder:
        observer = SessionObserver(
            "agent-1",
            destinations=[FileDestination(f"{folder}/calls.jsonl")],
            journal=f"{folder}/journal",
            recover=False,
        )
        costs = interleave(_recording(observer), settings.calls, settings.rounds)
        results.add("observe_turn", ratios(costs, _BARE))
        costs = interleave(_exporting(observer), 3, settings.rounds)
        results.add("observe_export", ratios(costs, _BARE))
        observer.close()


def _recording(observer: SessionObserver) -> dict[str, Callable[[], Any]]:
    session_id = observer.start_session()
    return {
        _BARE: lambda: json.dumps({"user": _USER, "agent": _AGENT}),
        OURS: lambda: observer.record_turn(session_id, user=_USER, agent=_AGENT),
    }


def _exporting(observer: SessionObserver) -> dict[str, Callable[[], Any]]:
    def export() -> None:
        session_id = observer.start_session()
        for _ in range(LONG):
            observer.record_turn(session_id, user=_USER, agent=_AGENT)
        observer.export_sync(session_id, deadline=60)

    session_id = observer.start_session()
    for _ in range(LONG):
        observer.record_turn(session_id, user=_USER, agent=_AGENT)
    data = observer.get_data(session_id)
    return {_BARE: lambda: json.dumps(data), OURS: export}
