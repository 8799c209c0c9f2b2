"""Phone.ai's text webhook (contract ``phone_ai``, webhook inboundText).

The vendor's page only says that texts arrive by webhook. No field is known, so none is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from trunkline.webhooks.events.base import Event
from trunkline.webhooks.events.build import events_by_name, require_object

__all__ = ["EVENTS", "InboundText", "PhoneAIEvent", "parse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundText(Event):
    """A text has arrived; everything is in ``payload``, unchecked."""

    event: Literal["inboundText"] = "inboundText"


PhoneAIEvent: TypeAlias = InboundText
"""Every event that a Phone.ai webhook can deliver."""

EVENTS: dict[str, type[InboundText]] = events_by_name(InboundText)


def parse(payload: object) -> PhoneAIEvent:
    """The event of a decoded payload.

    Raises:
        WebhookVerificationError: ``malformed_event``, when the payload is not an object.
    """
    return InboundText(payload=require_object(payload))
