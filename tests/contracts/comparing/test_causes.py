from __future__ import annotations

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import documents
from tests.contracts.comparing import generated

from trunkline import contracts
from trunkline.contracts import Direction, Level
from trunkline.errors import InvalidArgumentError

TEXT = {"type": "string"}
CALL = {"$ref": "#/components/schemas/Call"}


def shared(call: Any, **more: Any) -> dict[str, Any]:
    """Three operations around one component: sent, received, and only received with an error."""
    response = {"description": "", **documents.body(CALL)}
    paths = {
        "/calls": {
            "post": {"requestBody": documents.body(CALL), "responses": {"200": response}},
            "get": {"responses": {"200": response}},
            "put": {"responses": {"404": response}},
        }
    }
    return documents.document(paths, components={"schemas": {"Call": call, **more}})


def test_one_edit_is_one_finding() -> None:
    """A shared component's edit is reported once, with both verdicts and everything it reaches."""
    old = shared({"properties": {"a": {"enum": ["x", "y"]}}})
    (finding,) = documents.compare(old, shared({"properties": {"a": {"enum": ["x"]}}})).findings
    assert finding.edit.unit == "components/schemas/Call"
    assert finding.edit.pointer == "/properties/a/enum/y"
    assert {v.direction: v.level for v in finding.verdicts} == {
        Direction.SENT: Level.BREAKING,
        Direction.RECEIVED: Level.INFO,
    }
    assert finding.operation_names == ("GET /calls", "POST /calls", "PUT /calls")


def test_a_read_only_property_takes_no_part_in_requests() -> None:
    """With `readOnly` only the received direction counts, also behind a reference."""
    part = {"$ref": "#/components/schemas/Part"}
    call = {"properties": {"a": {"allOf": [part], "readOnly": True}}}
    old = shared(call, Part={"enum": ["x", "y"]})
    (finding,) = documents.compare(old, shared(call, Part={"enum": ["x"]})).findings
    assert {v.direction: v.level for v in finding.verdicts} == {Direction.RECEIVED: Level.INFO}


def test_read_only_beside_a_reference() -> None:
    """From OpenAPI 3.1 on the component is not sent; 3.0 ignores siblings of `$ref`."""
    ref = {"$ref": "#/components/schemas/Base", "readOnly": True}
    directions = {}
    for version in ("3.0.3", "3.1.0"):
        old, new = (
            {
                **shared({"properties": {"base": ref}}, Base={"type": kind}),
                "openapi": version,
            }
            for kind in ("string", "integer")
        )
        (finding,) = documents.compare(old, new).findings
        directions[version] = finding.directions
    sent, received = Direction.SENT, Direction.RECEIVED
    assert directions == {"3.0.3": (sent, received), "3.1.0": (received,)}


def test_a_cycle_needs_no_guard() -> None:
    """Components that refer to one another are compared once each."""

    def cyclic(kind: str) -> dict[str, Any]:
        node = {"properties": {"next": CALL, "value": {"type": kind}}}
        return shared({"properties": {"node": {"$ref": "#/components/schemas/Node"}}}, Node=node)

    (finding,) = documents.compare(cyclic("string"), cyclic("integer")).findings
    assert (finding.rule, finding.edit.unit) == ("type-changed", "components/schemas/Node")
    assert len(finding.operation_names) == 3


def test_renames_inside_a_cycle() -> None:
    """Two components that refer to each other can both be renamed."""

    def named(one: str, two: str) -> dict[str, Any]:
        first = {"properties": {"b": {"$ref": f"#/components/schemas/{two}"}}}
        second = {"properties": {"a": {"$ref": f"#/components/schemas/{one}"}, "x": TEXT}}
        body = {"$ref": f"#/components/schemas/{one}"}
        return documents.received(body, components={"schemas": {one: first, two: second}})

    report = documents.compare(named("A", "B"), named("C", "D"))
    assert {finding.rule for finding in report.findings} == {"component-renamed"}


def test_a_component_that_was_renamed_and_changed() -> None:
    """The component used where the removed one was is its successor."""

    def with_name(name: str, value: Any) -> dict[str, Any]:
        body = {"$ref": f"#/components/schemas/{name}"}
        schemas = {name: {"type": "object", "properties": {"a": value}}}
        return documents.received(body, components={"schemas": schemas})

    report = documents.compare(with_name("Old", TEXT), with_name("New", {"type": "integer"}))
    assert [finding.rule for finding in report.findings] == ["type-changed", "component-renamed"]
    assert report.findings[0].edit.unit == "components/schemas/Old"


