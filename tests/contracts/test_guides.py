"""The programs in the guides of the contract tools run as printed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.providers import code_blocks, run_code

DOCS = Path(__file__).parents[2] / "docs"
PUBLISHED = "https://example.com/openapi.json"


def document(*properties: str) -> dict[str, Any]:
    """Return an OpenAPI document with one operation that returns an object."""
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in properties}}
    response = {"description": "", "content": {"application/json": {"schema": schema}}}
    operation = {"operationId": "get_call", "responses": {"200": response}}
    paths = {"/call": {"get": operation}}
    return {"openapi": "3.1.0", "info": {"title": "Voice", "version": "1"}, "paths": paths}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with both documents, the old one in the previous commit."""
    git(tmp_path, "init", "-q")
    (tmp_path / "src").mkdir()
    (tmp_path / "api").mkdir()
    for name, contents in (("old", document("id", "summary")), ("new", document("id"))):
        text = json.dumps(contents)
        for path in (f"{name}.json", f"{name}.yaml", "api/openapi.json"):
            (tmp_path / path).write_text(text, encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", name)
    return tmp_path


@pytest.mark.parametrize("name", ["cli.md", "drift.md", "impact.md"])
def test_a_program_of_a_guide_runs(name: str, folder: Path) -> None:
    """Those that list findings name the removed property."""
    (code,) = code_blocks(DOCS / name)
    printed = run_code(code.replace(PUBLISHED, "new.json"), {}, folder)
    assert ("`summary`" in printed) is (name != "impact.md")
