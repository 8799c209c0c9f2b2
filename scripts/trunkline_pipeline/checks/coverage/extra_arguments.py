"""Every method takes ``extra_body``, ``extra_query`` and ``extra_headers``, and sends them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from .methods import client_classes, connect, marked_methods
from .operations import contract_operations
from .request_probe import Recorder, attempt, values_of
from .signature_match import match

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from .operations import Operation
    from .signature_match import Match

_QUERY_AND_HEADERS: Final = {
    "extra_query": {"x_probe_query": "1"},
    "extra_headers": {"X-Probe": "1"},
}
_BODY: Final = {"extra_body": {"x_probe_body": 1}}


def check_extra_arguments(
    documents: Mapping[str, Mapping[str, Any]], overlay: ModuleType
) -> list[str]:
    """Return a line for every method that does not send the extra arguments.

    Args:
        documents: the patched contracts by generated package.
        overlay: the package with the client classes.
    """
    recorder = Recorder()
    lines: list[str] = []
    for mode in ("sync", "async"):
        for client_class in client_classes(overlay, mode):
            methods = marked_methods(connect(client_class, recorder))
            for package, document in documents.items():
                for operation in contract_operations(package, document):
                    found = (match(m, operation, document) for m in methods.get(operation.key, ()))
                    for each in found:
                        if not each.missing:
                            lines += _lines(each, operation, document, recorder)
    return lines


def _lines(
    found: Match, operation: Operation, document: Mapping[str, Any], recorder: Recorder
) -> Iterator[str]:
    values = values_of(found, document)
    method = f"{found.method.__module__}.{found.method.__qualname__}"
    recorder.requests.clear()
    has_json = operation.media_type == "application/json"
    failure = attempt(found, values | _QUERY_AND_HEADERS | (_BODY if has_json else {}))
    if not recorder.requests:
        yield f"{operation}: {method} sends nothing with extra arguments: {failure!r}"
        return
    request = recorder.requests[0]
    if "x_probe_query=1" not in request.url.query.decode():
        yield f"{operation}: {method} does not send extra_query"
    if request.headers.get("X-Probe") != "1":
        yield f"{operation}: {method} does not send extra_headers"
    if has_json and json.loads(request.content).get("x_probe_body") != 1:
        yield f"{operation}: {method} does not send extra_body"
    recorder.requests.clear()
    attempt(found, values | _BODY)
    if not has_json and recorder.requests:
        yield f"{operation}: {method} does not refuse extra_body, which it cannot send"
