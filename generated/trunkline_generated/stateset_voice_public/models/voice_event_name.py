# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from ..types import OpenEnum


class VoiceEventName(OpenEnum):
    VOICE_CALL_COMPLETED = "voice.call.completed"
    VOICE_CALL_ESCALATED = "voice.call.escalated"
    VOICE_CALL_STARTED = "voice.call.started"
    VOICE_SESSION_EVALUATED = "voice.session.evaluated"
    VOICE_WEBHOOK_DELIVERY_FAILED = "voice.webhook.delivery_failed"
