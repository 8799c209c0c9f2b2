"""Typed events: one class per event of each contract's ``webhooks`` section."""

from __future__ import annotations

from typing import TypeVar

from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.base import Event, UnknownEvent

__all__ = ["Event", "UnknownEvent", "event_types", "known_events", "require_known"]

E = TypeVar("E", bound=Event)


def event_types() -> dict[str, dict[str, type[Event]]]:
    """The class of every known event, by contract package and event name."""
    from trunkline.webhooks.events import pamela, phone_ai, stateset, whispey

    return {
        "pamela": {**pamela.CALL_EVENTS, "toolExecution": pamela.ToolExecution},
        "whispey": {**whispey.EVENTS},
        "stateset_voice_public": {**stateset.EVENTS},
        "phone_ai": {"inboundText": phone_ai.InboundText},
    }


def known_events() -> dict[str, frozenset[str]]:
    """The names of every known event, by contract package.

    Events that carry their name in the payload go by that name, the others (Pamela's tool
    execution, Phone.ai's text) by their key in the contract's ``webhooks`` section.
    """
    return {package: frozenset(types) for package, types in event_types().items()}


def require_known(event: E) -> E:
    """The event itself, unless it is unknown.

    Raises:
        WebhookVerificationError: ``unknown_event``.
    """
    if isinstance(event, UnknownEvent):
        raise WebhookVerificationError(
            Reason.UNKNOWN_EVENT,
            "the event's name is not in the contract, and refuse_unknown is set",
        )
    return event
