# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
"""Contains all the data models used in inputs/outputs. Each is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent import Agent
    from .agent_analytics import AgentAnalytics
    from .agent_analytics_metrics import AgentAnalyticsMetrics
    from .agent_analytics_response import AgentAnalyticsResponse
    from .agent_detail import AgentDetail
    from .agent_list_response import AgentListResponse
    from .agent_metrics import AgentMetrics
    from .agent_response import AgentResponse
    from .agent_status_changed_data import AgentStatusChangedData
    from .agent_status_changed_event import AgentStatusChangedEvent
    from .agent_trends import AgentTrends
    from .call import Call
    from .call_completed_event import CallCompletedEvent
    from .call_detail import CallDetail
    from .call_ended_data import CallEndedData
    from .call_failed_event import CallFailedEvent
    from .call_list_response import CallListResponse
    from .call_metadata import CallMetadata
    from .call_metrics import CallMetrics
    from .call_response import CallResponse
    from .call_status import CallStatus, CallStatusValue
    from .call_status_filter import CallStatusFilter, CallStatusFilterValue
    from .cost_alert_data import CostAlertData
    from .cost_alert_event import CostAlertEvent
    from .cost_analytics import CostAnalytics
    from .cost_analytics_response import CostAnalyticsResponse
    from .cost_breakdown import CostBreakdown
    from .cost_share import CostShare
    from .create_call_export_request import CreateCallExportRequest
    from .create_webhook_request import CreateWebhookRequest
    from .daily_cost import DailyCost
    from .date_range import DateRange
    from .error_body import ErrorBody
    from .error_detail import ErrorDetail
    from .event_name import EventName, EventNameValue
    from .event_subscription import EventSubscription, EventSubscriptionValue
    from .export import Export
    from .export_created import ExportCreated
    from .export_created_response import ExportCreatedResponse
    from .export_format import ExportFormat, ExportFormatValue
    from .export_response import ExportResponse
    from .export_status import ExportStatus, ExportStatusValue
    from .pagination import Pagination
    from .performance_alert_data import PerformanceAlertData
    from .performance_alert_event import PerformanceAlertEvent
    from .period import Period, PeriodValue
    from .provider_breakdown import ProviderBreakdown
    from .provider_costs import ProviderCosts
    from .provider_usage import ProviderUsage
    from .speaker import Speaker, SpeakerValue
    from .transcript_turn import TranscriptTurn
    from .webhook import Webhook
    from .webhook_response import WebhookResponse

_MODULES = {
    "Agent": ".agent",
    "AgentAnalytics": ".agent_analytics",
    "AgentAnalyticsMetrics": ".agent_analytics_metrics",
    "AgentAnalyticsResponse": ".agent_analytics_response",
    "AgentDetail": ".agent_detail",
    "AgentListResponse": ".agent_list_response",
    "AgentMetrics": ".agent_metrics",
    "AgentResponse": ".agent_response",
    "AgentStatusChangedData": ".agent_status_changed_data",
    "AgentStatusChangedEvent": ".agent_status_changed_event",
    "AgentTrends": ".agent_trends",
    "Call": ".call",
    "CallCompletedEvent": ".call_completed_event",
    "CallDetail": ".call_detail",
    "CallEndedData": ".call_ended_data",
    "CallFailedEvent": ".call_failed_event",
    "CallListResponse": ".call_list_response",
    "CallMetadata": ".call_metadata",
    "CallMetrics": ".call_metrics",
    "CallResponse": ".call_response",
    "CallStatus": ".call_status",
    "CallStatusValue": ".call_status",
    "CallStatusFilter": ".call_status_filter",
    "CallStatusFilterValue": ".call_status_filter",
    "CostAlertData": ".cost_alert_data",
    "CostAlertEvent": ".cost_alert_event",
    "CostAnalytics": ".cost_analytics",
    "CostAnalyticsResponse": ".cost_analytics_response",
    "CostBreakdown": ".cost_breakdown",
    "CostShare": ".cost_share",
    "CreateCallExportRequest": ".create_call_export_request",
    "CreateWebhookRequest": ".create_webhook_request",
    "DailyCost": ".daily_cost",
    "DateRange": ".date_range",
    "ErrorBody": ".error_body",
    "ErrorDetail": ".error_detail",
    "EventName": ".event_name",
    "EventNameValue": ".event_name",
    "EventSubscription": ".event_subscription",
    "EventSubscriptionValue": ".event_subscription",
    "Export": ".export",
    "ExportCreated": ".export_created",
    "ExportCreatedResponse": ".export_created_response",
    "ExportFormat": ".export_format",
    "ExportFormatValue": ".export_format",
    "ExportResponse": ".export_response",
    "ExportStatus": ".export_status",
    "ExportStatusValue": ".export_status",
    "Pagination": ".pagination",
    "PerformanceAlertData": ".performance_alert_data",
    "PerformanceAlertEvent": ".performance_alert_event",
    "Period": ".period",
    "PeriodValue": ".period",
    "ProviderBreakdown": ".provider_breakdown",
    "ProviderCosts": ".provider_costs",
    "ProviderUsage": ".provider_usage",
    "Speaker": ".speaker",
    "SpeakerValue": ".speaker",
    "TranscriptTurn": ".transcript_turn",
    "Webhook": ".webhook",
    "WebhookResponse": ".webhook_response",
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
    "Agent",
    "AgentAnalytics",
    "AgentAnalyticsMetrics",
    "AgentAnalyticsResponse",
    "AgentDetail",
    "AgentListResponse",
    "AgentMetrics",
    "AgentResponse",
    "AgentStatusChangedData",
    "AgentStatusChangedEvent",
    "AgentTrends",
    "Call",
    "CallCompletedEvent",
    "CallDetail",
    "CallEndedData",
    "CallFailedEvent",
    "CallListResponse",
    "CallMetadata",
    "CallMetrics",
    "CallResponse",
    "CallStatus",
    "CallStatusFilter",
    "CallStatusFilterValue",
    "CallStatusValue",
    "CostAlertData",
    "CostAlertEvent",
    "CostAnalytics",
    "CostAnalyticsResponse",
    "CostBreakdown",
    "CostShare",
    "CreateCallExportRequest",
    "CreateWebhookRequest",
    "DailyCost",
    "DateRange",
    "ErrorBody",
    "ErrorDetail",
    "EventName",
    "EventNameValue",
    "EventSubscription",
    "EventSubscriptionValue",
    "Export",
    "ExportCreated",
    "ExportCreatedResponse",
    "ExportFormat",
    "ExportFormatValue",
    "ExportResponse",
    "ExportStatus",
    "ExportStatusValue",
    "Pagination",
    "PerformanceAlertData",
    "PerformanceAlertEvent",
    "Period",
    "PeriodValue",
    "ProviderBreakdown",
    "ProviderCosts",
    "ProviderUsage",
    "Speaker",
    "SpeakerValue",
    "TranscriptTurn",
    "Webhook",
    "WebhookResponse",
)
