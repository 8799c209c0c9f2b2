"""The base of signed and unsigned sources: events, size limit, options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from trunkline.webhooks._validation import require_limit
from trunkline.webhooks.events import require_known
from trunkline.webhooks.events.base import Event
from trunkline.webhooks.verification.canonical_json import parse_json
from trunkline.webhooks.verification.signing_keys import MAX_BODY_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.webhooks.responses import Reply

__all__ = ["EventSource"]

E = TypeVar("E", bound=Event)


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
    _parse_event: Callable[[object], E]

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
