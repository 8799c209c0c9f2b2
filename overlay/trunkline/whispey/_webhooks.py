"""Arguments of webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from trunkline._engine.client.validation import enum_member
from trunkline._secret import Secret
from trunkline.errors import InvalidArgumentError
from trunkline_generated.whispey.models.event_subscription import EventSubscription

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline.errors import APIError


def subscriptions(events: Iterable[str]) -> list[EventSubscription]:
    """Return event names as the contract's own.

    Raises:
        InvalidArgumentError: a name is unknown, or there is a single text instead of a list.
    """
    if isinstance(events, str):
        raise InvalidArgumentError("events must be a list of event names, not a single text")
    try:
        names = [str(event) for event in events]
    except TypeError:
        raise InvalidArgumentError("events must be a list of event names") from None
    return [enum_member("events", name, EventSubscription) for name in names]


def revealed(secret: str | Secret | None) -> str | None:
    """Return the text of a webhook's secret.

    Raises:
        InvalidArgumentError: it is empty, as a Secret is that was pickled.
    """
    text = secret.reveal() if isinstance(secret, Secret) else secret
    if text == "":
        raise InvalidArgumentError(
            "secret is empty: leave it out for none; a Secret that was pickled comes back empty"
        )
    return text


def hide(secret: str | None, error: APIError) -> None:
    """Take a secret out of an error, should the server have echoed it."""
    if secret:
        error.args = (error.message.replace(secret, "[secret]"),)
        error.details = _without(secret, error.details)


def _without(secret: str, value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(secret, "[secret]")
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {_without(secret, name): _without(secret, item) for name, item in pairs}
    if isinstance(value, list):
        return [_without(secret, item) for item in cast("Iterable[Any]", value)]
    return value
