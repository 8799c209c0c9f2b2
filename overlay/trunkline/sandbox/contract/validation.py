"""Validate requests and responses against a contract."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from trunkline.sandbox.contract.openapi import Violation, escape, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.sandbox.contract.openapi import Contract, Document, Operation, Parameter

__all__ = [
    "EVENT_STREAM",
    "FORM_TYPE",
    "JSON_TYPE",
    "NO_BODY",
    "UnsupportedMediaType",
    "check_parameters",
    "check_response",
    "is_json",
    "parse_json",
    "read_body",
]

JSON_TYPE = "application/json"
EVENT_STREAM = "text/event-stream"
#: Statuses whose responses never have a body (RFC 9110).
NO_BODY = frozenset({204, 205, 304})
#: The most violations that are reported for one body.
MAX_VIOLATIONS = 100
FORM_TYPE = "application/x-www-form-urlencoded"

# Python refuses to convert more than 4,300 digits, and a float has at most 309 before the point.
_INTEGER = re.compile(r"-?[0-9]{1,4000}")
_NUMBER = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?")


class UnsupportedMediaType(ValueError):  # noqa: N818  # named after the status, 415
    """The operation takes bodies of other media types, which the text lists."""


def parse_json(raw: bytes) -> Any:
    """Parse strict JSON (no NaN, UTF-8 only); raises ValueError on anything else."""
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind == JSON_TYPE or kind.endswith("+json")


def check_parameters(
    contract: Contract, operation: Operation, sources: Mapping[str, Mapping[str, list[str]]]
) -> tuple[dict[str, Any], list[Violation]]:
    """Convert and check parameters.

    Args:
        contract: the contract.
        operation: the operation.
        sources: raw texts by location (``path``, ``query``, ``header``, ``cookie``) and name.

    Returns:
        The query parameters in their types, and every violation.
    """
    query: dict[str, Any] = {}
    violations: list[Violation] = []
    for parameter in operation.parameters:
        source = sources.get(parameter.location, {})
        name = parameter.name.lower() if parameter.location == "header" else parameter.name
        if name not in source:
            violations += _missing(parameter)
            continue
        value = _value(parameter, source[name])
        location = (parameter.location, parameter.name)
        if parameter.pointer is not None:
            violations += contract.document.violations(parameter.pointer, value, *location)
        if parameter.location == "query":
            query[name] = value
    return query, violations


def read_body(
    contract: Contract, operation: Operation, headers: Mapping[str, str], raw: bytes
) -> tuple[Any, list[Violation]]:
    """Parse and check the body; one that is neither JSON nor a form stays as it is.

    Raises:
        UnsupportedMediaType: the operation does not take the media type.
    """
    if not operation.bodies or not (raw or operation.is_body_required):
        return None, []
    if not raw:
        return None, [Violation(("body",), "required", "a body is required")]
    kind = _media_type(headers)
    described = _described(operation.bodies, kind)
    if described is None:
        raise UnsupportedMediaType(f"The content type has to be {', '.join(operation.bodies)}")
    pointer = contract.document.schema_of(described)
    try:
        body = _parsed(contract.document, pointer, raw, kind)
    except ValueError as error:
        return None, [Violation(("body",), "json_invalid", f"the body cannot be read: {error}")]
    if pointer is None or isinstance(body, bytes):
        return body, []
    violations = contract.document.violations(pointer, body, "body")
    return body, list(islice(violations, MAX_VIOLATIONS))


def check_response(
    contract: Contract, operation: Operation, status: int, media_type: str, body: bytes
) -> str | None:
    """Return why a response breaks the contract, None if it does not.

    A status from 400 that is undocumented breaks nothing.
    """
    described = operation.response(status)
    if described is None:
        if status >= 400:
            return None
        return f"{operation.operation_id} does not document status {status}"
    if not described or status in NO_BODY:
        return None
    kind = media_type.partition(";")[0].strip().lower()
    media = _described(described, kind)
    if media is None:
        return f"{operation.operation_id} does not document {kind} for status {status}"
    return _mismatch(contract, media, kind, body)


def _described(media: Mapping[str, str], kind: str) -> str | None:
    ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
    described = {name.partition(";")[0].strip().lower(): where for name, where in media.items()}
    return next((described[name] for name in ranges if name in described), None)


def _mismatch(contract: Contract, media: str, kind: str, body: bytes) -> str | None:
    pointer = contract.document.schema_of(media)
    if pointer is None or kind == EVENT_STREAM:  # a schema describes one event of the stream
        return None
    value = json.loads(body) if is_json(kind) else body.decode("utf-8", "replace")
    for violation in contract.document.violations(pointer, value, "response"):
        return f"{'.'.join(map(str, violation.location))} {violation.message}"
    return None


def _missing(parameter: Parameter) -> Iterator[Violation]:
    if parameter.is_required:
        location = (parameter.location, parameter.name)
        yield Violation(location, "required", f"{parameter.name} is required")


def _value(parameter: Parameter, texts: list[str]) -> Any:
    if not parameter.is_array:
        return _typed(texts[-1], parameter.types)
    items = texts if parameter.is_exploded else texts[-1].split(",")
    return [_typed(text, parameter.types) for text in items]


def _typed(text: str, types: frozenset[str]) -> Any:
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in types and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    return text


def _parsed(document: Document, pointer: str | None, raw: bytes, kind: str) -> Any:
    if kind != FORM_TYPE:
        return parse_json(raw) if is_json(kind) else raw
    texts = parse_qs(raw.decode("utf-8"), keep_blank_values=True)
    members: Mapping[str, Any] = {}
    if pointer:
        members = document.at(pointer)[1].get("properties", members)
    return {
        name: _form_value(document, f"{pointer}/properties/{escape(name)}", values)
        if name in members
        else values[-1]
        for name, values in texts.items()
    }


def _form_value(document: Document, pointer: str, texts: list[str]) -> Any:
    where, schema = document.at(pointer)
    types = frozenset(types_of(schema))
    if "object" in types:
        return _form_object(texts[-1])
    if "array" not in types:
        return _typed(texts[-1], types)
    items: Any = document.at(f"{where}/items")[1] if "items" in schema else None
    return [_typed(text, frozenset(types_of(items))) for text in texts]


def _form_object(text: str) -> Any:
    """Return the object that a form holds as JSON; any other text stays, and breaks the schema."""
    try:
        return parse_json(text.encode())
    except ValueError:
        return text
