"""The base of signed and unsigned sources: events, size limit, options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from trunkline.webhooks._validation import require_limit
from trunkline.webhooks.events import require_known
from trunkline.webhooks.events.base import Event
from trunkline.webhooks.verification.canonical_json import parse_json
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.webhooks.responses import Reply

__all__ = ["EventParser", "EventSource"]

E = TypeVar("E", bound=Event)
E_co = TypeVar("E_co", bound=Event, covariant=True)


class EventParser(Protocol[E_co]):
    """Turns a decoded payload into a typed event."""

    def __call__(self, payload: object, /) -> E_co:
        """Return the event, or raise WebhookVerificationError (``malformed_event``)."""


class EventSource(Generic[E]):
    """The common part of the sources whose deliveries are JSON.

    Args:
        refuse_unknown: raise ``unknown_event`` instead of returning an ``UnknownEvent``.
        max_body_bytes: larger bodies are refused before anything is computed; 1 MiB by default.

    Raises:
        ConfigurationError: for a ``max_body_bytes`` that is not an integer above 0.
    """

    name = "unnamed"
    acknowledgement: Reply | None = None
    _event_types: ClassVar[Mapping[str, type[Any]]] = {}
    _parse_event: EventParser[E]

    def __init__(
        self, *, refuse_unknown: bool = False, max_body_bytes: int = MAX_BODY_BYTES
    ) -> None:
        self._refuse_unknown = refuse_unknown
        self.max_body_bytes = require_limit(max_body_bytes)

    def event_types(self) -> Mapping[str, type[Any]]:
        """Return the class of every event that has a name, by that name."""
        return self._event_types

    def _parse(self, body: bytes) -> E:
        event = self._parse_event(parse_json(body))
        return require_known(event) if self._refuse_unknown else event
