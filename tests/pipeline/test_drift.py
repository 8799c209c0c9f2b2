"""The comparison of pinned contracts with published ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.scripted_server import ScriptedServer

import drift

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PINNED = {"openapi": "3.1.0", "paths": {"/a": {}}}


@pytest.fixture
def vendor() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def run(folder: Path, url: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    (folder / "a.json").write_text(json.dumps(PINNED))
    file = folder / "contracts.toml"
    file.write_text(
        '[generator]\nopenapi-python-client = "1"\nruff = "1"\n'
        '[contracts.unpublished]\npackage = "a"\nsnapshot = "a.json"\n'
        f'[contracts.published]\npackage = "a"\nsnapshot = "a.json"\nsource = "{url}/a.json"\n'
    )
    return drift.main(["--contracts", str(file)]), capsys.readouterr().out


def test_an_unchanged_document_passes(
    tmp_path: Path, vendor: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Order and indentation are no drift, and unpublished contracts are left alone."""
    reordered = dict(reversed(PINNED.items()))
    vendor.answer(200, json.dumps(reordered, indent=8).encode())
    code, output = run(tmp_path, vendor.url, capsys)
    assert (code, output) == (0, f"published: unchanged ({vendor.url}/a.json)\n")


def test_a_changed_document_fails_with_a_diff(
    tmp_path: Path, vendor: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the vendor added is in the output."""
    vendor.answer(200, json.dumps({**PINNED, "paths": {"/a": {}, "/b": {}}}).encode())
    code, output = run(tmp_path, vendor.url, capsys)
    assert code == 1
    assert "published: differs" in output
    assert '+    "/b": {}' in output


@pytest.mark.parametrize(
    ("status", "body"), [(500, b"{}"), (404, b"{}"), (200, b"<html>"), (200, b"[]")]
)
def test_what_cannot_be_read_is_no_success(
    tmp_path: Path,
    vendor: ScriptedServer,
    capsys: pytest.CaptureFixture[str],
    status: int,
    body: bytes,
) -> None:
    """Not knowing is reported, not taken for `unchanged`."""
    vendor.answer(status, body)
    code, output = run(tmp_path, vendor.url, capsys)
    assert code == 1
    assert f"{vendor.url}/a.json" in output


def test_an_unreachable_vendor_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused connection is reported in one line."""
    with ScriptedServer() as closed:
        url = closed.url
    code, output = run(tmp_path, url, capsys)
    assert code == 1
    assert "cannot be fetched" in output
