"""The response that a contract gives as an example for an operation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trunkline._json import is_object
from trunkline.sandbox.contract.generator import ExampleGenerator, NoExample
from trunkline.sandbox.contract.openapi import escape
from trunkline.sandbox.contract.validation import EVENT_STREAM, JSON_TYPE, NO_BODY, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.sandbox.contract.openapi import Document, Operation

__all__ = ["error_example", "message_of", "success_example"]

#: Members of an error that explain it to a person.
EXPLAINING = ("message", "detail", "error", "description", "title")

Example = tuple[int, str, bytes]


def success_example(
    document: Document, generator: ExampleGenerator, operation: Operation
) -> Example:
    """Return status, media type and body of the operation's first success response.

    Raises:
        NoExample: no success is described, or its body cannot be generated.
    """
    status = next(_successes(operation), None)
    if status is None:
        raise NoExample(f"{operation.operation_id} describes no success response")
    media = (operation.response(status) or {}) if status not in NO_BODY else {}
    failure: NoExample | None = None
    for name in sorted(media, key=_preference):
        kind = _concrete(name)
        try:
            return status, kind, _body(document, generator, kind, media[name])
        except NoExample as error:
            failure = failure or error
    if failure is not None:
        raise failure
    return status, "", b""


def error_example(
    document: Document, generator: ExampleGenerator, operation: Operation, status: int, text: str
) -> Example | None:
    """Return the described error of a status, with the text in its message if it has one.

    None if the status has no description, or none in JSON.
    """
    media = operation.response(status) or {}
    kind = next((kind for kind in media if is_json(kind)), None)
    if kind is None:
        return None
    pointer = document.schema_of(media[kind])
    body = json.loads(_body(document, generator, kind, media[kind]))
    explained = _explained(body, text)
    fits = pointer is None or generator.fits(pointer, explained)
    return status, kind, json.dumps(explained if fits else body).encode("ascii")


def _successes(operation: Operation) -> Iterator[int]:
    for code in sorted(operation.responses):
        if code.isdigit() and 200 <= int(code) < 400:
            yield int(code)
        elif code.upper() == "2XX":
            yield 200
    if "default" in operation.responses:
        yield 200


def _concrete(kind: str) -> str:
    if "*" not in kind:
        return kind
    return "text/plain" if kind.startswith("text/") else JSON_TYPE


def _preference(kind: str) -> int:
    return 0 if is_json(kind) else 1 if kind.startswith("text/") else 2


def _body(document: Document, generator: ExampleGenerator, kind: str, media: str) -> bytes:
    for value in (*_given(document, media), *_generated(document, generator, media)):
        if is_json(kind):
            return json.dumps(value, separators=(",", ":")).encode("ascii")
        if isinstance(value, str):
            return value.encode("utf-8", "backslashreplace")
        if kind == EVENT_STREAM:
            return f"data: {json.dumps(value)}\n\n".encode("ascii")
    if document.schema_of(media) is None:
        return b"{}" if is_json(kind) else b"example"
    raise NoExample(f"the contract gives no example of {kind} at {media}")


def _given(document: Document, media: str) -> Iterator[Any]:
    """Yield the examples of a media type object that fit its schema."""
    where, node = document.at(media)
    pointer = document.schema_of(where)
    found = [node["example"]] if "example" in node else []
    examples: Mapping[str, Any] = node.get("examples", {})
    for name in examples:
        _, example = document.at(f"{where}/examples/{escape(name)}")
        if is_object(example) and "value" in example:
            found.append(example["value"])
    for value in found:
        if pointer is None or next(document.violations(pointer, value), None) is None:
            yield value


def _generated(document: Document, generator: ExampleGenerator, media: str) -> Iterator[Any]:
    pointer = document.schema_of(media)
    if pointer is not None:
        yield generator.value(pointer)


def _explained(body: Any, text: str) -> Any:
    if not is_object(body):
        return body
    for name, value in body.items():
        if name in EXPLAINING:
            inner = text if isinstance(value, str) else _explained(value, text)
            return {**body, name: inner}
    return body


def message_of(body: Any) -> str:
    """Return the text that explains an error, empty if it has none."""
    if isinstance(body, str) or not is_object(body):
        return body if isinstance(body, str) else ""
    found = (message_of(body[name]) for name in EXPLAINING if name in body)
    return next(filter(None, found), "")
