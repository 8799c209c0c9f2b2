"""StateSet Voice: outbound calls, call logs, voice sessions, Twilio callbacks.

Everything here is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.stateset_voice._async.client import AsyncStateSetVoice
    from trunkline.stateset_voice._sync.client import StateSetVoice
    from trunkline.stateset_voice.compat import StateSetVoiceClient
    from trunkline.stateset_voice.ended_calls import EndedCalls
    from trunkline_generated.stateset_voice_public.models import (
        CallDirection,
        CallLog,
        MakeCallResponse,
        SessionFunctionCall,
        SessionTurn,
        VoiceSession,
    )

_EXPORTS = {
    "AsyncStateSetVoice": "._async.client",
    "EndedCalls": ".ended_calls",
    "StateSetVoice": "._sync.client",
    "StateSetVoiceClient": ".compat",
}
_MODELS = "trunkline_generated.stateset_voice_public.models"

__all__ = [
    "AsyncStateSetVoice",
    "CallDirection",
    "CallLog",
    "EndedCalls",
    "MakeCallResponse",
    "SessionFunctionCall",
    "SessionTurn",
    "StateSetVoice",
    "StateSetVoiceClient",
    "VoiceSession",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, _MODELS)
