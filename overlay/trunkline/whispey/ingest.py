"""Models of the ingest API: for annotations, and for records that are built part by part."""

from trunkline_generated.whispey_ingest.models.call_ended import CallEnded
from trunkline_generated.whispey_ingest.models.call_metadata import CallMetadata
from trunkline_generated.whispey_ingest.models.call_started import CallStarted
from trunkline_generated.whispey_ingest.models.compressed_call_log import CompressedCallLog
from trunkline_generated.whispey_ingest.models.conversation_turn import ConversationTurn
from trunkline_generated.whispey_ingest.models.eou_metrics import EouMetrics
from trunkline_generated.whispey_ingest.models.ingest_receipt import IngestReceipt
from trunkline_generated.whispey_ingest.models.llm_metrics import LlmMetrics
from trunkline_generated.whispey_ingest.models.performance_metrics import PerformanceMetrics
from trunkline_generated.whispey_ingest.models.prompt_data import PromptData
from trunkline_generated.whispey_ingest.models.session_configuration import SessionConfiguration
from trunkline_generated.whispey_ingest.models.session_trace import SessionTrace
from trunkline_generated.whispey_ingest.models.span_context import SpanContext
from trunkline_generated.whispey_ingest.models.span_summary import SpanSummary
from trunkline_generated.whispey_ingest.models.stt_metrics import SttMetrics
from trunkline_generated.whispey_ingest.models.telemetry_data import TelemetryData
from trunkline_generated.whispey_ingest.models.tool_call_record import ToolCallRecord
from trunkline_generated.whispey_ingest.models.transcript_message import TranscriptMessage
from trunkline_generated.whispey_ingest.models.tts_metrics import TtsMetrics
from trunkline_generated.whispey_ingest.models.usage_totals import UsageTotals

__all__ = [
    "CallEnded",
    "CallMetadata",
    "CallStarted",
    "CompressedCallLog",
    "ConversationTurn",
    "EouMetrics",
    "IngestReceipt",
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
]
