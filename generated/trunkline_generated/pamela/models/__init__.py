# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
"""Contains all the data models used in inputs/outputs. Each is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api_key import ApiKey
    from .api_key_created_response import ApiKeyCreatedResponse
    from .api_key_list_response import ApiKeyListResponse
    from .api_key_revoked_response import ApiKeyRevokedResponse
    from .call_action_response import CallActionResponse
    from .call_event import CallEvent
    from .call_event_name import CallEventName, CallEventNameValue
    from .call_list_response import CallListResponse
    from .call_metadata import CallMetadata
    from .call_response import CallResponse
    from .call_status import CallStatus, CallStatusValue
    from .call_status_filter import CallStatusFilter, CallStatusFilterValue
    from .call_status_response import CallStatusResponse
    from .call_webhooks import CallWebhooks
    from .checkout_session_response import CheckoutSessionResponse
    from .create_api_key_request import CreateApiKeyRequest
    from .create_call_request import CreateCallRequest
    from .create_checkout_session_request import CreateCheckoutSessionRequest
    from .create_portal_session_request import CreatePortalSessionRequest
    from .error_body import ErrorBody
    from .json_schema import JsonSchema
    from .portal_session_response import PortalSessionResponse
    from .register_tool_request import RegisterToolRequest
    from .revoke_api_key_request import RevokeApiKeyRequest
    from .subscription_response import SubscriptionResponse
    from .subscription_status import SubscriptionStatus, SubscriptionStatusValue
    from .tool_arguments import ToolArguments
    from .tool_definition import ToolDefinition
    from .tool_delete_response import ToolDeleteResponse
    from .tool_execution import ToolExecution
    from .tool_input import ToolInput
    from .tool_list_response import ToolListResponse
    from .tool_registration import ToolRegistration
    from .tool_result import ToolResult
    from .transcript_entry import TranscriptEntry
    from .usage_quota import UsageQuota
    from .usage_response import UsageResponse
    from .voice import Voice, VoiceValue
    from .webhook_acknowledgement import WebhookAcknowledgement
    from .webhook_delivery import WebhookDelivery
    from .webhook_rejection import WebhookRejection

_MODULES = {
    "ApiKey": ".api_key",
    "ApiKeyCreatedResponse": ".api_key_created_response",
    "ApiKeyListResponse": ".api_key_list_response",
    "ApiKeyRevokedResponse": ".api_key_revoked_response",
    "CallActionResponse": ".call_action_response",
    "CallEvent": ".call_event",
    "CallEventName": ".call_event_name",
    "CallEventNameValue": ".call_event_name",
    "CallListResponse": ".call_list_response",
    "CallMetadata": ".call_metadata",
    "CallResponse": ".call_response",
    "CallStatus": ".call_status",
    "CallStatusValue": ".call_status",
    "CallStatusFilter": ".call_status_filter",
    "CallStatusFilterValue": ".call_status_filter",
    "CallStatusResponse": ".call_status_response",
    "CallWebhooks": ".call_webhooks",
    "CheckoutSessionResponse": ".checkout_session_response",
    "CreateApiKeyRequest": ".create_api_key_request",
    "CreateCallRequest": ".create_call_request",
    "CreateCheckoutSessionRequest": ".create_checkout_session_request",
    "CreatePortalSessionRequest": ".create_portal_session_request",
    "ErrorBody": ".error_body",
    "JsonSchema": ".json_schema",
    "PortalSessionResponse": ".portal_session_response",
    "RegisterToolRequest": ".register_tool_request",
    "RevokeApiKeyRequest": ".revoke_api_key_request",
    "SubscriptionResponse": ".subscription_response",
    "SubscriptionStatus": ".subscription_status",
    "SubscriptionStatusValue": ".subscription_status",
    "ToolArguments": ".tool_arguments",
    "ToolDefinition": ".tool_definition",
    "ToolDeleteResponse": ".tool_delete_response",
    "ToolExecution": ".tool_execution",
    "ToolInput": ".tool_input",
    "ToolListResponse": ".tool_list_response",
    "ToolRegistration": ".tool_registration",
    "ToolResult": ".tool_result",
    "TranscriptEntry": ".transcript_entry",
    "UsageQuota": ".usage_quota",
    "UsageResponse": ".usage_response",
    "Voice": ".voice",
    "VoiceValue": ".voice",
    "WebhookAcknowledgement": ".webhook_acknowledgement",
    "WebhookDelivery": ".webhook_delivery",
    "WebhookRejection": ".webhook_rejection",
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
    "ApiKey",
    "ApiKeyCreatedResponse",
    "ApiKeyListResponse",
    "ApiKeyRevokedResponse",
    "CallActionResponse",
    "CallEvent",
    "CallEventName",
    "CallEventNameValue",
    "CallListResponse",
    "CallMetadata",
    "CallResponse",
    "CallStatus",
    "CallStatusFilter",
    "CallStatusFilterValue",
    "CallStatusResponse",
    "CallStatusValue",
    "CallWebhooks",
    "CheckoutSessionResponse",
    "CreateApiKeyRequest",
    "CreateCallRequest",
    "CreateCheckoutSessionRequest",
    "CreatePortalSessionRequest",
    "ErrorBody",
    "JsonSchema",
    "PortalSessionResponse",
    "RegisterToolRequest",
    "RevokeApiKeyRequest",
    "SubscriptionResponse",
    "SubscriptionStatus",
    "SubscriptionStatusValue",
    "ToolArguments",
    "ToolDefinition",
    "ToolDeleteResponse",
    "ToolExecution",
    "ToolInput",
    "ToolListResponse",
    "ToolRegistration",
    "ToolResult",
    "TranscriptEntry",
    "UsageQuota",
    "UsageResponse",
    "Voice",
    "VoiceValue",
    "WebhookAcknowledgement",
    "WebhookDelivery",
    "WebhookRejection",
)
