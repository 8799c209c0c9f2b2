"""Which function handles which event."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from trunkline.errors import ConfigurationError
from trunkline.webhooks.events.base import UnknownEvent
from trunkline.webhooks.flow import Call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from trunkline.webhooks.request import WebhookSource
    from trunkline.webhooks.tools import ToolRegistry

__all__ = ["Handler", "Handlers"]

_REST = "*"


@dataclass(frozen=True, slots=True)
class Handler:
    """A registered function.

    Attributes:
        function: what to call; it may be a coroutine function.
        once: whether repeated deliveries are kept from it.
        twin: what to call instead where an event loop runs.
    """

    function: Callable[..., Any]
    once: bool = True
    twin: Callable[..., Any] | None = None

    def call(self, value: Any) -> Call:
        """The call that hands over a value."""
        return Call(self.function, (value,), twin=self.twin)


class Handlers:
    """The handlers of one endpoint: by event class, by undocumented name, and for the rest."""

    def __init__(self, source: WebhookSource[Any]) -> None:
        self._source = source.name
        self._types = source.event_types()
        self._by_key: dict[str | type[Any], Handler] = {}

    def add(
        self, events: Iterable[str | type[Any]], handler: Handler, *, undocumented: bool = False
    ) -> None:
        """Register a handler for events.

        Raises:
            ConfigurationError: for an unknown event, or one that has a handler already.
        """
        for event in events:
            key = self._key(event, undocumented=undocumented)
            if key in self._by_key:
                raise ConfigurationError(f"there is a handler for {event!r} already")
            self._by_key[key] = handler

    def add_tools(self, tools: ToolRegistry) -> None:
        """Let a registry answer tool calls, each time it is asked.

        Raises:
            ConfigurationError: when the source has no tool calls.
        """
        handler = Handler(tools.answer_blocking, once=False, twin=tools.answer)
        self.add(("toolExecution",), handler)

    def find(self, event: object) -> Handler | None:
        """The handler of an event, or None."""
        keys: tuple[Any, ...] = (type(event), _REST)
        if isinstance(event, UnknownEvent):
            # A name that the contract has never stands for an event that did not parse as it.
            keys = (event.event, *keys)
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def _key(self, event: str | type[Any], *, undocumented: bool) -> str | type[Any]:
        if event == _REST or event is UnknownEvent or event in self._types.values():
            return event
        if isinstance(event, str) and event in self._types:
            return self._types[event]
        if isinstance(event, str) and undocumented:
            return event
        raise ConfigurationError(f"{self._source} has no event {event!r}; {self._hint(event)}")

    def _hint(self, event: str | type[Any]) -> str:
        close = get_close_matches(str(event), self._types, n=1)
        if close:
            return f"did you mean {close[0]!r}?"
        return f"it has {', '.join(sorted(self._types))}; undocumented=True allows other names"
