"""StateSet's outbound events: no signature scheme is known, in any source.

Do not use :class:`~trunkline.webhooks.TwilioSignature` here: that one is for what Twilio sends
during an inbound call.
"""

from __future__ import annotations

from trunkline.webhooks.events.stateset import StateSetEvent, parse
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

__all__ = ["StateSetWebhook"]


class StateSetWebhook(UnsignedWebhook[StateSetEvent]):
    """Parses StateSet's events, in both documented envelopes, as unsigned deliveries.

    The documentation asks receivers to drop repetitions by the ``X-Idempotency-Key`` header, and
    a replay store does so here; one that is blank counts as absent, and then the body decides.
    Source: the vendor's pages on webhooks, 13 and 14 May 2026.

    Args:
        shared_secret: a header that every delivery must carry, if the sender can add one;
            None (default) asks for none.
        networks: the networks that deliveries may come from, such as ``192.0.2.0/24``; none
            (default) means that the address is not looked at.
        trusted_hops: number of proxies in front of the application whose ``X-Forwarded-For`` is
            believed; 0 (default) takes the address of the connection.
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before anything is computed; 1 MiB by default.

    Raises:
        ConfigurationError: for something that is not a network.
    """

    name = "stateset_voice_public"
    _idempotency_header = "X-Idempotency-Key"
    _parse_event = staticmethod(parse)
