"""``trunkline contracts diff``: what it reads, judges, suppresses and returns."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.cli.documents import OLD, changed, saved

if TYPE_CHECKING:
    from tests.cli.documents import Run

CORRECTION = {
    "overlay": "1.0.0",
    "info": {"title": "Corrections", "version": "1"},
    "actions": [
        {
            "target": "$.components.schemas.Call.properties",
            "update": {"duration": {"type": "integer"}},
        }
    ],
}


def test_a_breaking_difference_is_status_1(run: Run) -> None:
    """Each edit is reported once, with what it reaches; the status is 1."""
    text = run.diff()
    assert run.status == 1
    assert "2 breaking, 1 warning, 2 doc" in text
    assert "reaches 1 operation (received)" in text
    assert run.err == ""


def test_equal_documents_are_status_0(run: Run) -> None:
    """Nothing differs, nothing fails."""
    assert "no differences" in run("contracts", "diff", run.old, run.old)
    assert run.status == 0


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--fail-on", "none"], 0),
        (["--fail-on", "warning"], 1),
        (["--level", "*=info"], 0),
        (["--level", "property-removed=info", "--level", "max-length-*=info"], 0),
        (["--level", "property-removed.received.required=warning"], 1),
        (["--level", "*=info", "--level", "enum-value-added.received=breaking"], 1),
    ],
)
def test_limits_and_levels_decide_the_status(run: Run, options: list[str], status: int) -> None:
    """Levels can be changed by key or glob; the last match counts."""
    run.diff(*options)
    assert run.status == status


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--level", "property-gone=info"], "no rule fits 'property-gone'"),
        (["--level", "property-removed"], "is not KEY=LEVEL"),
        (["--level", "property-removed=high"], "is not KEY=LEVEL with one of breaking"),
        (["--fail-on", "high"], "'high' is not one of"),
        (["--format", "yaml"], "'yaml' is not one of"),
        (["--update-baseline"], "--update-baseline needs --baseline FILE"),
        (["--baseline", "missing.json"], "write it first with --update-baseline"),
        (["--ignore", "missing.toml"], "missing.toml: No such file"),
        (["--output", "missing/report.html"], "cannot write"),
        (["--output", "a.html", "--output", "b.md", "--format", "text"], "leave --format out"),
    ],
)
def test_a_mistake_in_the_command_line_is_status_2(
    run: Run, options: list[str], message: str
) -> None:
    """The message names the value and the remedy, as text and as JSON."""
    assert run.diff(*options) == ""
    assert run.status == 2
    assert message in run.err
    run.diff(*options, "--json")
    error = json.loads(run.err)["error"]
    assert error["exit_status"] == 2
    assert message in error["message"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"openapi": "3.1.0",\n "info": }', 2),
        ('{"swagger": "2.0"}', 1),
        ("[]", None),
    ],
)
def test_an_invalid_document_is_status_3(run: Run, text: str, line: int | None) -> None:
    """The error names file, line and pointer as far as known."""
    path = run.folder / "broken.json"
    path.write_text(text, encoding="utf-8")
    run("contracts", "diff", run.old, str(path))
    assert run.status == 3
    assert "broken.json" in run.err
    run("contracts", "diff", run.old, str(path), "--json")
    error = json.loads(run.err)["error"]
    assert (error["exit_status"], error["line"]) == (3, line)


def test_a_missing_document_is_status_3(run: Run) -> None:
    """The argument is neither a file nor anything else that can be read."""
    run("contracts", "diff", run.old, "missing/api.json")
    assert run.status == 3
    assert "missing/api.json" in run.err


def test_a_hostile_document_cannot_write_to_the_terminal(run: Run) -> None:
    """Its control characters are escaped in errors too."""
    document = {**OLD, "openapi": "\x1b[2J9.9"}
    run("contracts", "diff", run.old, saved(run.folder, "hostile.json", document))
    assert run.status == 3
    assert "\x1b" not in run.err


def test_the_lowest_listed_level_can_be_chosen(run: Run) -> None:
    """Documentation changes are listed only on request; otherwise they are counted."""
    assert "2 findings below info not listed" in run.diff()
    assert "summary" in run.diff("--show", "doc")
    assert "voicemail" not in run.diff("--show", "breaking")


def test_an_ignore_file_suppresses_with_a_reason(run: Run) -> None:
    """Suppressed findings do not fail, and entries that match nothing are named."""
    (run.folder / "ignore.toml").write_text(
        '[[ignore]]\nrule = "property-removed"\nreason = "not read"\n'
        '[[ignore]]\nrule = "max-length-*"\npointer = "components/schemas/NewCall/**"\n'
        'reason = "short"\n[[ignore]]\nrule = "operation-removed"\nreason = "old"\n',
        encoding="utf-8",
    )
    text = run.diff("--ignore", "ignore.toml")
    assert run.status == 0
    assert "2 ignored" in text
    assert "entry 3 (operation-removed **: old) matches no finding" in text


def test_a_baseline_is_written_and_read(run: Run) -> None:
    """Known findings no longer fail; a new one does."""
    run.diff("--baseline", "base.json", "--update-baseline")
    assert run.status == 0
    run.diff("--baseline", "base.json")
    assert run.status == 0
    new = changed()
    del new["paths"]["/calls"]["post"]
    run(
        "contracts",
        "diff",
        run.old,
        saved(run.folder, "newer.json", new),
        "--baseline",
        "base.json",
    )
    assert run.status == 1
    assert "The operation was removed" in run.out


def test_an_overlay_corrects_both_sides(run: Run) -> None:
    """What the overlay adds to both sides does not count as a difference."""
    text = run.diff("--overlay", saved(run.folder, "fix.overlay.json", CORRECTION))
    assert "property `duration` was removed" not in text


def pinned(run: Run, patches: str = "[]") -> None:
    folder = run.folder / "api-contracts"
    folder.mkdir()
    saved(folder, "voice.json", OLD)
    (folder / "contracts.toml").write_text(
        f'[contracts.voice]\nsnapshot = "voice.json"\npatches = {patches}\n', encoding="utf-8"
    )


def test_a_pinned_contract_is_found_by_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from a subfolder of the one with the pins."""
    pinned(run)
    below = run.folder / "src" / "app"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    text = run("contracts", "diff", "voice", run.new)
    assert run.status == 1
    assert "../../api-contracts/voice.json (1.0.0) -> " in text


