"""Reading and writing documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from trunkline_pipeline.checks.contract.line_finder import LineFinder
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents

if TYPE_CHECKING:
    from pathlib import Path


def test_yaml_is_read_by_its_core_schema() -> None:
    """Words and dates that YAML 1.1 converts stay strings, as in JSON."""
    text = (
        b"a: no\nb: on\nc: 2026-11-02\nd: 12:30:00\ne: 0o17\nf: null\ng: true\nh: 1.5\ni: '200'\n"
    )
    assert documents.parse(text, is_json=False) == {
        "a": "no",
        "b": "on",
        "c": "2026-11-02",
        "d": "12:30:00",
        "e": 15,
        "f": None,
        "g": True,
        "h": 1.5,
        "i": "200",
    }


def test_yaml_anchors_and_merges_work() -> None:
    """Anchors can be reused and merged."""
    text = b"base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\n"
    assert documents.parse(text, is_json=False)["use"] == {"a": 1, "b": 3}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yaml", b"a: 1\na: 2\n", "twice"),
        ("a.json", b'{"a": 1, "a": 2}', "twice"),
        ("a.json", b'{"a": NaN}', "NaN is not JSON"),
        ("a.json", b"[]", "expected an object"),
        ("a.yaml", b"a: [", "while parsing"),
        ("a.yaml", b"a: !!python/name:os.system\n", "could not determine a constructor"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(
    tmp_path: Path, name: str, text: bytes, message: str
) -> None:
    """A malformed or ambiguous document is refused."""
    (tmp_path / name).write_bytes(text)
    with pytest.raises(PipelineError, match=message) as caught:
        documents.read(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error shows which contract is meant."""
    with pytest.raises(PipelineError, match=r"gone\.yaml"):
        documents.read(tmp_path / "gone.yaml")


def test_json_is_written_the_same_way_everywhere() -> None:
    """The author's key order, two spaces, unescaped characters, one newline at the end."""
    assert documents.to_json({"b": "ü", "a": [1]}).decode() == (
        '{\n  "b": "ü",\n  "a": [\n    1\n  ]\n}\n'
    )
    assert documents.to_json({"b": 1, "a": 2}, sort=True).decode().index('"a"') == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{\n\t"a": "\\ud83d\\ude00",\n\t"b": {"c": 1}\n}', 3),
        ('{\n "a": "\\ud83d",\n "b": {\n"c": 1}\n}', 4),
        ('{"a": "\x7f",\n "b": {"c": 1}\n}', 1),
    ],
)
def test_a_pointer_of_a_json_document_has_a_line(tmp_path: Path, text: str, line: int) -> None:
    """Also if JSON is not valid YAML: surrogate pairs, tabs; otherwise line 1."""
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert json.loads(text)["b"] == {"c": 1}
    assert LineFinder(tmp_path / "a.json").line("/b/c") == line
