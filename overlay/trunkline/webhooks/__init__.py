"""Receive what the voice APIs send: verify, parse, handle each delivery once.

Everything here imports only the standard library; a framework, Redis or msgspec is loaded by the
module that needs it. The names below are loaded on first use, so importing this package costs
next to nothing.

Verify and parse:
    :class:`PamelaWebhook`, :class:`TwilioSignature` (StateSet's inbound callbacks),
    :class:`StateSetWebhook`, :class:`WhispeyWebhook`, :class:`PhoneAIWebhook`,
    :class:`HMACWebhook` (any other sender), :func:`verify_webhook_signature`, and one error,
    :class:`WebhookVerificationError`.

Handle:
    :class:`WebhookEndpoint` decides status and body of the response; the modules of
    :mod:`trunkline.webhooks.adapters` connect it to a framework; a :class:`ReplayStore` makes sure
    that a delivery is handled once; :class:`ToolRegistry` runs Pamela's tool calls.
"""

from __future__ import annotations

from trunkline._lazy import lazy

# Not imported from typing, which takes milliseconds; type checkers know this name too.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline.webhooks.endpoint import WebhookEndpoint
    from trunkline.webhooks.errors import Reason, ReplayStoreError, WebhookVerificationError
    from trunkline.webhooks.events import UnknownEvent, known_events
    from trunkline.webhooks.events.pamela import PamelaEvent
    from trunkline.webhooks.events.phone_ai import PhoneAIEvent
    from trunkline.webhooks.events.stateset import StateSetEvent
    from trunkline.webhooks.events.whispey import WhispeyEvent
    from trunkline.webhooks.providers.pamela import PamelaWebhook, verify_webhook_signature
    from trunkline.webhooks.providers.phone_ai import PhoneAIWebhook
    from trunkline.webhooks.providers.stateset import StateSetWebhook
    from trunkline.webhooks.providers.twilio import TwilioCallback, TwilioSignature
    from trunkline.webhooks.providers.whispey import (
        UnconfirmedScheme,
        UnsignedWhispeyWebhook,
        WhispeyWebhook,
    )
    from trunkline.webhooks.replay import AsyncReplayStore, ReplayStore, once
    from trunkline.webhooks.replay.memory import MemoryReplayStore
    from trunkline.webhooks.replay.redis import AsyncRedisReplayStore, RedisReplayStore
    from trunkline.webhooks.replay.sqlite import SQLiteReplayStore
    from trunkline.webhooks.request import IncomingRequest
    from trunkline.webhooks.responses import Reply, WebhookResponse
    from trunkline.webhooks.tools import ToolRegistry
    from trunkline.webhooks.verification.canonical_json import canonical_json
    from trunkline.webhooks.verification.hmac_scheme import HMACScheme
    from trunkline.webhooks.verification.hmac_webhook import HMACWebhook
    from trunkline.webhooks.verification.signed import SignedWebhook
    from trunkline.webhooks.verification.unsigned import (
        SharedSecret,
        UnsignedDelivery,
        UnsignedWebhook,
    )

__all__ = [
    "AsyncRedisReplayStore",
    "AsyncReplayStore",
    "HMACScheme",
    "HMACWebhook",
    "IncomingRequest",
    "MemoryReplayStore",
    "PamelaEvent",
    "PamelaWebhook",
    "PhoneAIEvent",
    "PhoneAIWebhook",
    "Reason",
    "RedisReplayStore",
    "ReplayStore",
    "ReplayStoreError",
    "Reply",
    "SQLiteReplayStore",
    "SharedSecret",
    "SignedWebhook",
    "StateSetEvent",
    "StateSetWebhook",
    "ToolRegistry",
    "TwilioCallback",
    "TwilioSignature",
    "UnconfirmedScheme",
    "UnknownEvent",
    "UnsignedDelivery",
    "UnsignedWebhook",
    "UnsignedWhispeyWebhook",
    "WebhookEndpoint",
    "WebhookResponse",
    "WebhookVerificationError",
    "WhispeyEvent",
    "WhispeyWebhook",
    "canonical_json",
    "known_events",
    "once",
    "verify_webhook_signature",
]

_EXPORTS = {
    "AsyncRedisReplayStore": ".replay.redis",
    "AsyncReplayStore": ".replay",
    "WebhookResponse": ".responses",
    "HMACScheme": ".verification.hmac_scheme",
    "HMACWebhook": ".verification.hmac_webhook",
    "IncomingRequest": ".request",
    "MemoryReplayStore": ".replay.memory",
    "PamelaEvent": ".events.pamela",
    "PamelaWebhook": ".providers.pamela",
    "PhoneAIEvent": ".events.phone_ai",
    "PhoneAIWebhook": ".providers.phone_ai",
    "Reason": ".errors",
    "RedisReplayStore": ".replay.redis",
    "ReplayStore": ".replay",
    "ReplayStoreError": ".errors",
    "Reply": ".responses",
    "SQLiteReplayStore": ".replay.sqlite",
    "SharedSecret": ".verification.unsigned",
    "SignedWebhook": ".verification.signed",
    "StateSetEvent": ".events.stateset",
    "StateSetWebhook": ".providers.stateset",
    "ToolRegistry": ".tools",
    "TwilioCallback": ".providers.twilio",
    "TwilioSignature": ".providers.twilio",
    "UnconfirmedScheme": ".providers.whispey",
    "UnknownEvent": ".events",
    "UnsignedDelivery": ".verification.unsigned",
    "UnsignedWebhook": ".verification.unsigned",
    "UnsignedWhispeyWebhook": ".providers.whispey",
    "WebhookEndpoint": ".endpoint",
    "WebhookVerificationError": ".errors",
    "WhispeyEvent": ".events.whispey",
    "WhispeyWebhook": ".providers.whispey",
    "canonical_json": ".verification.canonical_json",
    "known_events": ".events",
    "once": ".replay",
    "verify_webhook_signature": ".providers.pamela",
}

_RENAMED = {"Decision": "WebhookResponse"}

if not TYPE_CHECKING:
    _load, __dir__ = lazy(globals(), _EXPORTS)

    def __getattr__(name: str) -> object:
        """Import a name on its first use; a renamed one still works, with a warning."""
        if name in _RENAMED:
            from warnings import warn

            new = _RENAMED[name]
            warn(
                f"trunkline.webhooks.{name} is now {new}", category=DeprecationWarning, stacklevel=2
            )
            return _load(new)
        return _load(name)
