from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.contracts import documents

from trunkline import contracts
from trunkline.contracts._loading.pointers import escape
from trunkline.contracts._loading.positions import find
from trunkline.contracts._loading.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TREE = {
    "openapi": "3.1.0",
    "paths": {
        "/calls/{id}": {
            "get": {
                "tags": ["ä", "b"],
                "description": "Two\nlines: with\n- dashes",
                "parameters": [{"name": "x", "in": "query"}, {"name": "~/", "in": "path"}],
                "responses": {"200": {"description": 'quote " and # hash'}, "404": {}},
            }
        }
    },
    "x-nested": [[1, [2, 3]], {"a": {"b": []}}],
}


def pointers(value: Any, above: str = "") -> Iterator[str]:
    yield above
    items: Any = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, item in items:
        yield from pointers(item, f"{above}/{escape(str(key))}")


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_every_key_of_a_json_document_is_found(indent: int | None) -> None:
    """A member's location is the start of its key."""
    text = json.dumps(TREE, indent=indent, ensure_ascii=False)
    check(Source("a.json", text.encode(), "json"))


@pytest.mark.parametrize("width", [20, 200])
def test_every_key_of_a_yaml_document_is_found(width: int) -> None:
    """The same in block style, with folded and quoted strings."""
    text = yaml.safe_dump(TREE, width=width, sort_keys=False, allow_unicode=True)
    check(Source("a.yaml", text.encode(), "yaml"))


def check(source: Source) -> None:
    lines = source.data.decode().split("\n")
    for pointer, (line, column) in find(source, pointers(TREE)).items():
        key = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if key and not key.isdecimal():
            assert lines[line - 1][column - 1 :].lstrip("'\"").startswith(key), pointer


def test_what_is_missing_is_where_its_container_is() -> None:
    """A removed value is located at its nearest remaining container."""
    source = Source("a.json", b'{\n "a": {\n  "b": 1}}', "json")
    assert find(source, ["/a/c/d", "/a/b"]) == {"/a/c/d": (2, 2), "/a/b": (3, 3)}


def test_findings_get_lines(tmp_path: Path) -> None:
    """In JSON and in YAML, in the document that has the value."""
    old, new = documents.sent({"maxLength": 9}), documents.sent({"maxLength": 5})
    first, second = tmp_path / "old.json", tmp_path / "new.yaml"
    first.write_text(json.dumps(old, indent=1), encoding="utf-8")
    second.write_text(yaml.safe_dump(new), encoding="utf-8")
    sides = contracts.load(first), contracts.load(second)
    (finding,) = contracts.locate(contracts.diff(*sides), *sides).findings
    for path, location in ((first, finding.edit.old), (second, finding.edit.new)):
        assert location is not None
        assert location.line is not None
        assert location.document == str(path)
        assert "maxLength" in path.read_text(encoding="utf-8").split("\n")[location.line - 1]
