"""Put the parts together: contracts on one side, the overlay on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clients import client_classes, connect, marked_methods
from .matching import best_match, gaps
from .probe import Recorder, probe
from .wanted import event_names, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from .clients import Methods
    from .wanted import Operation

    Documents = Mapping[str, Mapping[str, Any]]


def check_coverage(documents: Documents, overlay: ModuleType, webhooks: ModuleType) -> list[str]:
    """Return a line for everything that the contracts offer and the overlay does not.

    Args:
        documents: the patched contracts by generated package.
        overlay: the package with the client classes.
        webhooks: the module with ``known_events()``.
    """
    lines = list(_events(documents, webhooks))
    for colour in ("sync", "async"):
        lines += _colour(documents, client_classes(overlay, colour), colour)
    return lines


def _colour(documents: Documents, classes: Iterable[type], colour: str) -> Iterator[str]:
    methods: Methods = {}
    recorder = Recorder()
    for client_class in classes:
        methods |= marked_methods(connect(client_class, recorder))
    operations = [o for package, d in documents.items() for o in wanted(package, d)]
    for key in sorted(methods.keys() - {operation.key for operation in operations}):
        yield f"{'.'.join(key)}: marked in the overlay, but no operation of a contract"
    for operation in operations:
        if operation.key in methods:
            yield from _operation(operation, methods, recorder, documents[operation.key[0]])
        else:
            yield f"{operation}: no public {colour} method of the overlay reaches it"


def _operation(
    operation: Operation, methods: Methods, recorder: Recorder, document: Mapping[str, Any]
) -> Iterator[str]:
    found = best_match(methods[operation.key], operation, document)
    yield from gaps(found, operation)
    if not found.missing:
        yield from probe(found, operation, recorder, document)


def _events(documents: Documents, webhooks: ModuleType) -> Iterator[str]:
    known: dict[str, frozenset[str]] = webhooks.known_events()
    for package, document in documents.items():
        for name in sorted(event_names(document) - known.get(package, frozenset())):
            yield f"{package}: the webhook event {name} is unknown to trunkline.webhooks"
