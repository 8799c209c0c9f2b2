# Generated from phone-ai.yaml; do not edit. Change the contract, then run `make generate`.
"""Contains all the data models used in inputs/outputs. Each is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent_request import AgentRequest
    from .agent_result import AgentResult
    from .audio_request import AudioRequest
    from .audio_result import AudioResult
    from .call_request import CallRequest
    from .call_result import CallResult
    from .error_body import ErrorBody
    from .hangup_request import HangupRequest
    from .hangup_result import HangupResult
    from .inbound_text import InboundText
    from .persona_request import PersonaRequest
    from .persona_result import PersonaResult
    from .respond_request import RespondRequest
    from .respond_result import RespondResult
    from .route_request import RouteRequest
    from .route_result import RouteResult

_MODULES = {
    "AgentRequest": ".agent_request",
    "AgentResult": ".agent_result",
    "AudioRequest": ".audio_request",
    "AudioResult": ".audio_result",
    "CallRequest": ".call_request",
    "CallResult": ".call_result",
    "ErrorBody": ".error_body",
    "HangupRequest": ".hangup_request",
    "HangupResult": ".hangup_result",
    "InboundText": ".inbound_text",
    "PersonaRequest": ".persona_request",
    "PersonaResult": ".persona_result",
    "RespondRequest": ".respond_request",
    "RespondResult": ".respond_result",
    "RouteRequest": ".route_request",
    "RouteResult": ".route_result",
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
    "AgentRequest",
    "AgentResult",
    "AudioRequest",
    "AudioResult",
    "CallRequest",
    "CallResult",
    "ErrorBody",
    "HangupRequest",
    "HangupResult",
    "InboundText",
    "PersonaRequest",
    "PersonaResult",
    "RespondRequest",
    "RespondResult",
    "RouteRequest",
    "RouteResult",
)
