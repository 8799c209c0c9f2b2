"""Builds records of the ingest contract from a session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from trunkline._version import __version__
from trunkline.observe._recording.prices import DEFAULT_PRICES, PRICES_DATE, cost_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.observe._recording.prices import Price
    from trunkline.observe._recording.recorder import Head, SessionRecord
    from trunkline.observe._recording.turns import Message, ToolCall, Turn

__all__ = ["ended_record", "session_data", "started_record", "usage_totals"]

#: Totals of the contract, and the figures by model that each one sums up.
_TOTALS: Final[Mapping[str, tuple[str, str]]] = {
    "llm_prompt_tokens": ("llm", "input_tokens"),
    "llm_completion_tokens": ("llm", "output_tokens"),
    "llm_cached_tokens": ("llm", "input_cached_tokens"),
    "tts_characters": ("tts", "characters_count"),
    "stt_audio_duration": ("stt", "audio_duration"),
}


def started_record(head: Head) -> dict[str, Any]:
    """Return the record of a call's start."""
    record = {
        "call_id": head.session_id,
        "agent_id": head.agent_id,
        "customer_number": head.customer_number,
        "call_started_at": _iso(head.started_at),
        "duration_seconds": 0,
        "wcall_event": "call_started",
    }
    return record if head.environment is None else {**record, "environment": head.environment}


