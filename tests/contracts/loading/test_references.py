from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts import documents

from trunkline import contracts
from trunkline.contracts import Level

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
EXTERNAL = {"$ref": "shared/parts.json#/Part"}
Place = "Callable[[Any], dict[str, Any]]"


def calls(**operation: Any) -> dict[str, Any]:
    return documents.document({"/calls": {"post": {"responses": {}, **operation}}})


def query(**more: Any) -> dict[str, Any]:
    return {"name": "a", "in": "query", "schema": TEXT, **more}


def response(**members: Any) -> dict[str, Any]:
    return calls(responses={"200": {"description": "", **members}})


def secured(scheme: Any) -> dict[str, Any]:
    document = calls(security=[{"key": []}])
    return {**document, "components": {"securitySchemes": {"key": scheme}}}


def encoded(header: Any) -> dict[str, Any]:
    media = {"schema": {}, "encoding": {"a": {"headers": {"X-A": header}}}}
    return calls(requestBody={"content": {"multipart/form-data": media}})


def called_back(callback: Any) -> dict[str, Any]:
    return calls(callbacks={"ended": callback})


def key(name: str) -> dict[str, Any]:
    return {"type": "apiKey", "in": "header", "name": name}


def ending(schema: Any) -> dict[str, Any]:
    return {"{$url}": {"post": {"requestBody": documents.body(schema), "responses": {}}}}


#: Where the reference is used, its target before and after, and the rule that is found.
KINDS: dict[str, tuple[Callable[[Any], dict[str, Any]], Any, Any, str]] = {
    "parameter": (
        lambda ref: calls(parameters=[ref]),
        query(),
        query(required=True),
        "parameter-became-required",
    ),
    "parameter of a path": (
        lambda ref: documents.document({"/calls": {"parameters": [ref], "get": {"responses": {}}}}),
        query(),
        query(style="pipeDelimited"),
        "serialization-changed",
    ),
    "header": (
        lambda ref: response(headers={"X-A": ref}),
        {"required": True, "schema": TEXT},
        {"schema": TEXT},
        "header-became-optional",
    ),
    "header of a part": (
        encoded,
        {"schema": TEXT},
        {"schema": TEXT, "required": True},
        "header-became-required",
    ),
    "response": (
        lambda ref: calls(responses={"200": ref}),
        {"description": "", "headers": {"X-A": {"required": True, "schema": TEXT}}},
        {"description": ""},
        "header-removed",
    ),
    "request body": (
        lambda ref: calls(requestBody=ref),
        documents.body(TEXT),
        {"required": True, **documents.body(TEXT)},
        "request-body-became-required",
    ),
    "security scheme": (secured, key("X-A"), key("X-B"), "security-scheme-changed"),
    "path item": (
        lambda ref: documents.document({"/calls": ref}),
        {"get": {"responses": {}}, "put": {"responses": {}}},
        {"get": {"responses": {}}},
        "operation-removed",
    ),
    "callback": (called_back, ending(TEXT), ending(NUMBER), "type-changed"),
    "schema": (lambda ref: response(**documents.body(ref)), TEXT, NUMBER, "type-changed"),
}


def write(folder: Path, document: Any, part: Any) -> Path:
    (folder / "shared").mkdir(parents=True, exist_ok=True)
    (folder / "shared" / "parts.json").write_text(json.dumps({"Part": part}), encoding="utf-8")
    (folder / "api.json").write_text(json.dumps(document), encoding="utf-8")
    return folder / "api.json"


