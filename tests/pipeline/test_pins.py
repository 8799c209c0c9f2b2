"""What contracts.toml says and pins is what lies beside it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.trees import PATCH, TABLE, Change, pin_findings, remove, replace, write

import contract
from trunkline_pipeline.checks import checks
from trunkline_pipeline.inputs import manifest, pins

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (replace(PATCH, "Read from responses", "Taken from responses"), f"{PATCH}: sha256 is"),
        (replace(PATCH, "overlay: 1.0.0\n", "overlay: 1.0.0\n\n"), f"{PATCH}: sha256 is"),
        (
            replace("api-contracts/templates/README.md", "template", "Template"),
            "api-contracts/templates/README.md: sha256 is",
        ),
        (
            write("api-contracts/templates/stray.jinja"),
            "api-contracts/templates/stray.jinja: sha256 is",
        ),
        (
            remove("api-contracts/templates/README.md"),
            "api-contracts/templates/README.md: sha256 is missing",
        ),
        (write("api-contracts/more.yaml"), "unlisted: {}/api-contracts/more.yaml"),
        (
            write("api-contracts/patches/more.yaml"),
            "unlisted: {}/api-contracts/patches/more.yaml",
        ),
    ],
)
def test_any_change_of_the_inputs_is_named(tree: Path, change: Change, named: str) -> None:
    """Also one that changes nothing that is derived: text of a patch, a file that nobody reads."""
    assert not pin_findings(tree / TABLE)
    change(tree)
    (finding,) = pin_findings(tree / TABLE)
    (line,) = finding.lines
    assert named.format(tree) in line


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("https://api.thisispamela.com", "https://evil.example", "base_url is 'https://evil.ex"),
        ('status = "reconstructed"', 'status = "official"', "status is 'official', not one of"),
        ('status = "reconstructed"', 'status = "published"', "status is 'published', but only"),
    ],
)
def test_facts_of_the_table_hold(tree: Path, old: str, new: str, named: str) -> None:
    """The table cannot say of a contract what the contract itself denies."""
    replace(TABLE, old, new)(tree)
    (finding,) = checks.check_facts(manifest.load(tree / TABLE))
    assert named in finding.lines[0]


def test_repinning_writes_what_the_snapshots_are(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Digest and counts change, comments and the other tables do not."""
    file = tree / "api-contracts" / "contracts.toml"
    before = file.read_text().splitlines()
    added = "\n  schemas:\n    Added:\n      type: string\n"
    replace("api-contracts/pamela.yaml", "\n  schemas:\n", added)(tree)
    assert pin_findings(file)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert "new pins written" in capsys.readouterr().out
    assert not pin_findings(file)
    after = file.read_text().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" = ")[0] for line in changed] == ["sha256", "schemas"]


def test_repinning_takes_patches_and_templates(tree: Path) -> None:
    """After a change on purpose, one command pins it; a pin without a file goes."""
    file = tree / TABLE
    before = file.read_text()
    replace(PATCH, "Read from", "Taken from")(tree)
    write("api-contracts/templates/new.jinja")(tree)
    remove("api-contracts/templates/README.md")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert not pin_findings(file)
    assert len(file.read_text().splitlines()) == len(before.splitlines())
    assert contract.main(["--root", str(tree), "--repin"]) == 0


def test_repinning_needs_a_place_to_write_to(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table that lacks a pin is named rather than left without one."""
    replace(TABLE, "schemas = ", "others = ")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 1
    assert "[contracts.pamela] needs a line `schemas = " in capsys.readouterr().err


@pytest.mark.parametrize("table", ['[pins]\n"a" = "9"\n# a note\n\n"b" = "8"', "[pins]\n", ""])
@pytest.mark.parametrize("further", ["", "\n[tools]\nx = 1\n"])
def test_pins_are_written_over_whatever_stood_there(table: str, further: str) -> None:
    """Notes between the lines or a missing line end do not break the file."""
    before = f"x = 1\n{table}{further}"
    after = tomllib.loads(pins._set_inputs(before, {"b": "2", "a": "1"}))
    assert after["pins"] == {"a": "1", "b": "2"}
    assert after["x"] == 1
    assert ("tools" in after) == bool(further)
