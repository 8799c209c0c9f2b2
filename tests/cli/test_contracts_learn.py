"""``trunkline contracts learn``: from recorded responses to patches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.cli.documents import OLD, saved
from tests.shapes.answers import Recording

from trunkline import StateSetVoice
from trunkline._shapes.files import header, write
from trunkline._shapes.observer import observer_at
from trunkline.contracts.overlays import apply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.documents import Run

    from trunkline.sandbox import Sandbox

PINS = """# Pinned contracts.
[contracts.voice]
snapshot = "voice.json"
patches = []

[contracts.other]
snapshot = "voice.json"
patches = ["patches/other.overlay.yaml"]
"""
PATCH = """overlay: 1.0.0
info: {title: Corrections, version: 1.0.0}
actions:
  # The vendor says so.
  - target: $.info
    update: {x-kept: true}
"""


def observed(folder: Path, body: dict[str, Any], contract: str = "voice", tree: Any = OLD) -> Path:
    """Write what a client with ``observe=`` would, after ten responses."""
    recording = Recording(tree)
    recording.repeat("listCalls", lambda _: body, 10)
    path = folder / "observed" / contract / "1.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(str(path), header(contract, recording.digest, 1), recording.counts)
    return folder / "observed"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two pinned contracts, one of them with a patch."""
    folder = tmp_path / "api-contracts"
    (folder / "patches").mkdir(parents=True)
    (folder / "contracts.toml").write_text(PINS)
    (folder / "patches" / "other.overlay.yaml").write_text(PATCH)
    saved(folder, "voice.json", OLD)
    return folder


def test_what_deviates_is_compared_with_the_contract(run: Run, repository: Path) -> None:
    """The report is like that of a drift; the Overlay document goes to a file."""
    folder = observed(repository.parent, {"id": "1", "further": True})
    run("contracts", "learn", str(folder), "--overlay", "found.yaml", "--json")
    assert "property-added" in run.out
    overlay = yaml.safe_load((repository.parent / "found.yaml").read_text())
    assert "further" in json.dumps(apply(OLD, overlay, must_match=True))
    assert run.status == 0


def test_accepted_actions_make_a_patch_that_is_pinned(run: Run, repository: Path) -> None:
    """A contract without patches gets one, named in the table; its comments are kept."""
    folder = observed(repository.parent, {"id": "1", "further": True})
    run("contracts", "learn", str(folder), "--accept")
    assert run.status == 0, run.err
    table = (repository / "contracts.toml").read_text()
    assert table == PINS.replace("patches = []", 'patches = ["patches/voice.overlay.yaml"]')
    patch = yaml.safe_load((repository / "patches" / "voice.overlay.yaml").read_text())
    assert "further" in json.dumps(patch["actions"])
    run("contracts", "learn", str(folder), "--older", "--json")
    assert run.status == 0, run.err


def test_accepted_actions_are_added_to_a_patch(run: Run, repository: Path) -> None:
    """Existing text is kept, comments included."""
    tree = apply(OLD, yaml.safe_load(PATCH))
    folder = observed(repository.parent, {"id": "1", "further": True}, "other", tree)
    run("contracts", "learn", str(folder), "--accept")
    assert run.status == 0, run.err
    text = (repository / "patches" / "other.overlay.yaml").read_text()
    assert text.startswith(PATCH)
    assert len(yaml.safe_load(text)["actions"]) > 1
    assert (repository / "contracts.toml").read_text() == PINS


def test_a_tree_that_cannot_be_written_to_stays_as_it_was(run: Run, repository: Path) -> None:
    """The message names the file, and the table of pins names no missing patch."""
    (repository / "patches" / "other.overlay.yaml").unlink()
    (repository / "patches").rmdir()
    (repository / "patches").write_text("in the way")
    folder = observed(repository.parent, {"id": "1", "further": True})
    run("contracts", "learn", str(folder), "--accept")
    assert run.status == 2
    assert "patches" in run.err
    assert (repository / "contracts.toml").read_text() == PINS


def test_files_that_are_none_of_counts_are_named(run: Run, repository: Path) -> None:
    """Truncated and foreign files and those of another state are skipped, the rest is used."""
    folder = observed(repository.parent, {"id": "1", "further": True})
    whole = (folder / "voice" / "1.json").read_text()
    (folder / "a.json").write_text(whole[: len(whole) // 2])
    (folder / "b.json").write_text('{"openapi": "3.1.0"}')
    (folder / "c.json").write_text(whole.replace('"digest":"', '"digest":"0'))
    (folder / "d.json").write_text(whole.replace('"answers":10', '"answers":"x"'))
    run("contracts", "learn", str(folder), "--json")
    assert "a.json: it is not complete JSON" in run.err
    assert "b.json: it holds no counts of shapes" in run.err
    assert "c.json: it is about another state of voice" in run.err
    assert "d.json: its counts are damaged" in run.err
    assert json.loads(run.out)["findings"]


def test_nothing_to_learn_from_is_an_error(run: Run, repository: Path) -> None:
    """A path that does not exist is named, and nothing is written."""
    run("contracts", "learn", str(repository.parent / "nowhere"))
    assert run.status == 3
    assert "there is no such file or folder" in run.err


def test_a_har_file_is_read_by_method_and_path(run: Run, repository: Path) -> None:
    """A recording of a proxy or browser; other paths and broken entries are skipped."""
    body = json.dumps({"id": "1", "further": True})
    entry: dict[str, Any] = {
        "request": {"method": "GET", "url": "https://api.example.com/calls?x=1"},
        "response": {"status": 200, "content": {"mimeType": "application/json", "text": body}},
    }
    other = {**entry, "request": {"method": "GET", "url": "https://example.com/else"}}
    log = {"log": {"entries": [entry] * 5 + [other, {}, {"request": 1}]}}
    path = repository.parent / "traffic.har"
    path.write_text(json.dumps(log))
    run("contracts", "learn", str(path), "--contract", "voice", "--json")
    assert "property-added" in run.out


def test_the_journal_of_the_sandbox_is_read(run: Run, tmp_path: Path, sandbox: Sandbox) -> None:
    """Its responses match the contract, so there is nothing to learn from them."""
    with StateSetVoice(
        "ssv_sandbox", base_url=sandbox.stateset_url, observe=tmp_path / "o"
    ) as voice:
        for _ in range(5):
            voice.make_call(to="+15555550123", from_="+15555550124", agent_key="a")
            voice.call_logs.list()
    (tmp_path / "journal.json").write_text(json.dumps(sandbox.control.requests()))
    observer_at(str(tmp_path / "o")).flush()
    for path in ("journal.json", "o"):
        names = ["--contract", "stateset-voice-public"]
        run("contracts", "learn", path, *names, "--overlay", "found.yaml", "--json")
        assert run.status == 0, run.err
        assert json.loads(run.out)["findings"] == []
        assert not (tmp_path / "found.yaml").exists()
