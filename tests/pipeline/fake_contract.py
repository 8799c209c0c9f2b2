"""A contract of everything that a method can take, for the client in fake_overlay.py."""

from __future__ import annotations

from typing import Any


def query(name: str, where: str = "query", **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "schema": schema or {"type": "string"}}


def body(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}}


TEXT = {"type": "string"}
ITEM = {
    "allOf": [{"properties": {"name": TEXT}}],
    "properties": {
        "from": TEXT,
        "at": {"type": ["string", "null"], "format": "date-time"},
        "meta": {"$ref": "#/components/schemas/Meta"},
    },
}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/items/{item_id}": {
            "parameters": [query("item_id", "path")],
            "get": {
                "operationId": "getItem",
                "parameters": [
                    query("status_filter", enum=["done"]),
                    query("limit", type="integer", maximum=5),
                    query("X-Trace", "header"),
                ],
            },
        },
        "/items": {
            "post": {
                "operationId": "create_item",
                "requestBody": body({"$ref": "#/components/schemas/Item"}),
            }
        },
        "/form": {
            "post": {
                "operationId": "fillForm",
                "requestBody": body(
                    {"properties": {"CallSid": TEXT}}, "application/x-www-form-urlencoded"
                ),
            }
        },
        "/either": {
            "post": {
                "operationId": "sendEither",
                "requestBody": body(
                    {
                        "properties": {"name": TEXT},
                        "oneOf": [{"properties": {"total": TEXT}}, {"properties": {"part": TEXT}}],
                    }
                ),
            }
        },
        "/export": {
            "post": {
                "operationId": "export",
                "parameters": [query("X-Kind", "header", enum=["a", "b"])],
                "requestBody": body(
                    {
                        "properties": {
                            "start": {"type": "string", "format": "date-time"},
                            "end": {"type": "string", "format": "date-time"},
                            "with_text": {"type": "boolean"},
                            "with_costs": {"type": "boolean"},
                        }
                    }
                ),
            }
        },
        "/open": {"post": {"operationId": "sendAnything", "requestBody": body({"type": "object"})}},
    },
    "webhooks": {
        "one": {
            "x-event-name": "item.made",
            "post": {"requestBody": body({"$ref": "#/components/schemas/ItemEvent"})},
        },
        "two": {
            "x-event-names": ["item.seen", "item.gone"],
            "post": {"requestBody": body({"$ref": "#/components/schemas/ItemEvent"})},
        },
        "three": {"x-event-names": []},
    },
    "components": {
        "schemas": {
            "Item": ITEM,
            "ItemEvent": {
                "properties": {
                    "event": {"$ref": "#/components/schemas/EventName"},
                    "tags": {"type": "array", "items": TEXT},
                    "data": {"properties": {"seen": {"type": "integer"}}},
                }
            },
            "EventName": {"enum": ["item.made", "item.seen", "item.gone"]},
            "Meta": {"properties": {"a": TEXT, "b": {"type": "integer"}}},
        }
    },
}
EVENTS = frozenset({"item.made", "item.seen", "item.gone", "three"})
