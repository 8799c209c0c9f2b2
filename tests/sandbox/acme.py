"""An API that is served without handlers."""

from __future__ import annotations

from typing import Any

JSON = "application/json"


def body(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"description": "d", "content": {JSON: {"schema": schema, **more}}}


ORDER = {"$ref": "#/components/schemas/Order"}
ACME: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Acme", "version": "1"},
    "security": [{"key": []}],
    "paths": {
        "/orders": {
            "get": {
                "operationId": "listOrders",
                "parameters": [
                    {"name": "tag", "in": "query", "schema": {"type": "array"}},
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 5}},
                ],
                "responses": {"200": body({"type": "array", "items": ORDER})},
            },
            "post": {
                "operationId": "createOrder",
                "requestBody": {"required": True, "content": {JSON: {"schema": ORDER}}},
                "responses": {
                    "201": body(ORDER, example={"id": "ord_1", "lines": []}),
                    "422": body(
                        {
                            "type": "object",
                            "required": ["code", "message"],
                            "properties": {
                                "code": {"enum": ["invalid"]},
                                "message": {"type": "string"},
                            },
                        }
                    ),
                },
            },
        },
        "/orders/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "responses": {"200": body(ORDER), "4XX": {"description": "no body"}},
            },
            "delete": {"operationId": "deleteOrder", "responses": {"204": {"description": "gone"}}},
        },
        "/payments": {
            "post": {
                "operationId": "pay",
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "required": ["amount"],
                                "properties": {
                                    "amount": {"type": "integer"},
                                    "tags": {"type": "array", "items": {"type": "integer"}},
                                    "note": {"type": "string"},
                                    "payer": {"type": "object", "required": ["name"]},
                                },
                            }
                        },
                        "text/plain": {},
                    }
                },
                "responses": {"202": {"description": "taken"}},
            }
        },
        "/endless": {
            "get": {
                "operationId": "endless",
                "security": [],
                "responses": {"200": body({"$ref": "#/components/schemas/Endless"})},
            }
        },
        "/export": {
            "get": {
                "operationId": "export",
                "security": [{"basic": []}, {"cookie": [], "query": []}],
                "responses": {"2XX": {"description": "d", "content": {"text/csv": {}}}},
            }
        },
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "basic": {"type": "http", "scheme": "basic"},
            "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
            "query": {"type": "apiKey", "in": "query", "name": "key"},
        },
        "schemas": {
            "Order": {
                "type": "object",
                "required": ["id", "lines"],
                "properties": {
                    "id": {"type": "string", "pattern": "^ord_[0-9]+$"},
                    "lines": {"type": "array", "items": {"type": "string"}},
                    "placed_at": {"type": "string", "format": "date-time"},
                    "next_cursor": {"type": "string"},
                    "customer": {
                        "type": "object",
                        "properties": {"e_mail": {"type": "string", "format": "email"}},
                    },
                },
            },
            "Endless": {
                "type": "object",
                "required": ["next"],
                "properties": {"next": {"$ref": "#/components/schemas/Endless"}},
            },
        },
    },
}
