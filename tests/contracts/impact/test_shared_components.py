"""Edits of shared components: the affected code is found through every reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts import diff, load
from trunkline.contracts.impact import analyse

if TYPE_CHECKING:
    from pathlib import Path


def ref(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


def media(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


TEXT = {"type": "string"}
BASE = {"type": "object", "required": ["id"], "properties": {"id": TEXT, "region": TEXT}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/orders": {
            "get": {
                "operationId": "list_orders",
                "tags": ["orders"],
                "parameters": [ref("parameters", "State"), ref("parameters", "Page")],
                "responses": {"200": ref("responses", "Orders")},
            },
            "post": {
                "operationId": "create_order",
                "tags": ["orders"],
                "requestBody": ref("requestBodies", "NewOrder"),
                "responses": {
                    "200": {"description": "", "content": media(ref("schemas", "Order"))}
                },
            },
        },
    },
    "components": {
        "parameters": {
            "State": {"name": "state", "in": "query", "schema": ref("schemas", "State")},
            "Page": {"name": "page", "in": "query", "schema": {"type": "integer"}},
        },
        "requestBodies": {"NewOrder": {"content": media(ref("schemas", "NewOrder"))}},
        "responses": {"Orders": {"description": "", "content": media(ref("schemas", "OrderList"))}},
        "schemas": {
            "State": {"type": "string", "enum": ["open", "shipped"]},
            "NewOrder": {
                "type": "object",
                "required": ["sku"],
                "properties": {"sku": TEXT, "gift": {"type": "boolean"}},
            },
            "Base": BASE,
            "Order": {
                "allOf": [
                    ref("schemas", "Base"),
                    {
                        "type": "object",
                        "properties": {
                            "lines": ref("schemas", "Lines"),
                            "prices": {
                                "type": "object",
                                "additionalProperties": ref("schemas", "Price"),
                            },
                        },
                    },
                ]
            },
            "OrderList": {"type": "array", "items": ref("schemas", "Order")},
            "Lines": {"type": "array", "items": ref("schemas", "Line")},
            "Line": {"type": "object", "properties": {"sku": TEXT, "count": {"type": "integer"}}},
            "Price": {"type": "object", "properties": {"amount": TEXT, "tax": TEXT}},
        },
    },
}
CODE = """\
from shop_client import Client
from shop_client.api.orders import create_order, list_orders
from shop_client.models import NewOrder, Order, State
client = Client(base_url="x")
for order in list_orders.sync(client=client, page=2, state=State.SHIPPED):
    print(order.region)
    for line in order.lines:
        print(line.count)
    for name, price in order.prices.additional_properties.items():
        print(price.tax)
made = create_order.sync(client=client, body=NewOrder(sku="a", gift=True))
print(made.id)
"""
C = "/components"


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        ({"remove": f"{C}/schemas/Base/properties/region"}, {6}),
        ({"remove": f"{C}/schemas/Line/properties/count"}, {8}),
        ({"remove": f"{C}/schemas/Price/properties/tax"}, {10}),
        ({"remove": f"{C}/schemas/NewOrder/properties/gift"}, {11}),
        ({"set": f"{C}/parameters/Page/schema/type", "to": "string"}, {5}),
        ({"set": f"{C}/parameters/Page/required", "to": True}, set()),
        ({"remove": "/paths/~1orders/get/parameters/1"}, {5}),
        ({"set": f"{C}/schemas/Lines/items", "to": TEXT}, {7}),
        ({"set": f"{C}/schemas/OrderList/items", "to": TEXT}, {2, 5}),
        ({"set": f"{C}/requestBodies/NewOrder/required", "to": True}, {2, 11}),
        ({"remove": f"{C}/responses/Orders/content"}, {2, 5}),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else "",
)
def test_an_edit_of_what_is_shared_is_found(
    edit: dict[str, Any], lines: set[int], tmp_path: Path
) -> None:
    """Parameters, bodies, responses, lists without a class, and schemas included by `allOf`."""
    (tmp_path / "user.py").write_text(CODE)
    compared = diff(load(DOCUMENT), load(corpus.edited(DOCUMENT, [edit])))
    report = analyse(compared, [tmp_path], "shop_client", generator=False, cache=False)
    assert {site.line for finding in report.findings for site in finding.used} == lines
