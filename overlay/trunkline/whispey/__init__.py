"""Whispey: observed agents and calls, analytics, webhooks, exports, and the ingest API.

Everything here is imported when it is first used. Models of the ingest API are in
:mod:`trunkline.whispey.ingest`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trunkline._engine._files import SavedFile
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

_HOMES = {
    "AsyncWhispey": "trunkline.whispey._async.client",
    "ExportFailedError": "trunkline.whispey._exports",
    "SavedFile": "trunkline._engine._files",
    "Whispey": "trunkline.whispey._sync.client",
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

# Hidden from type checkers, which would take every misspelt name for Any.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES.get(name, _MODELS)), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
