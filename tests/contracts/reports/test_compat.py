"""The ids of another tool: the mapping, and every place at which that tool would report."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from trunkline.contracts import diff, load, rules
from trunkline.contracts.reports import compat
from trunkline.contracts.reports.compat.table import by_kind, unmatched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Document = dict[str, Any]


def content(schema: Document) -> Document:
    return {"description": "d", "content": {"application/json": {"schema": schema}}}


def ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def document() -> Document:
    """Return a contract in which `Leaf` is sent and received, at the top and deeper, in a cycle."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/a": {
                "parameters": [{"name": "shared", "in": "query", "schema": {"type": "string"}}],
                "get": {
                    "parameters": [
                        {"name": "page", "in": "query", "schema": {"maximum": 9, "type": "integer"}}
                    ],
                    "responses": {
                        "200": content(ref("Tree")),
                        "404": content(ref("Leaf")),
                    },
                },
                "post": {
                    "requestBody": content(ref("Leaf")),
                    "responses": {
                        "200": {
                            "description": "d",
                            "headers": {"X-Left": {"schema": {"type": "integer"}}},
                        }
                    },
                },
            },
        },
        "components": {
            "schemas": {
                "Tree": {
                    "type": "object",
                    "properties": {
                        "left": ref("Leaf"),
                        "right": ref("Leaf"),
                        "parent": ref("Tree"),
                    },
                },
                "Leaf": {
                    "type": "object",
                    "required": ["size"],
                    "properties": {
                        "size": {"type": "integer", "maximum": 10},
                        "colour": {"type": "string", "enum": ["red", "green"]},
                    },
                },
            }
        },
    }


def reported(change: Callable[[Document], Any]) -> Counter[tuple[str, str, str]]:
    """Return how often each (id, level, operation) is reported after a change."""
    old, new = document(), document()
    change(new)
    first, second = load(old), load(new)
    rows = json.loads(compat.render(diff(first, second), first, second))
    return Counter((row["id"], row["level"], row["operation"]) for row in rows)


def leaf(document: Document) -> Document:
    found: Document = document["components"]["schemas"]["Leaf"]
    return found


def at(document: Document, method: str) -> Document:
    found: Document = document["paths"]["/a"][method]
    return found


def test_one_edit_is_reported_at_every_place() -> None:
    """Twice in the tree, once in the error, and once in the request, each as that place judges."""
    assert reported(lambda new: leaf(new)["properties"].pop("size")) == {
        ("response-required-property-removed", "error", "GET"): 3,
        ("request-property-removed", "warning", "POST"): 1,
    }


def test_direction_decides_the_id() -> None:
    """A tighter bound breaks what is sent, a looser one widens what is received."""
    found = reported(lambda new: leaf(new)["properties"]["size"].update(maximum=5))
    assert found == {("request-property-max-decreased", "error", "POST"): 1}
    found = reported(lambda new: leaf(new)["properties"]["size"].update(maximum=50))
    assert found == {
        ("request-property-max-increased", "info", "POST"): 1,
        ("response-property-max-increased", "warning", "GET"): 3,
    }


def test_the_body_is_told_from_its_properties() -> None:
    """The same schema is the whole body of one message and a part of another."""
    found = reported(lambda new: leaf(new).update(type=["object", "null"]))
    assert found[("request-body-became-nullable", "info", "POST")] == 1
    assert found[("response-property-became-nullable", "error", "GET")] == 2
    assert sum(n for (name, _, _), n in found.items() if name.startswith("response-body")) == 1


