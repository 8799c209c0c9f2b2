"""Phone.ai's text webhook: nothing about it is documented but its existence."""

from __future__ import annotations

from trunkline.webhooks.events.phone_ai import PhoneAIEvent, parse
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

__all__ = ["PhoneAIWebhook"]


class PhoneAIWebhook(UnsignedWebhook[PhoneAIEvent]):
    """Hands over the JSON object of a text, unchecked, as an unsigned delivery.

    The answer that the service expects is not documented; a handler that wants to try one returns
    a :class:`~trunkline.webhooks.Reply`. A replay store knows a delivery by its body, so that two
    texts with the same body are one. Source: the vendor's page, which only says that texts arrive.

    Args:
        shared_secret: a header that every delivery must carry, if the sender can add one;
            None (default) asks for none.
        networks: the networks that deliveries may come from, such as ``192.0.2.0/24``; none
            (default) means that the address is not looked at.
        trusted_hops: number of proxies in front of the application whose ``X-Forwarded-For`` is
            believed; 0 (default) takes the address of the connection.
        refuse_unknown: without effect: there is but one event, and it has no name.
        max_body_bytes: larger bodies are refused before anything is computed; 1 MiB by default.

    Raises:
        ConfigurationError: for something that is not a network.
    """

    name = "phone_ai"
    _parse_event = staticmethod(parse)
