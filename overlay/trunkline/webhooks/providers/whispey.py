"""Whispey's webhooks: five documented events, a secret, and an undocumented signature.

The page registers a webhook with a ``secret`` and names neither header nor algorithm; the
open-source server signs nothing and has no secret, but can send a static header. So there are two
receivers of different types: :class:`WhispeyWebhook` where the scheme of the installation is known,
:class:`UnsignedWhispeyWebhook` elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.errors import ConfigurationError
from trunkline.webhooks.events.whispey import EVENTS, CallLog, WhispeyEvent, parse
from trunkline.webhooks.verification.hmac_scheme import HMACScheme
from trunkline.webhooks.verification.hmac_webhook import HMACWebhook
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["UnconfirmedScheme", "UnsignedWhispeyWebhook", "WhispeyWebhook"]

# The flat body has no name in the contract, so it is not among the known events there.
_EVENT_TYPES: dict[str, type[Any]] = {**EVENTS, "call_log": CallLog}


class UnconfirmedScheme(HMACScheme):
    """How an installation signs, as its operator states: the vendor documents no scheme.

    The fields are those of :class:`~trunkline.webhooks.HMACScheme`.
    """

    __slots__ = ()


class WhispeyWebhook(HMACWebhook[WhispeyEvent]):
    """Verifies with a scheme that the user states, then parses.

    Args:
        secret: the secret given when the webhook was created, or several.
        scheme: how the installation signs. There is no default: none is documented.
        options: the other arguments of :class:`~trunkline.webhooks.HMACWebhook`.

    Raises:
        WebhookVerificationError: ``empty_secret``.
        ConfigurationError: without a scheme.
    """

    name = "whispey"
    secret_variable = "WHISPEY_WEBHOOK_SECRET"  # noqa: S105 - a variable's name
    _event_types = _EVENT_TYPES
    _parse_event = staticmethod(parse)

    def __init__(
        self,
        secret: str | bytes | Iterable[str | bytes],
        scheme: UnconfirmedScheme,
        **options: Any,
    ) -> None:
        if not isinstance(scheme, UnconfirmedScheme):
            raise ConfigurationError(
                "scheme is an UnconfirmedScheme; where the installation signs nothing, use "
                "UnsignedWhispeyWebhook"
            )
        super().__init__(secret, scheme, **options)


class UnsignedWhispeyWebhook(UnsignedWebhook[WhispeyEvent]):
    """Parses Whispey's events, enveloped or flat, as unsigned deliveries.

    The open-source server can add a static header to its deliveries: give it as ``shared_secret``.
    A replay store identifies a delivery by its body, because no delivery id is documented. The
    arguments are those of :class:`~trunkline.webhooks.UnsignedWebhook`.
    """

    name = "whispey"
    _event_types = _EVENT_TYPES
    _parse_event = staticmethod(parse)
