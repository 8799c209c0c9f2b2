from __future__ import annotations

from typing import Any

import pytest
from tests.contracts import documents
from tests.contracts.comparing import operation_cases, schema_cases
from tests.contracts.comparing.operation_cases import call, hook, named, param, respond
from tests.contracts.documents import received, sent

from trunkline import contracts
from trunkline.contracts._rules.compat import mappings

TEXT = {"type": "string"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def ids(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [item["id"] for item in contracts.compat_ids(documents.compare(old, new))]


def test_every_rule_of_the_other_tool_has_a_counterpart_or_a_reason() -> None:
    """Each of the 509 rules names edits of the level table, or a reason why there are none."""
    kinds = {rule.edit for rule in contracts.rules()}
    assert len(mappings()) == 509
    for mapping in mappings():
        assert bool(mapping.ours) != bool(mapping.reason), mapping.id
        assert {ours["edit"] for ours in mapping.ours} <= kinds
        assert mapping.level in {"error", "warning", "info"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (sent({"maxLength": 9}), sent({"maxLength": 5}), ["request-body-max-length-decreased"]),
        (
            sent(obj(a={"maxLength": 9})),
            sent(obj(a={"maxLength": 5})),
            ["request-property-max-length-decreased"],
        ),
        (
            received(obj(a={"maxLength": 5})),
            received(obj(a={"maxLength": 9})),
            ["response-property-max-length-increased"],
        ),
        (sent(obj()), sent(obj("a", a=TEXT)), ["new-required-request-property"]),
        (received(obj("a", a=TEXT)), received(obj()), ["response-required-property-removed"]),
        (
            received(obj(a={"enum": ["x"]})),
            received(obj(a={"enum": ["x", "y"]})),
            ["response-property-enum-value-added"],
        ),
        (
            sent(obj(a={"readOnly": True, "maxLength": 9})),
            sent(obj(a={"readOnly": True, "maxLength": 5})),
            ["request-read-only-property-max-length-decreased"],
        ),
        (sent({"type": "string"}), sent({"type": "integer"}), ["request-body-type-changed"]),
        (call(), param(), ["new-optional-request-parameter"]),
        (call(), param(required=True), ["new-required-request-parameter"]),
        (param(), call(), ["request-parameter-removed"]),
        (
            param(schema={"maxLength": 9}),
            param(schema={"maxLength": 5}),
            ["request-parameter-max-length-decreased"],
        ),
        (respond("200", "202"), respond("200"), ["response-success-status-removed"]),
        (respond("200"), respond("200", "404"), ["response-non-success-status-added"]),
        (call(), documents.document(), ["api-path-removed-without-deprecation"]),
        (call(operationId="a"), call(), ["api-operation-id-removed"]),
        (call(), call(deprecated=True), ["endpoint-deprecated"]),
        (hook(), documents.document(), ["webhook-removed"]),
        (call(), call(security=[{"key": []}]), ["api-security-added"]),
    ],
)
def test_ids_of_the_other_tool(old: Any, new: Any, expected: list[str]) -> None:
    """A change has the other tool's id."""
    assert ids(old, new) == expected


def test_a_moved_operation_is_removed_and_added_there() -> None:
    """One edit is listed as an operation removed at the old path and added at the new one."""
    removed = {"id": "api-removed-without-deprecation", "level": "error"}
    added = {"id": "endpoint-added", "level": "info"}
    report = documents.compare(named("post"), named("put"))
    assert contracts.compat_ids(report) == [
        {**removed, "operation": "POST", "path": "/a"},
        {**added, "operation": "PUT", "path": "/a"},
    ]


def test_a_shared_component_is_listed_for_every_place() -> None:
    """The output repeats a finding where the other tool does."""

    def made(size: int) -> dict[str, Any]:
        ref = {"$ref": "#/components/schemas/Call"}
        response = {"description": "", **documents.body(obj(call=ref))}
        operation = {"requestBody": documents.body(ref), "responses": {"200": response}}
        paths = {"/calls": {"post": operation}, "/more": {"put": operation}}
        return documents.document(
            paths, components={"schemas": {"Call": obj(a={"maxLength": size})}}
        )

    found = contracts.compat_ids(documents.compare(made(9), made(5)))
    assert found == [
        {
            "id": "request-property-max-length-decreased",
            "level": "error",
            "operation": method,
            "path": path,
        }
        for path, method in (("/calls", "POST"), ("/more", "PUT"))
    ]


def shared(section: str, component: dict[str, Any], **operation: Any) -> dict[str, Any]:
    paths = {"/a": {"post": {"responses": {}, **operation}}}
    return documents.document(paths, components={section: {"Shared": component}})


PARAMETER = {"name": "n", "in": "query"}
CHANGES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"maxLength": 9}, {"maxLength": 5}),
    (obj(a={"maxLength": 5}), obj(a={"maxLength": 9})),
    (obj(), obj("a", a=TEXT)),
    (TEXT, {"type": "integer"}),
    ({"enum": ["x", "y"]}, {"enum": ["x"]}),
]


@pytest.mark.parametrize(
    ("section", "use", "made"),
    [
        ("parameters", lambda it: {"parameters": [it]}, lambda it: {**PARAMETER, "schema": it}),
        (
            "parameters",
            lambda it: {"parameters": [it]},
            lambda it: {**PARAMETER, **documents.body(it)},
        ),
        ("requestBodies", lambda it: {"requestBody": it}, documents.body),
        (
            "responses",
            lambda it: {"responses": {"200": it}},
            lambda it: {"description": "", **documents.body(it)},
        ),
        (
            "responses",
            lambda it: {"responses": {"200": it}},
            lambda it: {"description": "", "headers": {"X-A": {"schema": it}}},
        ),
        (
            "headers",
            lambda it: {"responses": {"200": {"description": "", "headers": {"X-A": it}}}},
            lambda it: {"schema": it},
        ),
    ],
)
def test_a_shared_component_is_listed_as_if_it_stood_there(
    section: str, use: Any, made: Any
) -> None:
    """Parameters, bodies, responses and headers behind a reference have the ids of plain ones."""
    ref = {"$ref": f"#/components/{section}/Shared"}
    apart = [ids(*(shared(section, made(one), **use(ref)) for one in pair)) for pair in CHANGES]
    plain = [ids(*(call(**use(made(one))) for one in pair)) for pair in CHANGES]
    assert apart == plain
    assert any(plain)


def test_every_output_line_is_a_rule_of_the_other_tool() -> None:
    """For every edit, ids and levels are those of the mapping."""
    known = {mapping.id: mapping.level for mapping in mappings()}
    pairs = [(sent(case.old), sent(case.new)) for case in schema_cases.CASES]
    pairs += [(received(case.old), received(case.new)) for case in schema_cases.CASES]
    pairs += [(case.old, case.new) for case in operation_cases.CASES]
    lines = [line for pair in pairs for line in contracts.compat_ids(documents.compare(*pair))]
    assert len(lines) > 200
    assert all(known[line["id"]] == line["level"] for line in lines)
