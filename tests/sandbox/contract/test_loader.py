"""Contracts from files: JSON and YAML, OpenAPI 3.0 and 3.1, and what cannot be served."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from trunkline.errors import ConfigurationError
from trunkline.sandbox.__main__ import main
from trunkline.sandbox.contract.generator import ExampleGenerator
from trunkline.sandbox.contract.loader import contract_from

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline.sandbox.contract.openapi import Contract

PATHS: dict[str, Any] = {"/a": {"get": {"responses": {"200": {"description": "d"}}}}}


def document(**members: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": PATHS, **members}


def load(tmp_path: Path, text: str, suffix: str = ".yaml") -> Contract:
    file = tmp_path / f"acme{suffix}"
    file.write_text(text, "utf-8")
    return contract_from("acme", file)


def test_yaml_is_read_as_json_would_be(tmp_path: Path) -> None:
    """Dates stay text and numeric keys become text, as OpenAPI requires."""
    text = """
openapi: 3.1.0
info: {title: t, version: 1}
paths:
  /a:
    get:
      responses:
        200:
          description: d
          content: {application/json: {schema: {type: string}, example: 2026-01-31}}
"""
    contract = load(tmp_path, text)
    (operation,) = contract.operations
    media = operation.responses["200"]["application/json"]
    assert contract.document.at(f"{media}/example")[1] == "2026-01-31"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("openapi: 3.1.0\n? [a, b]\n: 1\n", "unhashable key"),
        ("a: [", "cannot be read as YAML"),
        ("a: &x [*x]", "cannot be read as YAML"),
        ("!!python/object/apply:os.getcwd []", "cannot be read as YAML"),
        ("", "is not OpenAPI 3.0 or 3.1: it has no openapi version"),
        ("- a", "is not OpenAPI 3.0 or 3.1"),
        ("swagger: '2.0'\npaths: {/a: {}}", "it has no openapi version"),
        ("openapi: 3.2.0\npaths: {/a: {}}", "openapi is '3.2.0'"),
        ("openapi: 3.1.0\npaths: {}", "describes no paths"),
        ("openapi: 3.1.0\npaths: []", "describes no paths"),
        ("openapi: 3.1.0\npaths: {/a: {get: {$ref: 'b.yaml#/x'}}}", "bundle the document"),
        ("openapi: 3.1.0\npaths: {/a: {$ref: '#/nowhere'}}", "not a complete OpenAPI document"),
        ("openapi: 3.1.0\npaths: {/a: {$ref: '#/paths/~1a'}}", "refers to itself"),
        ("openapi: 3.1.0\npaths: {/a: {get: 5}}", "not a complete OpenAPI document"),
        ("openapi: 3.1.0\npaths: {/a: {get: {parameters: [{}]}}}", "KeyError at 'name'"),
    ],
)
def test_documents_that_cannot_be_served(tmp_path: Path, text: str, reason: str) -> None:
    """Each is a ConfigurationError that names the file and the reason."""
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, text)
    assert reason in str(caught.value)
    assert "acme.yaml" in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program says why, and exits with 2."""
    broken, same = tmp_path / "broken.json", tmp_path / "other" / "broken.json"
    broken.write_text("{", "utf-8")
    cases = [
        (["--contract", str(tmp_path / "none.json")], "none.json cannot be read"),
        (["--contract", str(broken)], "cannot be read as JSON"),
        (["--contract", f"Acme={broken}"], "cannot be named 'Acme'"),
        (["--contract", str(broken), "--contract", str(same)], "two contracts are called 'broken'"),
    ]
    for arguments, reason in cases:
        assert main(arguments) == 2
        assert reason in capsys.readouterr().err


def test_openapi_3_0_is_understood() -> None:
    """Its own schema keywords are translated: nullable, and boolean exclusive bounds."""
    schemas = {
        "a": {"type": "string", "nullable": True, "enum": ["x"]},
        "b": {"type": "integer", "minimum": 3, "exclusiveMinimum": True},
        "c": {"allOf": [{"type": "object"}], "nullable": True},
    }
    contract = contract_from("old", document(openapi="3.0.3", components={"schemas": schemas}))
    at = "/components/schemas"
    assert list(contract.document.violations(f"{at}/a", None)) == []
    assert list(contract.document.violations(f"{at}/b", 3))
    assert list(contract.document.violations(f"{at}/c", None)) == []
    assert ExampleGenerator(contract.document, 1).value(f"{at}/b") == 4


def test_a_parsed_document_is_taken_as_well() -> None:
    """References inside paths are followed; an operation's parameter overrides the path's."""
    parameter = {"name": "n", "in": "query", "schema": {"type": "string"}}
    item = {
        "parameters": [parameter],
        "get": {
            "parameters": [{**parameter, "required": True}, {"name": "o", "in": "query"}],
            "responses": {"200": {"$ref": "#/components/responses/R"}},
        },
    }
    parts = {"responses": {"R": {"content": {"application/json": {}}}}, "pathItems": {"P": item}}
    paths = {"/a": {"$ref": "#/components/pathItems/P"}}
    contract = contract_from("parts", document(paths=paths, components=parts))
    (operation,) = contract.operations
    assert [(one.name, one.is_required) for one in operation.parameters] == [
        ("n", True),
        ("o", False),
    ]
    assert list(operation.responses["200"]) == ["application/json"]
    assert json.dumps(contract.document.contents)