def ended_record(
    record: SessionRecord,
    recording_url: str = "",
    *,
    prices: Mapping[tuple[str, str], Price] = DEFAULT_PRICES,
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the record of a whole call.

    Args:
        record: the session; unknown values are left out.
        recording_url: where the recording is, if that is known.
        prices: prices of models.
        extra: further facts for ``metadata.trunkline``.
    """
    head, ended_at = record.head, record.ended_at or record.last_at
    duration = max(0.0, ended_at - head.started_at)
    reason = record.reason or "completed"
    if reason == "completed" and head.reason:
        reason = head.reason
    sent: dict[str, Any] = {
        "call_id": head.session_id,
        "agent_id": head.agent_id,
        "wcall_event": "call_ended",
        "customer_number": head.customer_number or "unknown",
        "call_ended_reason": reason,
        "call_started_at": _iso(head.started_at),
        "call_ended_at": _iso(max(ended_at, head.started_at)),
        "transcript_type": "agent",
        "recording_url": recording_url,
        "transcript_json": list(_transcript(record.turns)),
        "transcript_with_metrics": [_turn(n, t) for n, t in enumerate(record.turns, 1)],
        "metadata": _metadata(record, duration, prices, extra or {}),
        "billing_duration_seconds": int(duration),
    }
    return sent if head.environment is None else {**sent, "environment": head.environment}


def session_data(
    record: SessionRecord, *, prices: Mapping[tuple[str, str], Price] = DEFAULT_PRICES
) -> dict[str, Any]:
    """Return what is known about a session now: the record of the call, and whether it runs."""
    data = ended_record(record, prices=prices)
    if record.ended_at is None:
        for name in ("call_ended_reason", "call_ended_at", "billing_duration_seconds"):
            del data[name]
    return {**data, "in_progress": record.ended_at is None}


def usage_totals(usage: Iterable[Mapping[str, Any]] | None) -> dict[str, Any]:
    """Return the contract's totals; unknown ones are left out."""
    models = list(usage or ())
    totals: dict[str, Any] = {}
    for total, (kind, name) in _TOTALS.items():
        known = [each[name] for each in models if each.get("type") == kind and name in each]
        if known:
            totals[total] = sum(known)
    return totals


def _transcript(turns: Iterable[Turn]) -> Iterable[dict[str, str]]:
    for turn in turns:
        for role, messages in (("user", turn.user), ("assistant", turn.replies)):
            for message in messages:
                if message.text:
                    yield {"role": role, "content": message.text}


def _turn(number: int, turn: Turn) -> dict[str, Any]:
    said = [*turn.user, *turn.replies]
    measured = {kind: dict(values) for kind, values in turn.metrics.items()}
    for message in said:
        _add_measurements(measured, message)
    sent: dict[str, Any] = {
        "turn_id": f"turn_{number}",
        "user_transcript": _joined(turn.user),
        "agent_response": _joined(turn.replies),
        "stt_metrics": _models_named(measured.get("stt")),
        "llm_metrics": _models_named(measured.get("llm")),
        "tts_metrics": _models_named(measured.get("tts")),
        "eou_metrics": measured.get("eou"),
        "timestamp": turn.at,
        "bug_report": False,
        "tool_calls": [_tool(each) for each in turn.tools],
        "trunkline": _marks(turn),
    }
    return {**sent, "state_events": turn.states} if turn.states else sent


def _marks(turn: Turn) -> dict[str, Any]:
    marks: dict[str, Any] = {
        "speech_id": turn.speech_id,
        "agent": turn.agent,
        "source": turn.source,
        "interrupted": turn.interrupted or None,
        "user_committed": None if turn.user_committed else False,
        "cached_tokens": turn.metrics.get("llm", {}).get("prompt_cached_tokens"),
        "ended_at": _ended_at(turn),
    }
    for message in turn.replies:
        began, ended = (message.metrics.get(f"{n}_speaking_at") for n in ("started", "stopped"))
        if turn.interrupted and began is not None and ended is not None:
            marks["played_seconds"] = round(max(0.0, ended - began), 3)
        if "e2e_latency" in message.metrics:
            marks["e2e_latency"] = message.metrics["e2e_latency"]
    return {name: value for name, value in marks.items() if value is not None}


def _ended_at(turn: Turn) -> float | None:
    moments = [each.at for each in (*turn.user, *turn.replies)]
    moments += [each.ended_at for each in turn.tools if each.ended_at is not None]
    return max(moments, default=None)


def _add_measurements(measured: dict[str, dict[str, Any]], message: Message) -> None:
    metrics = message.metrics
    for source, kind, name in (
        ("llm_node_ttft", "llm", "ttft"),
        ("llm_node_tps", "llm", "tokens_per_second"),
        ("tts_node_ttfb", "tts", "ttfb"),
        ("end_of_turn_delay", "eou", "end_of_utterance_delay"),
        ("transcription_delay", "eou", "transcription_delay"),
    ):
        if source in metrics:
            measured.setdefault(kind, {}).setdefault(name, metrics[source])
    for kind in ("stt", "llm", "tts"):
        if metrics.get(kind):
            measured.setdefault(kind, {}).update(metrics[kind])


def _models_named(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    named = {"model_used" if name == "model" else name: each for name, each in values.items()}
    named.pop("prompt_cached_tokens", None)  # the contract has it only for the whole session
    return named


def _tool(call: ToolCall) -> dict[str, Any]:
    known = call.started_at is not None and call.ended_at is not None
    sent = {
        "name": call.name,
        "call_id": call.call_id,
        "arguments": call.arguments,
        "status": call.status or "unknown",
        "result": call.output,
        "error": call.error,
        "execution_start": call.started_at,
        "execution_end": call.ended_at,
    }
    if known:
        took = (call.ended_at or 0.0) - (call.started_at or 0.0)
        sent["execution_duration_ms"] = round(max(0.0, took) * 1000, 1)
    return {name: value for name, value in sent.items() if value is not None}


def _metadata(
    record: SessionRecord,
    duration: float,
    prices: Mapping[tuple[str, str], Price],
    extra: Mapping[str, Any],
) -> dict[str, Any]:
    ours: dict[str, Any] = {
        "version": __version__,
        "close_reason": record.close_reason,
        "error": record.error,
        "errors": record.errors or None,
        "agents": record.agents or None,
        "usage_by_model": record.usage,
        "cost_usd": cost_of(record.usage, prices),
        "prices": PRICES_DATE if prices is DEFAULT_PRICES else "given by the application",
        "dropped": record.dropped or None,
        **extra,
    }
    sent = {**record.head.metadata, "duration_formatted": _for_people(duration)}
    if totals := usage_totals(record.usage):
        sent["usage"] = totals
    if record.configuration:
        sent["complete_configuration"] = {"pipeline_configuration": record.configuration}
    sent["trunkline"] = {name: value for name, value in ours.items() if value is not None}
    return sent


def _joined(messages: Iterable[Message]) -> str:
    return " ".join(message.text for message in messages if message.text)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _for_people(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}m {rest}s"
