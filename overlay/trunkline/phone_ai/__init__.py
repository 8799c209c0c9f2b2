"""Phone.ai: calls and agents; the vendor documents the names of operations but no fields.

Everything here is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.phone_ai._async.client import AsyncPhoneAI
    from trunkline.phone_ai._sync.client import PhoneAI
    from trunkline_generated.phone_ai.models import (
        AgentResult,
        AudioResult,
        CallResult,
        HangupResult,
        PersonaResult,
        RespondResult,
        RouteResult,
    )

_EXPORTS = {
    "AsyncPhoneAI": "._async.client",
    "PhoneAI": "._sync.client",
}
_MODELS = "trunkline_generated.phone_ai.models"

__all__ = [
    "AgentResult",
    "AsyncPhoneAI",
    "AudioResult",
    "CallResult",
    "HangupResult",
    "PersonaResult",
    "PhoneAI",
    "RespondResult",
    "RouteResult",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, _MODELS)
