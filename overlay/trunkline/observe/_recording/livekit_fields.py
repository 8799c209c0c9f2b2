"""The fields to read from LiveKit's objects, by name."""

from __future__ import annotations

import math
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline._redact import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LONGEST_ERROR",
    "METRICS",
    "USAGE",
    "configuration_of",
    "message_metrics",
    "model_of",
    "picked",
    "reason_of",
    "text_of",
    "usage_of",
]

#: Measurements of a message, in seconds, and what they are called here.
_USER_METRICS: Final = (
    "transcription_delay",
    "end_of_turn_delay",
    "started_speaking_at",
    "stopped_speaking_at",
)
_AGENT_METRICS: Final = (
    "started_speaking_at",
    "stopped_speaking_at",
    "llm_node_ttft",
    "llm_node_tps",
    "tts_node_ttfb",
    "e2e_latency",
    "playback_latency",
)
_METADATA: Final = ("stt_metadata", "llm_metadata", "tts_metadata")
METRICS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "stt_metrics": ("stt", ("audio_duration", "duration", "request_id", "timestamp")),
    "llm_metrics": (
        "llm",
        (
            "prompt_tokens",
            "prompt_cached_tokens",
            "completion_tokens",
            "ttft",
            "tokens_per_second",
            "request_id",
            "timestamp",
        ),
    ),
    "tts_metrics": (
        "tts",
        ("characters_count", "audio_duration", "ttfb", "duration", "request_id", "timestamp"),
    ),
    "eou_metrics": ("eou", ("end_of_utterance_delay", "transcription_delay", "timestamp")),
}
USAGE: Final = (
    "input_tokens",
    "input_cached_tokens",
    "output_tokens",
    "characters_count",
    "audio_duration",
    "session_duration",
)
LONGEST_ERROR: Final = 500


def picked(source: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the named attributes of an object, or members of a mapping, that it has."""
    read = source.get if is_object(source) else partial(getattr, source)
    found = ((name, read(name, None)) for name in names)
    return {name: value for name, value in found if _has_json(value)}


def _has_json(value: Any) -> bool:
    """Return whether a value is known and can be written as JSON."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int)


def message_metrics(item: Any) -> dict[str, Any]:
    metrics: Any = getattr(item, "metrics", None)
    if not metrics:
        return {}
    known = picked(metrics, _USER_METRICS if item.role == "user" else _AGENT_METRICS)
    for name in _METADATA:
        metadata = metrics.get(name) if is_object(metrics) else None
        if metadata:
            known[name.removesuffix("_metadata")] = model_of(metadata)
    return known


def model_of(metadata: Any) -> dict[str, Any]:
    if metadata is None:
        return {}
    known = picked(metadata, ("model_name", "model_provider"))
    names = {"model_name": "model", "model_provider": "provider"}
    return {names[name]: value for name, value in known.items() if value != "unknown"}


def usage_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return a model's usage without zeros: LiveKit reports 0 for unknown figures."""
    return {
        name: value.removesuffix("_usage") if name == "type" else value
        for name, value in values.items()
        if value != 0
    }


def text_of(item: Any) -> str:
    parts: list[Any] = item.content if is_array(item.content) else [item.content]
    texts = (part if isinstance(part, str) else getattr(part, "transcript", None) for part in parts)
    return "\n".join(text for text in texts if text).strip()


def reason_of(error: Any) -> str:
    inner = getattr(error, "error", None) or error
    text = inner if isinstance(inner, str) else f"{type(inner).__name__}: {inner}"
    return excerpt(text, LONGEST_ERROR)


def configuration_of(name: str, agent: Any) -> dict[str, Any]:
    tools = map(_tool_of, getattr(agent, "tools", None) or ())
    return {
        "agent": name,
        "instructions": str(getattr(agent, "instructions", "") or ""),
        "tools": [each for each in tools if each],
    }


def _tool_of(tool: Any) -> dict[str, Any] | None:
    info = getattr(tool, "info", None)
    schema = getattr(info, "raw_schema", None) or _schema_of(tool)
    described = {field: schema[field] for field in ("description", "parameters") if field in schema}
    name = getattr(info, "name", None) or getattr(tool, "__name__", None)
    return {"name": name, **described} if name else None


def _schema_of(tool: Any) -> Mapping[str, Any]:
    """Return the schema of a tool that LiveKit gives the model; about 1 ms per tool of an agent."""
    utils = sys.modules.get("livekit.agents.llm.utils")
    try:
        return utils.build_legacy_openai_schema(tool, internally_tagged=True) if utils else {}
    except Exception:  # noqa: BLE001 - arguments that pydantic has no schema for
        return {}
