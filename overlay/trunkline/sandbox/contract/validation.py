"""Validate requests and responses against a contract."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from trunkline.sandbox.contract.openapi import Contract, Operation, Parameter, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "FORM_TYPE",
    "JSON_TYPE",
    "UnsupportedMediaType",
    "check_parameters",
    "check_response",
    "parse_json",
    "read_body",
]

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"

#: Statuses of the HTTP layer, which no contract lists for single operations.
UNLISTED = frozenset({404, 405, 413, 415})

# Python refuses to convert very long digits, and no parameter needs them.
_INTEGER = re.compile(r"-?[0-9]{1,30}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


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


def check_parameters(
    contract: Contract, operation: Operation, sources: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], list[Violation]]:
    """Convert and check parameters.

    Args:
        contract: the contract.
        operation: the operation.
        sources: raw texts by location (``path``, ``query``, ``header``).

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
        value = _typed(source[name], parameter.types)
        location = (parameter.location, parameter.name)
        violations += contract.document.violations(parameter.pointer, value, *location)
        if parameter.location == "query":
            query[name] = value
    return query, violations


def read_body(
    contract: Contract, operation: Operation, headers: Mapping[str, str], raw: bytes
) -> tuple[Any, list[Violation]]:
    """Parse and check the body.

    Raises:
        UnsupportedMediaType: the operation does not take the media type.
    """
    if not operation.bodies or not (raw or operation.is_body_required):
        return None, []
    if not raw:
        return None, [Violation(("body",), "required", "a body is required")]
    pointer = operation.bodies.get(_media_type(headers))
    if pointer is None:
        wanted = ", ".join(operation.bodies)
        raise UnsupportedMediaType(f"The content type has to be {wanted}")
    try:
        body = _parsed(raw, _media_type(headers))
    except ValueError as error:
        return None, [Violation(("body",), "json_invalid", f"the body cannot be read: {error}")]
    return body, list(contract.document.violations(pointer, body, "body"))


def check_response(
    contract: Contract, operation: Operation, status: int, media_type: str, body: bytes
) -> str | None:
    """Return why a response breaks the contract, None when it keeps it."""
    described = operation.responses.get(str(status), operation.responses.get("default"))
    if described is None:
        if status in UNLISTED:
            return None
        return f"{operation.operation_id} does not document status {status}"
    if not described:
        return None
    kind = media_type.partition(";")[0]
    if kind not in described:
        return f"{operation.operation_id} does not document {kind} for status {status}"
    return _mismatch(contract, described[kind], kind, body)


def _mismatch(contract: Contract, pointer: str | None, kind: str, body: bytes) -> str | None:
    if pointer is None:
        return None
    value = json.loads(body) if kind == JSON_TYPE else body.decode("utf-8", "replace")
    for violation in contract.document.violations(pointer, value, "response"):
        return f"{'.'.join(map(str, violation.location))} {violation.message}"
    return None


def _missing(parameter: Parameter) -> Iterator[Violation]:
    if parameter.is_required:
        location = (parameter.location, parameter.name)
        yield Violation(location, "required", f"{parameter.name} is required")


def _typed(text: str, types: frozenset[str]) -> Any:
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in types and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    return text


def _parsed(raw: bytes, kind: str) -> Any:
    if kind == FORM_TYPE:
        return dict(parse_qsl(raw.decode("utf-8"), keep_blank_values=True))
    return parse_json(raw)