def _parameter(place: str, *, required: bool) -> Document:
    return {"name": "x", "in": place, "required": required, "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (
            lambda new: new["paths"].pop("/a"),
            {
                ("api-path-removed-without-deprecation", "error", "GET"): 1,
                ("api-path-removed-without-deprecation", "error", "POST"): 1,
            },
        ),
        (
            lambda new: new["paths"]["/a"].pop("post"),
            {("api-removed-without-deprecation", "error", "POST"): 1},
        ),
        (
            lambda new: new["paths"].update({"/b": {"get": {"responses": {}}}}),
            {("endpoint-added", "info", "GET"): 1},
        ),
        (
            lambda new: at(new, "get")["parameters"].append(_parameter("query", required=True)),
            {("new-required-request-parameter", "error", "GET"): 1},
        ),
        (
            lambda new: at(new, "get")["parameters"].append(_parameter("header", required=False)),
            {("new-optional-request-parameter", "info", "GET"): 1},
        ),
        (
            lambda new: new["paths"]["/a"]["parameters"].append(_parameter("query", required=True)),
            {
                ("new-required-request-default-parameter-to-existing-path", "error", "GET"): 1,
                ("new-required-request-default-parameter-to-existing-path", "error", "POST"): 1,
            },
        ),
        (
            lambda new: at(new, "get")["parameters"].pop(),
            {("request-parameter-removed", "warning", "GET"): 1},
        ),
        (
            lambda new: at(new, "get")["parameters"][0]["schema"].update(maximum=5),
            {("request-parameter-max-decreased", "error", "GET"): 1},
        ),
        (
            lambda new: at(new, "get")["responses"].pop("404"),
            {("response-non-success-status-removed", "info", "GET"): 1},
        ),
        (
            lambda new: at(new, "get")["responses"].update({"202": {"description": "d"}}),
            {("response-success-status-added", "warning", "GET"): 1},
        ),
        (
            lambda new: at(new, "post").pop("requestBody"),
            {("request-body-removed", "error", "POST"): 1},
        ),
        (
            lambda new: at(new, "post")["requestBody"].update(required=True),
            {("request-body-became-required", "error", "POST"): 1},
        ),
        (
            lambda new: at(new, "post")["responses"]["200"]["headers"].clear(),
            {("optional-response-header-removed", "warning", "POST"): 1},
        ),
        (
            lambda new: at(new, "post")["requestBody"]["content"].update({"text/plain": {}}),
            {("request-body-media-type-added", "info", "POST"): 1},
        ),
        (
            lambda new: at(new, "get").update(operationId="list"),
            {("api-operation-id-added", "info", "GET"): 1},
        ),
        (
            lambda new: at(new, "get").update(tags=["calls"]),
            {("api-tag-added", "info", "GET"): 1},
        ),
        (
            lambda new: at(new, "get").update(deprecated=True),
            {("endpoint-deprecated", "info", "GET"): 1},
        ),
        (
            lambda new: leaf(new)["properties"]["colour"]["enum"].remove("red"),
            {
                ("request-property-enum-value-removed", "error", "POST"): 1,
                ("response-property-enum-value-removed", "info", "GET"): 3,
            },
        ),
        (
            lambda new: leaf(new).update(required=["size", "colour"]),
            {
                ("request-property-became-required", "error", "POST"): 1,
                ("response-property-became-required", "info", "GET"): 3,
            },
        ),
    ],
)
def test_edits_have_the_ids_of_the_other_tool(
    change: Callable[[Document], Any], rows: dict[tuple[str, str, str], int]
) -> None:
    """Operations, parameters, bodies, statuses, headers and properties."""
    assert reported(change) == rows


def test_a_schema_of_another_file_is_found(tmp_path: Path) -> None:
    """References lead from file to file, and the edit lies in the second."""
    main = copy.deepcopy(document())
    main["components"]["schemas"]["Leaf"] = {"$ref": "leaf.json#/Leaf"}
    documents = []
    for name, size in (("old", 10), ("new", 5)):
        folder = tmp_path / name
        folder.mkdir()
        part = {"Leaf": {"type": "object", "properties": {"size": {"maximum": size}}}}
        (folder / "leaf.json").write_text(json.dumps(part), encoding="utf-8")
        (folder / "api.json").write_text(json.dumps(main), encoding="utf-8")
        documents.append(load(folder / "api.json"))
    rows = json.loads(compat.render(diff(*documents), *documents))
    assert [row["id"] for row in rows] == ["request-property-max-decreased"]


def test_global_edits_have_no_operation() -> None:
    """Security of the whole document and schemas that are gone belong to no path."""

    def change(new: Document) -> None:
        new["security"] = [{"key": []}]
        new["components"]["securitySchemes"] = {
            "key": {"type": "apiKey", "name": "k", "in": "header"}
        }

    found = reported(change)
    assert found[("api-global-security-added", "error", "")] == 1
    assert found[("api-security-component-added", "info", "")] == 1


def test_the_mapping_names_only_edits_that_exist() -> None:
    """A renamed kind of edit would silently lose its ids."""
    assert set(by_kind()) <= {rule.edit for rule in rules()}


def test_every_id_is_mapped_or_has_a_reason() -> None:
    """No id is in both lists, and each that has no counterpart says why."""
    mapped = {selector.id for selectors in by_kind().values() for selector in selectors}
    assert not mapped & set(unmatched())
    assert len(mapped) + len(unmatched()) == 509  # as many as the tool lists
    assert all(reason.endswith(".") for reason in unmatched().values())
