"""Changes of one operation of a document."""

from __future__ import annotations

from typing import Any

from .mutation import Document, Edits, drop, put

METHODS = {"get", "put", "post", "delete", "patch"}


def operation_edits(path: str, method: str, operation: Document) -> Edits:
    """Yield possible edits of an operation."""
    at, name = ("paths", path, method), operation["operationId"]
    yield "operation renamed", name, put(*at, "operationId", value=f"{name}_again"), True
    yield "operation removed", name, drop(*at), True
    yield "operation deprecated", name, put(*at, "deprecated", value=True), True
    yield "operation described", name, put(*at, "description", value="Other words."), False
    yield "tag changed", name, put(*at, "tags", value=["other"]), True
    other = "patch" if method != "patch" else "put"
    yield (
        "method changed",
        name,
        lambda d: d["paths"][path].update({other: d["paths"][path].pop(method)}),
        True,
    )
    page = {"name": "x_new", "in": "query", "schema": {"type": "string"}}
    yield (
        "parameter added",
        name,
        lambda d: d["paths"][path][method].setdefault("parameters", []).append(page),
        True,
    )
    if operation.get("security"):
        yield "security dropped", name, put(*at, "security", value=[{"x_other": []}]), True
    if "x-evidence" in operation:
        yield "evidence dropped", name, drop(*at, "x-evidence"), True
        yield "evidence unknown", name, put(*at, "x-evidence", value=["hearsay"]), True
    for number, parameter in enumerate(operation.get("parameters", ())):
        if "$ref" not in parameter:
            place = f"{name} {parameter['name']}"
            yield from _parameter_edits(place, (*at, "parameters", number), parameter)
    yield from _body_edits(name, (*at, "requestBody"), operation.get("requestBody", {}))
    yield from _response_edits(name, (*at, "responses"), operation["responses"])


def _parameter_edits(place: str, at: tuple[Any, ...], parameter: Document) -> Edits:
    yield "parameter removed", place, drop(*at), True
    yield "parameter renamed", place, put(*at, "name", value="x_other"), True
    yield "parameter described", place, put(*at, "description", value="Other."), False
    schema = parameter.get("schema", {})
    if parameter["in"] == "query":
        yield "parameter required", place, put(*at, "required", value=True), True
        yield "parameter deprecated", place, put(*at, "deprecated", value=True), True
        yield "parameter's type", place, put(*at, "schema", value={"type": "boolean"}), True
        if schema.get("type") == "integer":
            yield "default changed", place, put(*at, "schema", "default", value=77), True
        if "format" in schema:
            yield "format dropped", place, drop(*at, "schema", "format"), True
        if schema.get("type") == "string" and "enum" not in schema:
            listed = {"type": "string", "enum": ["a", "b"]}
            yield "text became enum", place, put(*at, "schema", value=listed), True
        if "$ref" in schema:
            yield "enum became text", place, put(*at, "schema", value={"type": "string"}), True
    for bound in sorted({"minimum", "maximum"} & schema.keys()):
        value = schema[bound] + 3
        yield "bound changed", f"{place} {bound}", put(*at, "schema", bound, value=value), True


def _body_edits(name: str, at: tuple[Any, ...], body: Document) -> Edits:
    content: Document = body.get("content", {})
    for media_type, media in content.items():
        moved = {"application/x-other": media}
        yield "body's media type", f"{name} {media_type}", put(*at, "content", value=moved), True
    if content:
        yield "body described", name, put(*at, "description", value="Other."), False


def _response_edits(name: str, at: tuple[Any, ...], responses: Document) -> Edits:
    successes = [s for s in responses if s[0] == "2" and "content" in responses[s]]
    for status in successes[:1]:
        moved = {"206" if s == status else s: each for s, each in responses.items()}
        if len(successes) == 1:  # with several successes the client accepts any
            yield "success moved", f"{name} {status}", put(*at, value=moved), True
        yield "success emptied", f"{name} {status}", drop(*at, status, "content"), True
        for media_type in responses[status]["content"]:
            other = {"type": "array", "items": {"type": "integer"}}
            edit = put(*at, status, "content", media_type, "schema", value=other)
            yield "success replaced", f"{name} {status}", edit, True
        yield "success described", name, put(*at, status, "description", value="Other."), False
