"""Typed events: one class per event of each contract's ``webhooks`` section."""

from __future__ import annotations

from importlib import import_module
from typing import TypeVar

from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.base import Event, UnknownEvent

__all__ = ["Event", "UnknownEvent", "event_types", "known_events", "require_known"]

E = TypeVar("E", bound=Event)

# The module of each contract package. A new provider's events are registered here only.
_MODULES = {
    "pamela": "pamela",
    "whispey": "whispey",
    "stateset_voice_public": "stateset",
    "phone_ai": "phone_ai",
}


def event_types() -> dict[str, dict[str, type[Event]]]:
    """Return the class of every known event, by contract package and event name."""
    modules = {name: import_module(f"{__name__}.{one}") for name, one in _MODULES.items()}
    return {name: dict(module.EVENTS) for name, module in modules.items()}


def known_events() -> dict[str, frozenset[str]]:
    """Return the names of every known event, by contract package.

    The name is that of the payload, or, for events without one (Pamela's tool execution, Phone.ai's
    text), the key in the contract's ``webhooks`` section.
    """
    return {package: frozenset(types) for package, types in event_types().items()}


def require_known(event: E) -> E:
    """Return the event itself, unless it is unknown."""
    if isinstance(event, UnknownEvent):
        raise WebhookVerificationError(
            Reason.UNKNOWN_EVENT,
            "the event's name is not in the contract, and refuse_unknown is set",
        )
    return event
