"""Put the parts together: contracts on one side, the overlay on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .methods import client_classes, connect, marked_methods
from .operations import contract_operations
from .request_probe import Recorder, probe
from .signature_match import best_match, gaps, match
from .webhook_events import check_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from .methods import Methods
    from .operations import Operation

    Documents = Mapping[str, Mapping[str, Any]]


def check_coverage(documents: Documents, overlay: ModuleType, events: ModuleType) -> list[str]:
    """Return a line for everything that the contracts offer and the overlay does not.

    Args:
        documents: the patched contracts by generated package.
        overlay: the package with the client classes.
        events: the module with ``event_types()``.
    """
    known = events.event_types()
    lines = [
        line
        for package, document in documents.items()
        for line in check_events(package, document, known.get(package, {}))
    ]
    for mode in ("sync", "async"):
        lines += _mode(documents, client_classes(overlay, mode), mode)
    return lines


def _mode(documents: Documents, classes: Iterable[type], mode: str) -> Iterator[str]:
    methods: Methods = {}
    recorder = Recorder()
    for client_class in classes:
        methods |= marked_methods(connect(client_class, recorder))
    operations = [o for package, d in documents.items() for o in contract_operations(package, d)]
    for key in sorted(methods.keys() - {operation.key for operation in operations}):
        yield f"{'.'.join(key)}: marked in the overlay, but no operation of a contract"
    for operation in operations:
        if operation.key in methods:
            yield from _operation(operation, methods, recorder, documents[operation.key[0]])
        else:
            yield f"{operation}: no public {mode} method of the overlay reaches it"


def _operation(
    operation: Operation, methods: Methods, recorder: Recorder, document: Mapping[str, Any]
) -> Iterator[str]:
    found = [match(method, operation, document) for method in methods[operation.key]]
    # Methods may differ in the media type alone: one that sends everything is enough.
    complete = [
        list(probe(each, operation, recorder, document)) for each in found if not each.missing
    ]
    if complete:
        yield from min(complete, key=len)
    else:
        yield from gaps(best_match(methods[operation.key], operation, document), operation)