def test_the_patches_of_a_pinned_contract_correct_both_sides(run: Run) -> None:
    """Or neither, on request."""
    pinned(run, '["fix.json"]')
    saved(run.folder / "api-contracts", "fix.json", CORRECTION)
    sides = ("voice", run.new)
    assert "`duration` was removed" not in run("contracts", "diff", *sides)
    assert "`duration` was removed" in run("contracts", "diff", *sides, "--no-patches")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[contracts.voice]\npatches = []\n", "lacks the text `snapshot`"),
        ("[contracts.other]\n", "'voice' is neither a file nor a pinned contract (other)"),
        ("[contracts", "is not TOML"),
    ],
)
def test_a_mistake_in_the_pins_is_named(run: Run, table: str, message: str) -> None:
    """The message has the file, the name, and what was found instead."""
    (run.folder / "api-contracts").mkdir()
    (run.folder / "api-contracts" / "contracts.toml").write_text(table, encoding="utf-8")
    run("contracts", "diff", "voice", run.new)
    assert run.status == 3
    assert "api-contracts/contracts.toml" in run.err
    assert message in run.err


def test_a_revision_of_git_is_read(run: Run) -> None:
    """``REVISION:PATH``, as ``git show`` writes it."""
    git = [
        "git",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "-c",
        "commit.gpgsign=false",
    ]
    for command in (["init", "-q"], ["add", "old.json"], ["commit", "-qm", "pin"]):
        subprocess.run([*git, *command], cwd=run.folder, check=True)
    text = run("contracts", "diff", "HEAD:old.json", run.new)
    assert run.status == 1
    assert "HEAD:old.json (1.0.0) -> " in text
