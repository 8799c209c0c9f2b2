"""Limits records to the size that a server accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_RECORD_BYTES", "bounded_text", "dumped"]

#: The vendor's gateway accepts 6 MB; a compressed record of this size is far below that.
MAX_RECORD_BYTES: Final = 4 * 1024 * 1024


def bounded_text(record: dict[str, Any], limit: int = MAX_RECORD_BYTES) -> str:
    """Return a record as JSON text of at most ``limit`` bytes.

    Left out in this order: prompts and tools, changes of state, results and arguments of tools,
    measurements of turns, and the oldest turns. ``metadata.trunkline.left_out`` counts it.
    """
    text = dumped(record)
    for name, leave_out in _STEPS:
        if len(text) <= limit:
            break
        count = leave_out(record, limit)
        if count:
            left_out = record["metadata"].setdefault("trunkline", {}).setdefault("left_out", {})
            left_out[name] = count
            text = dumped(record)
    return text


def dumped(record: dict[str, Any]) -> str:
    """Return JSON text in ASCII, written turn by turn so that other threads can run in between."""
    turns = record.get("transcript_with_metrics")
    if not turns:
        return json.dumps(record)
    rest = {name: value for name, value in record.items() if name != "transcript_with_metrics"}
    parts = ", ".join(json.dumps(each) for each in turns)
    return f'{json.dumps(rest)[:-1]}, "transcript_with_metrics": [{parts}]}}'


def _configuration(record: dict[str, Any], _limit: int) -> int:
    return int(record["metadata"].pop("complete_configuration", None) is not None)


def _states(record: dict[str, Any], _limit: int) -> int:
    turns = record["transcript_with_metrics"]
    return sum(turn.pop("state_events", None) is not None for turn in turns)


def _tools(record: dict[str, Any], _limit: int) -> int:
    calls = [call for turn in record["transcript_with_metrics"] for call in turn["tool_calls"]]
    for call in calls:
        call.pop("result", None)
        call.pop("arguments", None)
    return len(calls)


def _measurements(record: dict[str, Any], _limit: int) -> int:
    turns = record["transcript_with_metrics"]
    for turn in turns:
        for kind in ("stt", "llm", "tts", "eou"):
            turn[f"{kind}_metrics"] = None
    return len(turns)


def _oldest(record: dict[str, Any], limit: int) -> int:
    turns, messages = record["transcript_with_metrics"], record["transcript_json"]
    before = len(turns)
    while turns and len(dumped(record)) > limit:
        half = -(-len(turns) // 2)
        del turns[:half]
        del messages[: -(-len(messages) // 2)]
    return before - len(turns)


_STEPS: Final[tuple[tuple[str, Callable[[dict[str, Any], int], int]], ...]] = (
    ("configuration", _configuration),
    ("states", _states),
    ("tools", _tools),
    ("measurements", _measurements),
    ("turns", _oldest),
)
