"""StateSet's outbound events: no signature scheme is known, in any source.

Do not use :class:`~trunkline.webhooks.TwilioSignature` here: it verifies what Twilio sends during
an inbound call.
"""

from __future__ import annotations

from trunkline.webhooks.events.stateset import EVENTS, StateSetEvent, parse
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

__all__ = ["StateSetWebhook"]


class StateSetWebhook(UnsignedWebhook[StateSetEvent]):
    """Parses StateSet's events, in both documented envelopes, as unsigned deliveries.

    The documentation asks receivers to drop repetitions by the ``X-Idempotency-Key`` header, and
    a replay store does so here; a blank one counts as absent, and the body is the key instead.
    Source: the vendor's pages on webhooks, 13 and 14 May 2026.

    The arguments are those of :class:`~trunkline.webhooks.UnsignedWebhook`.
    """

    name = "stateset_voice_public"
    _idempotency_header = "X-Idempotency-Key"
    _event_types = EVENTS
    _parse_event = staticmethod(parse)
