"""What the overlay offers: the methods that are marked with an operation."""

from __future__ import annotations

import inspect
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

    Methods = dict[tuple[str, str], list[Callable[..., Any]]]

_DEPTH = 4


def client_classes(overlay: ModuleType, mode: str) -> Iterator[type]:
    """Yield the client classes of the public root: those that have a twin; mode is (a)sync."""
    public = set(overlay.__all__)
    for name in sorted(public):
        if f"Async{name}" not in public:
            continue
        found = getattr(overlay, name if mode == "sync" else f"Async{name}")
        if not hasattr(found, "pages"):  # lists have twins as well
            yield found


def connect(client_class: Any, transport: object) -> object:
    """Make a client with whatever credentials it takes."""
    names = inspect.signature(client_class).parameters
    credentials = {name: "probe" for name in names if name.endswith(("_key", "_token"))}
    return client_class(**credentials, transport=transport, check_phone_numbers=False)


def marked_methods(client: object) -> Methods:
    """Find the marked methods of a client and of the resources that its attributes give."""
    found: Methods = defaultdict(list)
    for method in _walk(client, _DEPTH):
        found[getattr(method, "__operation__")].append(method)  # noqa: B009  # typed as Any
    return found


def _walk(thing: object, depth: int) -> Iterator[Callable[..., Any]]:
    for name in _public_names(thing):
        value = getattr(thing, name)
        if inspect.ismethod(value):
            if hasattr(value, "__operation__"):
                yield value
        elif depth and _is_resource(thing, value):
            yield from _walk(value, depth - 1)


def _public_names(thing: object) -> Sequence[str]:
    return [name for name in dir(type(thing)) if not name.startswith("_")]


def _is_resource(owner: object, value: object) -> bool:
    # A resource lives beside its client; the generated client and plain values do not.
    package = type(owner).__module__.rpartition(".")[0] or type(owner).__module__
    return type(value).__module__.startswith(package) and not isinstance(value, type)
