"""``contracts learn`` with files that are odd, foreign, or of another contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.documents import OLD, saved
from tests.cli.test_contracts_learn import PINS, observed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.documents import Run

BODY = json.dumps({"id": "1", "further": True})
URL = "https://api.example.com/calls"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with pinned contracts."""
    pins = tmp_path / "api-contracts"
    (pins / "patches").mkdir(parents=True)
    (pins / "contracts.toml").write_text(PINS)
    (pins / "patches" / "other.overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: C, version: 1.0.0}\n"
        "actions: [{target: $.info, update: {x-kept: true}}]\n"
    )
    saved(pins, "voice.json", OLD)
    return tmp_path


def entry(
    url: str = URL, status: Any = 200, when: str = "2026-11-28T10:00:00Z", **content: Any
) -> Any:
    """An entry of a HAR file."""
    content = {"mimeType": "application/json", "text": BODY, **content}
    return {
        "startedDateTime": when,
        "request": {"method": "GET", "url": url},
        "response": {"status": status, "content": content},
    }


def har(folder: Path, *entries: Any) -> str:
    """Write a HAR file."""
    path = folder / "traffic.har"
    path.write_text(json.dumps({"log": {"entries": list(entries)}}))
    return str(path)


@pytest.mark.parametrize(
    "odd",
    [
        entry(status=0),
        entry(status=-5),
        entry(status=float("inf")),
        entry(status=10**30),
        entry(text=5),
        entry(text="%", encoding="base64"),
        entry(url="http://[::1/calls"),
        {"request": None},
    ],
)
def test_an_odd_entry_is_left_out(run: Run, folder: Path, odd: Any) -> None:
    """Browsers write status 0 for cancelled requests; these do not count as responses."""
    path = har(folder, *[odd] * 5, entry())
    run("contracts", "learn", path, "--contract", "voice", "--json")
    assert run.status == 0, run.err
    assert "proposed" not in run.err
    path = har(folder, *[odd] * 5)
    run("contracts", "learn", path, "--contract", "voice", "--json")
    assert f"not used: {path}: no request in it is one of voice, by method and path" in run.err
    assert "nothing was observed of voice" in run.err


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "no"])
def test_a_moment_that_is_none_is_of_today(run: Run, folder: Path, when: str) -> None:
    """Otherwise a date long ago would be part of the evidence."""
    run("contracts", "learn", har(folder, *[entry(when=when)] * 5), "--contract", "voice")
    assert "proposed: Call duration: required field absent, in 5 answers on 20" in run.out


def test_an_answer_that_is_nested_too_deeply_is_left_out(run: Run, folder: Path) -> None:
    """A recursive schema is followed as deep as Python's stack allows."""
    document = json.loads(json.dumps(OLD))
    call = document["components"]["schemas"]["Call"]["properties"]
    call["next"] = {"$ref": "#/components/schemas/Call"}
    path = saved(folder, "deep.json", document)
    deep = '{"next":' * 700 + "1" + "}" * 700
    run("contracts", "learn", har(folder, *[entry(text=deep)] * 3), "--contract", path)
    assert run.status == 0, run.err


def test_requests_to_other_hosts_are_not_the_contracts(run: Run, folder: Path) -> None:
    """A browser records everything a page fetches; other hosts may have /calls too."""
    servers = [{"url": "https://api.example.com/v1"}]
    path = saved(folder, "served.json", {**OLD, "servers": servers})
    honest = json.dumps({"id": "1", "duration": 3})
    ours = entry(url="https://api.example.com/v1/calls", text=honest)
    others = [entry(url="https://elsewhere.example/calls")] * 5
    run("contracts", "learn", har(folder, ours, *others), "--contract", path, "--json")
    assert json.loads(run.out)["findings"] == []
    run("contracts", "learn", har(folder, *others), "--contract", path, "--json")
    assert json.loads(run.out)["findings"], "recorded through a proxy on another host"


def test_faults_of_the_sandbox_are_not_learnt(run: Run, folder: Path) -> None:
    """An injected fault is not how the server behaves."""
    asked: dict[str, Any] = {"operation_id": "listCalls", "status": 503, "response": "{}"}
    asked |= {"response_type": "application/json", "provider": "voice"}
    path = folder / "journal.json"
    path.write_text(json.dumps([{**asked, "fault": "http-503"}] * 5 + [{**asked, "status": True}]))
    run("contracts", "learn", str(path), "--contract", "voice")
    assert "proposed" not in run.out


def test_a_har_file_does_not_name_its_contract(run: Run, folder: Path) -> None:
    """The message names the option to use."""
    run("contracts", "learn", har(folder, entry()))
    assert run.status == 2
    assert "name one with --contract NAME" in run.err


