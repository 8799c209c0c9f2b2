# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
"""Contains all the data models used in inputs/outputs. Each is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .call_direction import CallDirection, CallDirectionValue
    from .call_log import CallLog
    from .call_log_list import CallLogList
    from .error_body import ErrorBody
    from .make_call_request import MakeCallRequest
    from .make_call_response import MakeCallResponse
    from .session_function_call import SessionFunctionCall
    from .session_turn import SessionTurn
    from .twilio_voice_form import TwilioVoiceForm
    from .voice_call_completed_data import VoiceCallCompletedData
    from .voice_call_completed_event import VoiceCallCompletedEvent
    from .voice_call_escalated_data import VoiceCallEscalatedData
    from .voice_call_escalated_event import VoiceCallEscalatedEvent
    from .voice_call_started_data import VoiceCallStartedData
    from .voice_call_started_event import VoiceCallStartedEvent
    from .voice_event_name import VoiceEventName, VoiceEventNameValue
    from .voice_session import VoiceSession
    from .voice_session_evaluated_data import VoiceSessionEvaluatedData
    from .voice_session_evaluated_event import VoiceSessionEvaluatedEvent
    from .voice_session_list import VoiceSessionList
    from .voice_webhook_delivery_failed_data import VoiceWebhookDeliveryFailedData
    from .voice_webhook_delivery_failed_event import VoiceWebhookDeliveryFailedEvent

_MODULES = {
    "CallDirection": ".call_direction",
    "CallDirectionValue": ".call_direction",
    "CallLog": ".call_log",
    "CallLogList": ".call_log_list",
    "ErrorBody": ".error_body",
    "MakeCallRequest": ".make_call_request",
    "MakeCallResponse": ".make_call_response",
    "SessionFunctionCall": ".session_function_call",
    "SessionTurn": ".session_turn",
    "TwilioVoiceForm": ".twilio_voice_form",
    "VoiceCallCompletedData": ".voice_call_completed_data",
    "VoiceCallCompletedEvent": ".voice_call_completed_event",
    "VoiceCallEscalatedData": ".voice_call_escalated_data",
    "VoiceCallEscalatedEvent": ".voice_call_escalated_event",
    "VoiceCallStartedData": ".voice_call_started_data",
    "VoiceCallStartedEvent": ".voice_call_started_event",
    "VoiceEventName": ".voice_event_name",
    "VoiceEventNameValue": ".voice_event_name",
    "VoiceSession": ".voice_session",
    "VoiceSessionEvaluatedData": ".voice_session_evaluated_data",
    "VoiceSessionEvaluatedEvent": ".voice_session_evaluated_event",
    "VoiceSessionList": ".voice_session_list",
    "VoiceWebhookDeliveryFailedData": ".voice_webhook_delivery_failed_data",
    "VoiceWebhookDeliveryFailedEvent": ".voice_webhook_delivery_failed_event",
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
    "CallDirection",
    "CallDirectionValue",
    "CallLog",
    "CallLogList",
    "ErrorBody",
    "MakeCallRequest",
    "MakeCallResponse",
    "SessionFunctionCall",
    "SessionTurn",
    "TwilioVoiceForm",
    "VoiceCallCompletedData",
    "VoiceCallCompletedEvent",
    "VoiceCallEscalatedData",
    "VoiceCallEscalatedEvent",
    "VoiceCallStartedData",
    "VoiceCallStartedEvent",
    "VoiceEventName",
    "VoiceEventNameValue",
    "VoiceSession",
    "VoiceSessionEvaluatedData",
    "VoiceSessionEvaluatedEvent",
    "VoiceSessionList",
    "VoiceWebhookDeliveryFailedData",
    "VoiceWebhookDeliveryFailedEvent",
)
