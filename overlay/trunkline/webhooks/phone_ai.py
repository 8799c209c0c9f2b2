"""Phone.ai's text webhook: nothing about it is documented but its existence."""

from __future__ import annotations

from trunkline.webhooks.events.phone_ai import PhoneAIEvent, parse
from trunkline.webhooks.unsigned import UnsignedWebhook

__all__ = ["PhoneAIWebhook"]


class PhoneAIWebhook(UnsignedWebhook[PhoneAIEvent]):
    """Hands over the JSON object of a text, unchecked, as an unsigned delivery.

    Parameters are those of :class:`~trunkline.webhooks.unsigned.UnsignedWebhook`. The answer that
    the service expects is not documented; a handler that wants to try one returns a
    :class:`~trunkline.webhooks.Reply`.
    """

    name = "phone_ai"
    _parse_event = staticmethod(parse)
