"""Arguments of webhooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine.client.validation import enum_member
from trunkline._redact import masked_copy
from trunkline._secret import Secret
from trunkline.errors import InvalidArgumentError
from trunkline_generated.whispey.models.event_subscription import EventSubscription

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline.errors import APIError

#: A shorter secret is part of too many words to be masked inside them.
_UNMISTAKABLE: Final = 6
#: A start of at most this many characters reveals nothing about a secret.
_TELLING: Final = 3


def subscriptions(events: Iterable[str]) -> list[EventSubscription]:
    """Return event names as values of the contract.

    Raises:
        InvalidArgumentError: a name is unknown, or there is a single text instead of a list.
    """
    if isinstance(events, str):
        raise InvalidArgumentError("events must be a list of event names, not a single text")
    try:
        names = [event or "" for event in events]
    except TypeError:
        raise InvalidArgumentError("events must be a list of event names") from None
    return [enum_member("events", name, EventSubscription) for name in names]


def revealed(secret: str | Secret | None) -> str | None:
    """Return the text of a webhook's secret.

    Raises:
        InvalidArgumentError: it is empty, as a pickled Secret is.
    """
    text = secret.reveal() if isinstance(secret, Secret) else secret
    if text is not None and not isinstance(text, str):
        raise InvalidArgumentError(f"secret must be text, not {type(text).__name__}")
    if text == "":
        raise InvalidArgumentError(
            "secret is empty: leave it out for none; a Secret that was pickled comes back empty"
        )
    return text


def hide(secret: str | None, error: APIError) -> None:
    """Mask a secret in an error, in case the server has echoed it."""
    if not secret:
        return
    alone = len(secret) < _UNMISTAKABLE
    found = re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)" if alone else re.escape(secret))

    def masked(leaf: Any) -> Any:
        return found.sub("[secret]", leaf) if isinstance(leaf, str) else leaf

    error.args = (masked(_without_its_start(error.message, secret)),)
    error.details = masked_copy(error.details, masked)
    error.code, error.request_id = masked(error.code), masked(error.request_id)


def _without_its_start(message: str, secret: str) -> str:
    """Return a message with the start of a secret masked, if it was cut off inside the secret."""
    starts = (secret[:size] for size in range(len(secret) - 1, _TELLING, -1))
    found = next((start for start in starts if message.endswith(start)), "")
    return message.removesuffix(found) + "[secret]" if found else message
