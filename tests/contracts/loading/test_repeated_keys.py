from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trunkline import contracts
from trunkline.cli import main

if TYPE_CHECKING:
    from pathlib import Path

JSON = """\
{"openapi": "3.1.0", "info": {"title": "é", "version": "1"},
 "paths": {
  "/a/b": {"get": {"responses": {}}},
  "/a": {},
  "/a/b": {"get": {
    "responses": {"200": {"description": "x"}, "200": {"description": "y"}}}}}}
"""
YAML = """\
openapi: 3.1.0
info: {title: é, version: '1'}
paths:
  /a/b:
    get:
      responses: {}
  /a: {}
  /a/b:
    get:
      responses:
        200: {description: x}
        200: {description: y}
"""
#: A tag, which only the slower parser reads.
TAGGED = f"{YAML}x-note: !!str 5\n"


def places(text: str, name: str = "contract.yaml") -> list[tuple[str, int | None, int | None]]:
    document = contracts.load(text.encode(), name=name)
    found = contracts.repeated_keys(document)
    return [(each.key, each.ignored.line, each.counted.line) for each in found]


def test_keys_that_stand_twice_in_json() -> None:
    """The key, and the lines of the ignored and of the counted occurrence."""
    assert places(JSON, "contract.json") == [("/a/b", 3, 5), ("200", 6, 6)]


@pytest.mark.parametrize("text", [YAML, TAGGED])
def test_keys_that_stand_twice_in_yaml(text: str) -> None:
    """Both readers find the same ones."""
    assert places(text) == [("/a/b", 4, 8), ("200", 11, 12)]


def test_equal_keys_of_different_objects_are_none() -> None:
    """Nor is a key that a merge key also provides."""
    assert places(YAML.replace("  /a/b:", "  /c:", 1).replace("200", "404", 1)) == []
    merged = "openapi: 3.1.0\nx: &x {a: 1}\npaths: {}\ny: {<<: *x, a: 2}\n"
    assert places(merged) == []


def test_the_command_line_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note names the file and both lines; it does not change the exit status."""
    path = tmp_path / "contract.json"
    path.write_text(JSON, encoding="utf-8")
    assert main(["contracts", "diff", str(path), str(path)]) == 0
    note = "contract.json:5:3: the key '/a/b' occurs twice in one object: the value"
    assert f"{note} at line 3 does not count" in "".join(capsys.readouterr())
