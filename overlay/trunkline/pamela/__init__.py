"""Pamela: outbound calls by a voice agent, tools, usage, billing, keys and subscription.

Everything here is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trunkline.pamela._async.client import AsyncPamela
    from trunkline.pamela._codes import ErrorCode
    from trunkline.pamela._sync.client import Pamela
    from trunkline.pamela.billing import (
        billed_minutes,
        billing_period,
        cost,
        current_period,
        has_access,
        month_window,
    )
    from trunkline.pamela.compat import PamelaClient
    from trunkline.webhooks import PamelaWebhook, verify_webhook_signature
    from trunkline_generated.pamela.models import (
        ApiKey,
        ApiKeyCreatedResponse,
        ApiKeyRevokedResponse,
        CallActionResponse,
        CallListResponse,
        CallMetadata,
        CallResponse,
        CallStatus,
        CallStatusResponse,
        CheckoutSessionResponse,
        PortalSessionResponse,
        SubscriptionResponse,
        SubscriptionStatus,
        ToolDefinition,
        ToolDeleteResponse,
        ToolInput,
        ToolRegistration,
        TranscriptEntry,
        UsageQuota,
        UsageResponse,
        Voice,
    )

_HOMES = {
    "AsyncPamela": "trunkline.pamela._async.client",
    "ErrorCode": "trunkline.pamela._codes",
    "Pamela": "trunkline.pamela._sync.client",
    "PamelaClient": "trunkline.pamela.compat",
    "PamelaWebhook": "trunkline.webhooks",
    "billed_minutes": "trunkline.pamela.billing",
    "billing_period": "trunkline.pamela.billing",
    "cost": "trunkline.pamela.billing",
    "current_period": "trunkline.pamela.billing",
    "has_access": "trunkline.pamela.billing",
    "month_window": "trunkline.pamela.billing",
    "verify_webhook_signature": "trunkline.webhooks",
}
_MODELS = "trunkline_generated.pamela.models"

__all__ = [
    "ApiKey",
    "ApiKeyCreatedResponse",
    "ApiKeyRevokedResponse",
    "AsyncPamela",
    "CallActionResponse",
    "CallListResponse",
    "CallMetadata",
    "CallResponse",
    "CallStatus",
    "CallStatusResponse",
    "CheckoutSessionResponse",
    "ErrorCode",
    "Pamela",
    "PamelaClient",
    "PamelaWebhook",
    "PortalSessionResponse",
    "SubscriptionResponse",
    "SubscriptionStatus",
    "ToolDefinition",
    "ToolDeleteResponse",
    "ToolInput",
    "ToolRegistration",
    "TranscriptEntry",
    "UsageQuota",
    "UsageResponse",
    "Voice",
    "billed_minutes",
    "billing_period",
    "cost",
    "current_period",
    "has_access",
    "month_window",
    "verify_webhook_signature",
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
