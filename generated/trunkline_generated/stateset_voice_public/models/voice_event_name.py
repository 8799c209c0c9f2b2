# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from typing import Literal

from ..types import OpenEnum


class VoiceEventName(OpenEnum):
    """Name of a webhook event. The vendor may add values."""

    VOICE_CALL_COMPLETED = "voice.call.completed"
    VOICE_CALL_ESCALATED = "voice.call.escalated"
    VOICE_CALL_STARTED = "voice.call.started"
    VOICE_SESSION_EVALUATED = "voice.session.evaluated"
    VOICE_WEBHOOK_DELIVERY_FAILED = "voice.webhook.delivery_failed"


VoiceEventNameValue = Literal[
    "voice.call.completed",
    "voice.call.escalated",
    "voice.call.started",
    "voice.session.evaluated",
    "voice.webhook.delivery_failed",
]
