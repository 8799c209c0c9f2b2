"""StateSet Voice: outbound calls, call logs, voice sessions, Twilio callbacks.

Everything here is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trunkline.stateset_voice._async.client import AsyncStateSetVoice
    from trunkline.stateset_voice._sync.client import StateSetVoice
    from trunkline_generated.stateset_voice_public.models import (
        CallDirection,
        CallLog,
        MakeCallResponse,
        VoiceSession,
    )

    #: The name in the vendor's own sample.
    StateSetVoiceClient = StateSetVoice

_HOMES = {
    "AsyncStateSetVoice": ("trunkline.stateset_voice._async.client", "AsyncStateSetVoice"),
    "StateSetVoice": ("trunkline.stateset_voice._sync.client", "StateSetVoice"),
    "StateSetVoiceClient": ("trunkline.stateset_voice._sync.client", "StateSetVoice"),
}
_MODELS = "trunkline_generated.stateset_voice_public.models"

__all__ = [
    "AsyncStateSetVoice",
    "CallDirection",
    "CallLog",
    "MakeCallResponse",
    "StateSetVoice",
    "StateSetVoiceClient",
    "VoiceSession",
]

# Hidden from type checkers, which would take every misspelt name for Any.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home, attribute = _HOMES.get(name, (_MODELS, name))
        value = globals()[name] = getattr(import_module(home), attribute)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
