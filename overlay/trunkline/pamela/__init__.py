"""Pamela: outbound calls by a voice agent, tools, usage, billing, keys and subscription.

Everything here is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.pamela._async.client import AsyncPamela
    from trunkline.pamela._codes import ErrorCode
    from trunkline.pamela._requests import ToolParam, WebhooksParam
    from trunkline.pamela._sync.client import Pamela
    from trunkline.pamela.billing import (
        billed_minutes,
        billing_period,
        cost,
        current_period,
        has_access,
        month_window,
    )
    from trunkline.pamela.compat.client import PamelaClient
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
        CallStatusFilter,
        CallStatusResponse,
        CallWebhooks,
        CheckoutSessionResponse,
        JsonSchema,
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

_EXPORTS = {
    "AsyncPamela": "._async.client",
    "ErrorCode": "._codes",
    "Pamela": "._sync.client",
    "PamelaClient": ".compat.client",
    "PamelaWebhook": "trunkline.webhooks",
    "ToolParam": "._requests",
    "WebhooksParam": "._requests",
    "billed_minutes": ".billing",
    "billing_period": ".billing",
    "cost": ".billing",
    "current_period": ".billing",
    "has_access": ".billing",
    "month_window": ".billing",
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
    "CallStatusFilter",
    "CallStatusResponse",
    "CallWebhooks",
    "CheckoutSessionResponse",
    "ErrorCode",
    "JsonSchema",
    "Pamela",
    "PamelaClient",
    "PamelaWebhook",
    "PortalSessionResponse",
    "SubscriptionResponse",
    "SubscriptionStatus",
    "ToolDefinition",
    "ToolDeleteResponse",
    "ToolInput",
    "ToolParam",
    "ToolRegistration",
    "TranscriptEntry",
    "UsageQuota",
    "UsageResponse",
    "Voice",
    "WebhooksParam",
    "billed_minutes",
    "billing_period",
    "cost",
    "current_period",
    "has_access",
    "month_window",
    "verify_webhook_signature",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, _MODELS)
