from __future__ import annotations

import json
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts import documents

from trunkline import contracts
from trunkline.contracts import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REF = {"$ref": "shared/models.yaml#/Call"}
MODELS = (
    "Call: {type: object, properties: {leg: {$ref: '#/Leg'}}}\nLeg: {type: string, maxLength: 9}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document with a shared file beside it."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "models.yaml").write_text(MODELS, encoding="utf-8")
    (tmp_path / "api.json").write_text(json.dumps(documents.sent(REF)), encoding="utf-8")
    return tmp_path


def tighten(folder: Path) -> None:
    text = MODELS.replace("maxLength: 9", "maxLength: 5")
    (folder / "shared" / "models.yaml").write_text(text, encoding="utf-8")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        pass


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api.json"
        server.shutdown()
        thread.join()


def test_external_references_between_files(folder: Path) -> None:
    """An edit behind an external reference is found, judged, and located in its own file."""
    old = contracts.load(folder / "api.json")
    tighten(folder)
    new = contracts.load(folder / "api.json")
    (finding,) = contracts.locate(contracts.diff(old, new), old, new).findings
    assert (finding.rule, finding.level) == ("max-length-tightened", Level.BREAKING)
    assert finding.edit.unit == "shared/models.yaml#/Leg"
    assert finding.edit.new is not None
    assert finding.edit.new.document == str(folder / "shared" / "models.yaml")
    assert finding.edit.new.line == 2
    assert finding.operation_names == ("POST /calls",)


def test_a_url_and_what_it_refers_to(folder: Path, url: str) -> None:
    """References of a remote document are relative to its address."""
    old = contracts.load(url)
    tighten(folder)
    report = contracts.diff(old, contracts.load(url))
    assert [finding.rule for finding in report.findings] == ["max-length-tightened"]


def test_a_revision_of_the_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`revision:path` reads from Git, external references included."""
    monkeypatch.chdir(folder)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    tighten(folder)
    report = contracts.diff(contracts.load("HEAD:api.json"), contracts.load("api.json"))
    assert [finding.rule for finding in report.findings] == ["max-length-tightened"]
    assert report.old.source == "HEAD:api.json"


def test_overlays_correct_both_sides(tmp_path: Path) -> None:
    """A correction that both documents need leaves only what the vendor changed."""
    old, new = documents.sent({"maxLength": 9}), documents.sent({"maxLength": 5, "default": "x"})
    target = "$.paths['/calls'].post.requestBody.content['application/json'].schema"
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "Corrections", "version": "1"},
        "actions": [{"target": target, "update": {"maxLength": 7}}],
    }
    path = tmp_path / "overlay.json"
    path.write_text(json.dumps(overlay), encoding="utf-8")
    sides = [contracts.load(side, overlays=[path]) for side in (old, new)]
    assert [f.rule for f in contracts.diff(*sides).findings] == ["default-added"]
    assert old["paths"]["/calls"]["post"]["requestBody"]["content"][documents.JSON] == {
        "schema": {"maxLength": 9}
    }


def test_an_overlay_that_is_none(tmp_path: Path) -> None:
    """The error names the overlay's file, not the document's."""
    path = tmp_path / "overlay.json"
    path.write_text('{"overlay": "2.0.0"}', encoding="utf-8")
    with pytest.raises(contracts.ContractError, match=r"neither 1\.0\.x") as caught:
        contracts.load(documents.document(), overlays=[path])
    assert caught.value.document == str(path)


def test_a_reference_into_another_unit() -> None:
    """An edit of a referenced part of a component is reported once, for all its users."""
    inside = {"$ref": "#/components/schemas/Call/properties/leg"}

    def made(size: int) -> dict[str, Any]:
        call = {"properties": {"leg": {"maxLength": size}}}
        paths = {
            "/legs": {"post": {"requestBody": documents.body(inside), "responses": {}}},
            "/calls": {
                "get": {
                    "responses": {
                        "200": {
                            "description": "",
                            **documents.body({"$ref": "#/components/schemas/Call"}),
                        }
                    }
                }
            },
        }
        return documents.document(paths, components={"schemas": {"Call": call}})

    (finding,) = documents.compare(made(9), made(5)).findings
    assert finding.edit.unit == "components/schemas/Call/properties/leg"
    assert finding.operation_names == ("GET /calls", "POST /legs")
