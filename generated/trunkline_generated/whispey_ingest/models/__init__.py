# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
"""Contains all the data models used in inputs/outputs. Each is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .call_ended import CallEnded
    from .call_metadata import CallMetadata
    from .call_started import CallStarted
    from .compressed_call_log import CompressedCallLog
    from .conversation_turn import ConversationTurn
    from .eou_metrics import EouMetrics
    from .error_body import ErrorBody
    from .ingest_receipt import IngestReceipt
    from .ingest_result import IngestResult
    from .llm_metrics import LlmMetrics
    from .performance_metrics import PerformanceMetrics
    from .prompt_data import PromptData
    from .session_configuration import SessionConfiguration
    from .session_trace import SessionTrace
    from .span_context import SpanContext
    from .span_summary import SpanSummary
    from .stt_metrics import SttMetrics
    from .telemetry_data import TelemetryData
    from .tool_call_record import ToolCallRecord
    from .transcript_message import TranscriptMessage
    from .tts_metrics import TtsMetrics
    from .usage_totals import UsageTotals

_MODULES = {
    "CallEnded": ".call_ended",
    "CallMetadata": ".call_metadata",
    "CallStarted": ".call_started",
    "CompressedCallLog": ".compressed_call_log",
    "ConversationTurn": ".conversation_turn",
    "EouMetrics": ".eou_metrics",
    "ErrorBody": ".error_body",
    "IngestReceipt": ".ingest_receipt",
    "IngestResult": ".ingest_result",
    "LlmMetrics": ".llm_metrics",
    "PerformanceMetrics": ".performance_metrics",
    "PromptData": ".prompt_data",
    "SessionConfiguration": ".session_configuration",
    "SessionTrace": ".session_trace",
    "SpanContext": ".span_context",
    "SpanSummary": ".span_summary",
    "SttMetrics": ".stt_metrics",
    "TelemetryData": ".telemetry_data",
    "ToolCallRecord": ".tool_call_record",
    "TranscriptMessage": ".transcript_message",
    "TtsMetrics": ".tts_metrics",
    "UsageTotals": ".usage_totals",
}

# Hidden from type checkers, which would take every misspelt name for Any.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)


__all__ = (
    "CallEnded",
    "CallMetadata",
    "CallStarted",
    "CompressedCallLog",
    "ConversationTurn",
    "EouMetrics",
    "ErrorBody",
    "IngestReceipt",
    "IngestResult",
    "LlmMetrics",
    "PerformanceMetrics",
    "PromptData",
    "SessionConfiguration",
    "SessionTrace",
    "SpanContext",
    "SpanSummary",
    "SttMetrics",
    "TelemetryData",
    "ToolCallRecord",
    "TranscriptMessage",
    "TtsMetrics",
    "UsageTotals",
)