@pytest.mark.parametrize("indirect", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_referred_to_is_what_the_place_holds(
    kind: str, tmp_path: Path, *, indirect: bool
) -> None:
    """An edit behind one or two references into other files is reported as if inline."""
    place, before, after, rule = KINDS[kind]
    old, new = (
        contracts.load(write(tmp_path / name, place(EXTERNAL), part))
        for name, part in (("old", before), ("new", after))
    )
    if indirect:
        for name in ("old", "new"):
            (tmp_path / name / "api.json").write_text(
                json.dumps(place({"$ref": "middle.json#/Part"})), encoding="utf-8"
            )
            (tmp_path / name / "middle.json").write_text(
                json.dumps({"Part": EXTERNAL}), encoding="utf-8"
            )
        old, new = (contracts.load(tmp_path / name / "api.json") for name in ("old", "new"))
    findings = [f for f in contracts.diff(old, new).findings if f.level > Level.DOC]
    assert [(f.rule, len(f.operation_names)) for f in findings] == [(rule, 1)]


def schema_behind(reference: str) -> dict[str, Any]:
    return documents.sent({"$ref": reference})


def rules(old: contracts.Document, new: contracts.Document) -> list[tuple[str, str]]:
    return [(f.rule, f.edit.unit) for f in contracts.diff(old, new).findings]


def test_files_of_the_same_name_in_two_folders(tmp_path: Path) -> None:
    """A file with the same name in another folder is another unit."""
    sides: list[contracts.Document] = []
    for name, kind in (("old", TEXT), ("new", NUMBER)):
        path = write(tmp_path / name, {}, {"type": "string"})
        (path.parent / "other").mkdir()
        other = path.parent / "other" / "parts.json"
        other.write_text(json.dumps({"Part": kind}), encoding="utf-8")
        properties = {"a": EXTERNAL, "b": {"$ref": "other/parts.json#/Part"}}
        path.write_text(json.dumps(documents.sent({"properties": properties})), encoding="utf-8")
        sides.append(contracts.load(path))
    assert rules(*sides) == [("type-changed", "other/parts.json#/Part")]


def test_another_name_for_the_document_moves_no_reference(tmp_path: Path) -> None:
    """References are relative to where the document was read, not to its ``name``."""
    old = contracts.load(write(tmp_path / "a", schema_behind(EXTERNAL["$ref"]), TEXT), name="A")
    new = contracts.load(write(tmp_path / "b", schema_behind(EXTERNAL["$ref"]), NUMBER), name="B")
    assert rules(old, new) == [("type-changed", "shared/parts.json#/Part")]


def test_a_reference_back_to_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document is recognised as the same file, however its path is written."""
    monkeypatch.chdir(tmp_path)
    sides: list[contracts.Document] = []
    for name, kind in (("a", TEXT), ("b", NUMBER)):
        document = schema_behind(EXTERNAL["$ref"])
        document["components"] = {"schemas": {"Call": kind}}
        write(tmp_path / name, document, {"$ref": "../api.json#/components/schemas/Call"})
        sides.append(contracts.load(f"./{name}/../{name}/api.json"))
    assert rules(*sides) == [("type-changed", "components/schemas/Call")]
    assert len(sides[0].files) == 2


def test_a_file_name_with_a_space(tmp_path: Path) -> None:
    """A reference is a URI reference: its path is percent-encoded."""
    path = write(tmp_path, schema_behind("shared/the%20parts.json#/Part"), TEXT)
    os.replace(tmp_path / "shared" / "parts.json", tmp_path / "shared" / "the parts.json")
    assert len(contracts.load(path).files) == 2


def test_a_revision_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`revision:./path` is relative to the current folder, and so are its references."""
    path = write(tmp_path / "apis", schema_behind(EXTERNAL["$ref"]), TEXT)
    monkeypatch.chdir(tmp_path / "apis")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "-q", ".."], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    old = contracts.load("HEAD:./api.json")
    write(path.parent, schema_behind(EXTERNAL["$ref"]), NUMBER)
    assert rules(old, contracts.load("api.json")) == [("type-changed", "shared/parts.json#/Part")]


def test_an_anchor_names_a_schema() -> None:
    """`#name` refers to the schema with that `$anchor`, as in JSON Schema."""

    def anchored(kind: Any) -> dict[str, Any]:
        schemas = {"Call": {"$anchor": "call", **kind}}
        return documents.sent({"$ref": "#call"}, components={"schemas": schemas})

    (finding,) = documents.compare(anchored(TEXT), anchored(NUMBER)).findings
    assert (finding.rule, finding.edit.unit) == ("type-changed", "components/schemas/Call")
    assert finding.operation_names == ("POST /calls",)


def test_a_fragment_that_names_nothing() -> None:
    """An anchor that no schema has is refused, and the error has its first letter."""
    document = documents.sent({"$ref": "#xinfo"})
    with pytest.raises(contracts.ContractError, match="'#xinfo' leads nowhere"):
        documents.compare(document, {**document, "x-a": 1})


@pytest.mark.parametrize(
    "written",
    ["shared/parts.json#/Part", "'shared/parts.json#/Part'", ">-\n     shared/parts.json#/Part"],
)
def test_how_yaml_writes_a_reference(written: str, tmp_path: Path) -> None:
    """A reference into another file is followed however it is quoted or folded."""
    path = write(tmp_path, {}, TEXT).with_suffix(".yaml")
    text = f"openapi: 3.1.0\ninfo: {{}}\ncomponents:\n schemas:\n  A:\n   $ref: {written}\n"
    path.write_text(text, encoding="utf-8")
    assert len(contracts.load(path).files) == 2
