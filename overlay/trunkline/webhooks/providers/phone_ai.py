"""Phone.ai's text webhook: only its existence is documented."""

from __future__ import annotations

from trunkline.webhooks.events.phone_ai import EVENTS, PhoneAIEvent, parse
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

__all__ = ["PhoneAIWebhook"]


class PhoneAIWebhook(UnsignedWebhook[PhoneAIEvent]):
    """Returns the JSON object of a text, unchecked, as an unsigned delivery.

    The response that the service expects is not documented; a handler that wants to try one returns
    a :class:`~trunkline.webhooks.Reply`. A replay store identifies a delivery by its body, so
    two texts with the same body are one delivery. Source: the vendor's page, which only says that
    texts arrive.

    The arguments are those of :class:`~trunkline.webhooks.UnsignedWebhook`;
    ``refuse_unknown`` has no effect, since the only event has no name.
    """

    name = "phone_ai"
    _event_types = EVENTS
    _parse_event = staticmethod(parse)