def test_a_renamed_path_parameter_is_the_same_path() -> None:
    """Parameter names in a path template do not distinguish paths."""

    def named(name: str) -> dict[str, Any]:
        parameter = {"name": name, "in": "path", "required": True, "schema": TEXT}
        return documents.document(
            {f"/calls/{{{name}}}": {"get": {"parameters": [parameter], "responses": {}}}}
        )

    report = documents.compare(named("id"), named("call_id"))
    assert [(f.rule, f.level) for f in report.findings] == [("path-parameter-renamed", Level.INFO)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": True}, {"anyOf": [TEXT, {"type": "null"}]}),
        (
            {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
            {"type": "integer", "exclusiveMinimum": 1},
        ),
        ({"enum": ["a"]}, {"const": "a"}),
        ({"allOf": [TEXT], "nullable": True}, {"type": ["string", "null"]}),
    ],
)
def test_what_3_0_and_3_1_write_differently(old: Any, new: Any) -> None:
    """A move from 3.0 to 3.1 alone is reported only as a version change."""
    report = documents.compare(
        documents.sent(old, version="3.0.3"), documents.sent(new, version="3.1.0")
    )
    assert [finding.rule for finding in report.findings] == ["openapi-version-changed"]


def test_a_component_that_nothing_uses_is_information() -> None:
    """In a document with operations, a component that none of them reaches cannot break a call."""
    old = shared({}, Alone={"required": ["a"]})
    (finding,) = documents.compare(old, shared({}, Alone={"required": ["b"]})).findings[:1]
    assert finding.level is Level.INFO
    assert finding.verdicts[0].key.endswith(".unused")


def test_a_document_without_operations_is_judged_both_ways() -> None:
    """A document with only schemas is a contract too."""
    old, new = (
        documents.document({}, components={"schemas": {"A": {"type": kind}}})
        for kind in ("integer", "number")
    )
    assert documents.levels(documents.compare(old, new), "type-generalized") == {
        Direction.SENT: Level.INFO,
        Direction.RECEIVED: Level.BREAKING,
    }


def test_a_fingerprint_names_the_edit_and_not_its_words_or_its_reach() -> None:
    """It does not change with another value or another operation that uses the component."""

    def prints(old: Any, new: Any) -> list[str]:
        return [finding.fingerprint for finding in documents.compare(old, new).findings]

    few = prints(shared({"maxLength": 9}), shared({"maxLength": 5}))
    more = [shared({"maxLength": size}) for size in (8, 4)]
    for document in more:
        document["paths"]["/more"] = deepcopy(document["paths"]["/calls"])
    assert few == prints(*more)
    assert few != prints(shared({"minLength": 5}), shared({"minLength": 9}))


def test_levels_can_be_overridden_by_key_and_by_glob() -> None:
    """The last override that matches a row wins; one that matches none is refused."""
    old, new = documents.sent({"maxLength": 9}), documents.sent({"maxLength": 5})
    rules = {"max-*": "info", "max-length-tightened.sent": Level.WARNING}
    assert documents.compare(old, new, rules=rules).worst is Level.WARNING
    for wrong in ({"max-size": "info"}, {"max-length-tightened": "fatal"}):
        with pytest.raises(InvalidArgumentError):
            documents.compare(old, new, rules=wrong)


def test_equal_bytes_are_not_compared() -> None:
    """The same document has no findings, whatever it contains."""
    old = documents.sent({"$ref": "#/components/schemas/Missing"})
    assert documents.compare(old, deepcopy(old)).findings == ()


PROGRAM = """
from tests.contracts import documents
from tests.contracts.comparing import generated
for seed in range(40):
    report = documents.compare(*generated.document_pair(seed))
    for finding in report.findings:
        print(finding.fingerprint, finding.message, finding.verdicts, finding.operations)
"""


def test_the_report_does_not_depend_on_the_order_of_hashes() -> None:
    """Identical bytes under every PYTHONHASHSEED."""
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join([*sys.path, str(root)]),
            },
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1
    assert outputs != {b""}
    assert generated.document_pair(3) == generated.document_pair(3)


def test_importing_it_is_light() -> None:
    """Neither the HTTP client nor a YAML reader is imported before it is needed."""
    program = (
        "import sys, trunkline.contracts as _;"
        "print(sorted({'httpx', 'yaml', 'ryml', 'jsonpath_rfc9535'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_rules_are_sorted_and_unique() -> None:
    """Every row has its own key."""
    keys = [rule.key for rule in contracts.rules()]
    assert keys == sorted(set(keys))


def test_the_order_of_keys_does_not_show() -> None:
    """Values are shown with sorted keys: the order in the document does not matter."""
    added = {"type": "object", "properties": {"b": TEXT, "a": {"minLength": 1, "type": "string"}}}
    swapped = {key: added[key] for key in reversed(added)}
    reports = [
        documents.compare(shared({}), shared({"properties": {"x": each}}))
        for each in (added, swapped)
    ]
    first, second = (json.dumps(report.findings[0].edit.after) for report in reports)
    assert first == second
    assert reports[0].findings == reports[1].findings
