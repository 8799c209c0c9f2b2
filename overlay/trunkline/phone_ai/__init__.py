"""Phone.ai: calls and agents; the vendor documents names of operations and no fields.

Everything here is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trunkline.phone_ai._async import AsyncPhoneAI
    from trunkline.phone_ai._sync import PhoneAI
    from trunkline_generated.phone_ai.models import (
        AgentResult,
        AudioResult,
        CallResult,
        HangupResult,
        PersonaResult,
        RespondResult,
        RouteResult,
    )

_HOMES = {
    "AsyncPhoneAI": "trunkline.phone_ai._async",
    "PhoneAI": "trunkline.phone_ai._sync",
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

# Hidden from type checkers, which would take every misspelt name for Any.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES.get(name, _MODELS)), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
