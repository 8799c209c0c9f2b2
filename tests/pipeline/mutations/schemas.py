"""Changes of one component schema of a document."""

from __future__ import annotations

import json
import re
from typing import Any

from .mutation import Document, Edit, Edits, put
from .operations import METHODS

_TEXT = {"type": "string"}


def schema_edits(name: str, schema: Document, document: Document) -> Edits:
    """Yield possible edits of a component that is sent, received, or in a webhook."""
    at = ("components", "schemas", name)
    yield "schema described", name, put(*at, "description", value="Other words."), False
    sent, inner, received, hooked = _uses(document)
    if "enum" in schema:
        events = all("." in value for value in schema["enum"])
        yield from _enum_edits(name, schema, name in sent | inner, events)
    if "properties" not in schema:
        return
    if name in sent:
        yield from _sent_edits("body", name, schema)
    elif name in inner:
        yield from _sent_edits("nested", name, schema)
    elif name in hooked:
        yield from _received_edits("webhook", name, schema)
    elif name in received:
        yield "response field added", name, put(*at, "properties", "x_new", value={}), False
        yield from _received_edits("response", name, schema)


def _enum_edits(name: str, schema: Document, is_sent: bool, events: bool) -> Edits:  # noqa: FBT001  # two kinds of each
    if schema.get("x-open-enum"):
        return
    side = "" if is_sent else "response "
    yield (
        f"{side}enum value added",
        name,
        lambda d: _enum(d, name).append("x_new"),
        is_sent or events,
    )
    yield f"{side}enum value removed", name, lambda d: _enum(d, name).pop(0), True


def _sent_edits(side: str, name: str, schema: Document) -> Edits:
    at = ("components", "schemas", name)
    yield f"{side} field added", name, put(*at, "properties", "x_new", value=_TEXT), True
    for field, each in schema["properties"].items():
        place = f"{name}.{field}"
        yield f"{side} field removed", place, _dropped(name, field), True
        yield f"{side} field renamed", place, _renamed(name, field), True
        other = {"type": "boolean"} if each.get("type") != "boolean" else _TEXT
        yield f"{side} field's type", place, put(*at, "properties", field, value=other), True
        if "const" not in each:
            yield f"{side} field's need", place, _needed(name, field, schema), True


def _received_edits(side: str, name: str, schema: Document) -> Edits:
    at = ("components", "schemas", name)
    for field, each in schema["properties"].items():
        place = f"{name}.{field}"
        yield f"{side} field removed", place, _dropped(name, field), True
        yield f"{side} field renamed", place, _renamed(name, field), True
        other: Document = {"type": "array", "items": {}}
        if {"type", "$ref", "anyOf", "oneOf"} & each.keys():
            yield f"{side} field's type", place, put(*at, "properties", field, value=other), True
        if side == "response" and field in schema.get("required", ()):
            yield "response field optional", place, _needed(name, field, schema), True
        if side == "response" and each.get("type") == "string":
            nullable = {**each, "type": ["string", "null"]}
            edit = put(*at, "properties", field, value=nullable)
            yield "response field nullable", place, edit, True


def _enum(document: Document, name: str) -> list[Any]:
    found: list[Any] = document["components"]["schemas"][name]["enum"]
    return found


def _needed(name: str, field: str, schema: Document) -> Edit:
    required = schema.get("required", [])
    toggled = [n for n in required if n != field] if field in required else [*required, field]
    return put("components", "schemas", name, "required", value=toggled)


def _dropped(name: str, field: str) -> Edit:
    def edit(document: Document) -> None:
        schema = document["components"]["schemas"][name]
        schema["properties"].pop(field)
        schema["required"] = [each for each in schema.get("required", ()) if each != field]

    return edit


def _renamed(name: str, field: str) -> Edit:
    def edit(document: Document) -> None:
        schema = document["components"]["schemas"][name]
        names = {each: f"x_{each}" if each == field else each for each in schema["properties"]}
        schema["properties"] = {names[n]: each for n, each in schema["properties"].items()}
        schema["required"] = [names.get(each, each) for each in schema.get("required", ())]

    return edit


def _uses(document: Document) -> tuple[set[str], set[str], set[str], set[str]]:
    """Return the components of requests, those nested in them, of successes, and of webhooks."""
    operations = [o for item in document["paths"].values() for m, o in item.items() if m in METHODS]
    requests = [[o.get("requestBody"), o.get("parameters")] for o in operations]
    sent = _named([requests, document["components"].get("parameters", {})])
    successes = [r for o in operations for s, r in o["responses"].items() if s[0] == "2"]
    received = _closure(_named(successes), document)
    hooked = _closure(_named(document.get("webhooks", {})), document)
    return sent, _closure(sent, document) - sent - received, received, hooked - received


def _closure(names: set[str], document: Document) -> set[str]:
    todo, seen = list(names), set[str]()
    while todo:
        if (name := todo.pop()) not in seen:
            seen.add(name)
            todo += _named(document["components"]["schemas"].get(name, {}))
    return seen


def _named(value: Any) -> set[str]:
    return set(re.findall(r"#/components/schemas/([\w.-]+)", json.dumps(value)))
