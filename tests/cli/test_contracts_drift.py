"""``trunkline contracts drift`` with real servers: its output and exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.scripted_server import ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.documents import Run

STREAM = {"name": "stream_id", "in": "query", "schema": {"type": "string"}}
LIST = {"operationId": "list", "parameters": [STREAM], "responses": {"200": {"description": "OK"}}}
PINNED: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Voice", "version": "1"},
    "paths": {"/calls": {"get": LIST}, "/old": {"get": {**LIST, "operationId": "old"}}},
}


@pytest.fixture
def vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with ScriptedServer() as server:
        pin(tmp_path, server.url)
        yield server


def pin(folder: Path, url: str) -> None:
    (folder / "api-contracts").mkdir(exist_ok=True)
    (folder / "api-contracts" / "a.json").write_text(json.dumps(PINNED))
    (folder / "api-contracts" / "contracts.toml").write_text(
        f'[contracts.voice]\nsnapshot = "a.json"\nsource = "{url}/a.json"\n'
        '[contracts.silent]\nsnapshot = "a.json"\n'
    )


def test_an_unchanged_document_is_not_sent_twice(vendor: ScriptedServer, run: Run) -> None:
    """Order and indentation are not drift; the next request sends the first one's ETag."""
    vendor.answer(200, json.dumps(dict(reversed(PINNED.items())), indent=8).encode())
    vendor.etag = '"one"'
    run("contracts", "drift")
    assert (run.status, run.out) == (
        0,
        f"voice: unchanged ({vendor.url}/a.json)\nsilent: no published document\n",
    )
    vendor.answer(304)
    assert run("contracts", "drift", "voice").startswith("voice: unchanged")
    assert vendor.headers["If-None-Match"] == '"one"'
    vendor.answer(200, b"{}")
    run("contracts", "drift", "--no-cache")
    assert "If-None-Match" not in vendor.headers


def test_drift_is_told_in_the_words_of_the_comparison(vendor: ScriptedServer, run: Run) -> None:
    """What was added, what was removed and from where, and what breaks callers."""
    changed = {**LIST, "parameters": []}
    added = {f"/{n}": {"get": {**LIST, "operationId": f"get_{n}"}} for n in range(5)}
    document = {**PINNED, "paths": {"/calls": {"get": changed}, **added}}
    vendor.answer(200, json.dumps(document).encode())
    run("contracts", "drift")
    assert run.status == 1
    assert ": drifted (" in run.out
    words = "5 operations added, 1 operation removed, `stream_id` removed from GET /calls, "
    assert f"{words}breaking: GET /old: " in run.out
    assert "silent: no published document" in run.out
    rows = json.loads(run("contracts", "drift", "--json"))
    assert [row["outcome"] for row in rows] == ["drifted", "no published document"]
    assert len(rows[0]["report"]["findings"]) >= 6


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (
            404,
            b"<!DOCTYPE html><title>Not &amp; found</title>",
            "404 Not Found with the HTML page 'Not & found'",
        ),
        (200, b"<html><body>Sign in", "200 OK with an HTML page"),
        (503, b"try later", "503 Service Unavailable with the text 'try later'"),
        (500, b"", "500 Internal Server Error with an empty body"),
        (304, b"", "304 Not Modified with an empty body"),
        (200, b"[]", "is not an OpenAPI document"),
        (200, b'{"swagger": "2.0"}', "2.0"),
        (200, b'{"openapi": "3.1.0", ', "is not JSON"),
    ],
)
def test_what_came_instead_is_said(
    vendor: ScriptedServer, run: Run, status: int, body: bytes, said: str
) -> None:
    """An unknown state is neither `unchanged` nor `drifted`, and has its own status."""
    vendor.answer(status, body)
    run("contracts", "drift")
    assert run.status == 3
    assert "voice: not checked (" in run.out
    assert said in run.out
    assert "silent: no published document" in run.out


def test_an_unreachable_vendor_and_a_broken_pin_are_named(tmp_path: Path, run: Run) -> None:
    """A refused connection takes one line, and so does an unreadable pinned document."""
    with ScriptedServer() as closed:
        url = closed.url
    pin(tmp_path, url)
    run("contracts", "drift", "--no-cache")
    assert run.status == 3
    assert "unreachable: " in run.out
    (tmp_path / "api-contracts" / "a.json").write_text("{")
    run("contracts", "drift", "voice", "--no-cache")
    assert "api-contracts/a.json" in run.out


def test_no_published_document_is_a_status_of_its_own(tmp_path: Path, run: Run) -> None:
    """If no vendor publishes a document, nothing was compared."""
    pin(tmp_path, "http://127.0.0.1:9")
    run("contracts", "drift", "silent")
    assert run.status == 4
    run("contracts", "drift", "other")
    assert (run.status, "'other' is neither a file nor" in run.err) == (3, True)


def test_large_and_slow_documents_are_refused(vendor: ScriptedServer) -> None:
    """The limits apply while the response is read."""
    from trunkline.contracts import ContractError
    from trunkline.contracts._loading import published

    vendor.answer(200, json.dumps(PINNED).encode())
    with pytest.raises(ContractError, match="larger than 10 bytes"):
        published.fetch(vendor.url, max_bytes=10)
    with pytest.raises(ContractError, match="takes too long"):
        published.fetch(vendor.url, deadline=0)
