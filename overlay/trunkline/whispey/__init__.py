"""Whispey: observed agents and calls, analytics, webhooks, exports, and the ingest API.

Everything here is imported when it is first used. Models of the ingest API are in
:mod:`trunkline.whispey.ingest`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline._engine.client.files import SavedFile
    from trunkline.whispey._async.client import AsyncWhispey
    from trunkline.whispey._exports import ExportFailedError
    from trunkline.whispey._sync.client import Whispey
    from trunkline_generated.whispey.models import (
        Agent,
        AgentAnalytics,
        AgentAnalyticsMetrics,
        AgentDetail,
        AgentMetrics,
        AgentTrends,
        Call,
        CallDetail,
        CallMetadata,
        CallMetrics,
        CallStatus,
        CallStatusFilter,
        CostAnalytics,
        CostBreakdown,
        CostShare,
        DailyCost,
        EventName,
        EventSubscription,
        Export,
        ExportCreated,
        ExportFormat,
        ExportStatus,
        Period,
        ProviderBreakdown,
        ProviderCosts,
        ProviderUsage,
        Speaker,
        TranscriptTurn,
        Webhook,
    )

_EXPORTS = {
    "AsyncWhispey": "._async.client",
    "ExportFailedError": "._exports",
    "SavedFile": "trunkline._engine.client.files",
    "Whispey": "._sync.client",
}
_MODELS = "trunkline_generated.whispey.models"

__all__ = [
    "Agent",
    "AgentAnalytics",
    "AgentAnalyticsMetrics",
    "AgentDetail",
    "AgentMetrics",
    "AgentTrends",
    "AsyncWhispey",
    "Call",
    "CallDetail",
    "CallMetadata",
    "CallMetrics",
    "CallStatus",
    "CallStatusFilter",
    "CostAnalytics",
    "CostBreakdown",
    "CostShare",
    "DailyCost",
    "EventName",
    "EventSubscription",
    "Export",
    "ExportCreated",
    "ExportFailedError",
    "ExportFormat",
    "ExportStatus",
    "Period",
    "ProviderBreakdown",
    "ProviderCosts",
    "ProviderUsage",
    "SavedFile",
    "Speaker",
    "TranscriptTurn",
    "Webhook",
    "Whispey",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, _MODELS)