@pytest.mark.parametrize(
    "name", ["https://127.0.0.1:9/x", "../old.json", "old.json", "", "a b", "x"]
)
def test_the_contract_that_a_file_names_is_not_looked_for(
    run: Run, folder: Path, name: str
) -> None:
    """A foreign file must not make the command fetch an address or open a file."""
    place = observed(folder, {"id": "1"}) / "voice" / "1.json"
    counts = json.loads(place.read_text())
    place.write_text(json.dumps({**counts, "contract": name}))
    run("contracts", "learn", str(folder / "observed"))
    assert run.status == 2
    assert f"not used: counts: {name!r} is neither" in run.err


def test_an_installed_contract_is_known_beside_pinned_ones(run: Run, folder: Path) -> None:
    """Also in a repository with its own pins."""
    observed(folder, {"id": "1"}, "phone-ai")
    run("contracts", "learn", str(folder / "observed"), "--json")
    assert run.status == 0, run.err
    assert "it is about another state of phone-ai" in run.err


def test_a_file_that_is_given_twice_is_counted_once(run: Run, folder: Path) -> None:
    """With a folder and a file in it, each response is counted once."""
    path = har(folder, entry())
    run("contracts", "learn", path, str(folder), "--contract", "voice")
    assert "proposed" not in run.out


def test_several_contracts_have_no_document_in_common(run: Run, folder: Path) -> None:
    """The second would overwrite the first."""
    path = har(folder, *[entry()] * 5)
    both = ["--contract", "voice", "--contract", "other"]
    run("contracts", "learn", path, *both, "--overlay", "found.yaml")
    assert run.status == 2
    assert "corrections of voice, other: choose with --contract NAME" in run.err
    assert not (folder / "found.yaml").exists()
    run("contracts", "learn", path, *both, "--json")
    assert run.status == 2


def test_a_printed_overlay_is_all_that_is_printed(run: Run, folder: Path) -> None:
    """``--overlay - > FILE`` writes a valid file; the findings go to standard error."""
    run("contracts", "learn", har(folder, *[entry()] * 5), "--contract", "voice", "--overlay", "-")
    (folder / "printed.yaml").write_text(run.out)
    assert "proposed: Call duration" in run.err
    assert "&id" not in run.out
    run("contracts", "diff", "old.json", "old.json", "--overlay", "printed.yaml")
    assert run.status == 0, run.err


def test_a_patch_in_flow_style_is_left_to_a_person(run: Run, folder: Path) -> None:
    """Nothing can be added below it; the message says what to do instead."""
    patch = folder / "api-contracts" / "patches" / "other.overlay.yaml"
    before = patch.read_text()
    path = har(folder, *[entry()] * 5)
    run("contracts", "learn", path, "--contract", "other", "--accept")
    assert run.status == 3
    assert "with --overlay" in run.err
    assert patch.read_text() == before


def test_a_table_that_cannot_be_added_to_stays_as_it_was(run: Run, folder: Path) -> None:
    """Inserted after a comment, the patch's name would be part of it."""
    table = folder / "api-contracts" / "contracts.toml"
    table.write_text(PINS.replace("patches = []", "patches = [\n  # none\n]"))
    before = table.read_text()
    run("contracts", "learn", har(folder, *[entry()] * 5), "--contract", "voice", "--accept")
    assert run.status == 3
    assert "write the actions to patches/voice.overlay.yaml with --overlay" in run.err
    assert table.read_text() == before
    assert not (folder / "api-contracts" / "patches" / "voice.overlay.yaml").exists()


@pytest.mark.parametrize("name", ["contracts.toml", "patches/voice.overlay.yaml"])
def test_one_file_that_cannot_be_written_leaves_both(run: Run, folder: Path, name: str) -> None:
    """The table and the patch files always match."""
    pins = folder / "api-contracts"
    (pins / f"{name}.part").mkdir()
    run("contracts", "learn", har(folder, *[entry()] * 5), "--contract", "voice", "--accept")
    assert run.status == 2
    assert f"{name}'" in run.err
    assert not (pins / "patches" / "voice.overlay.yaml").exists()
    assert (pins / "contracts.toml").read_text() == PINS


def test_what_was_accepted_differs_from_nothing(run: Run, folder: Path) -> None:
    """After --accept the comparison uses the new patch, although the snapshot is the same."""
    place = str(observed(folder, {"id": "1", "further": True}))
    run("contracts", "learn", place, "--accept")
    assert "breaking" in run.out
    for _ in range(2):
        run("contracts", "learn", place, "--accept", "--older")
        assert run.status == 0, run.err
        assert "breaking" not in run.out
    patch = folder / "api-contracts" / "patches" / "voice.overlay.yaml"
    assert patch.read_text().count("x-observed") == 3
