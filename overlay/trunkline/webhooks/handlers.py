"""Which function handles which event."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeAlias

from trunkline.errors import ConfigurationError
from trunkline.webhooks.effects import Effect
from trunkline.webhooks.events.base import UnknownEvent, is_removed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from trunkline.webhooks.request import WebhookSource
    from trunkline.webhooks.tools import ToolRegistry

__all__ = ["Handler", "Handlers"]

Key: TypeAlias = str | type[Any]
"""An event's class, or the name of one without its own class."""

_REST = "*"


@dataclass(frozen=True, slots=True)
class Handler:
    """A registered function.

    Attributes:
        function: what to call; it may be a coroutine function.
        once: whether it is skipped for repeated deliveries.
        async_function: what to call instead where an event loop runs.
    """

    function: Callable[..., Any]
    once: bool = True
    async_function: Callable[..., Any] | None = None

    def call(self, value: Any) -> Effect:
        return Effect(self.function, (value,), async_function=self.async_function)


class Handlers:
    """The handlers of one endpoint, by event class, by undocumented name, and for all others."""

    def __init__(self, source: WebhookSource[Any]) -> None:
        self._source = source.name
        self._types = source.event_types()
        self._by_key: dict[Key, Handler] = {}

    def resolve(self, events: Sequence[Any], *, undocumented: bool = False) -> list[Key]:
        bare_decorator = any(callable(one) and not isinstance(one, type) for one in events)
        if bare_decorator or not events:
            raise ConfigurationError('name at least one event, as in @webhook.on("*")')
        keys = [self._key(event, undocumented=undocumented) for event in events]
        for key in filter(is_removed, keys):
            text = f"{self._source} has no webhook {self._name(key)!r} any more"
            # The caller is the line of `@webhook.on(...)`.
            warnings.warn(text, DeprecationWarning, stacklevel=3)
        return keys

    def add(self, keys: Iterable[Key], handler: Handler) -> None:
        new = dict.fromkeys(keys, handler)
        for key in new.keys() & self._by_key.keys():
            raise ConfigurationError(f"there is a handler for {self._name(key)!r} already")
        self._by_key |= new

    @property
    def names(self) -> list[str]:
        return [self._name(key) for key in self._by_key]

    def add_tools(self, tools: ToolRegistry) -> None:
        """Send tool calls to a registry, including repeated ones."""
        handler = Handler(tools.answer_blocking, once=False, async_function=tools.answer)
        self.add(self.resolve(["toolExecution"]), handler)

    def find(self, event: object) -> Handler | None:
        keys: tuple[Any, ...] = (type(event), _REST)
        if isinstance(event, UnknownEvent):
            # Not for documented names: an event that failed to parse is never an UnknownEvent.
            keys = (event.event, *keys)
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def _name(self, key: Key) -> str:
        named = {event_type: name for name, event_type in self._types.items()}
        return key if isinstance(key, str) else named.get(key, key.__name__)

    def _key(self, event: Key, *, undocumented: bool) -> Key:
        if event == _REST or event is UnknownEvent or event in self._types.values():
            return event
        if isinstance(event, str) and event in self._types:
            return self._types[event]
        if isinstance(event, str) and undocumented:
            return event
        raise ConfigurationError(f"{self._source} has no event {event!r}; {self._hint(event)}")

    def _hint(self, event: Key) -> str:
        close = get_close_matches(str(event), self._types, n=1)
        if close:
            return f"did you mean {close[0]!r}?"
        return f"it has {', '.join(sorted(self._types))}; undocumented=True allows other names"
