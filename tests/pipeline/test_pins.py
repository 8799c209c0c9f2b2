"""The facts and pins in contracts.toml match the files beside it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.trees import (
    PATCH,
    SNAPSHOTS,
    TABLE,
    Change,
    pin_findings,
    remove,
    replace,
    write,
)

import contract
from trunkline_pipeline.checks import derived
from trunkline_pipeline.inputs import documents, manifest, pins, repin

if TYPE_CHECKING:
    from pathlib import Path


ACME = """
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://a.example"}]
paths: {/x: {get: {responses: {}}}}
"""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (replace(PATCH, "The same name", "That name"), f"{PATCH}: sha256 is"),
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
        (
            write("api-contracts/more.yaml"),
            "api-contracts/more.yaml: contracts.toml does not name it",
        ),
        (
            write("api-contracts/patches/more.yaml"),
            "api-contracts/patches/more.yaml: contracts.toml does not name it",
        ),
    ],
)
def test_any_change_of_the_inputs_is_named(tree: Path, change: Change, named: str) -> None:
    """Also one that affects no derived file: text of a patch, a file that nothing reads."""
    assert not pin_findings(tree / TABLE)
    change(tree)
    (finding,) = pin_findings(tree / TABLE)
    assert named in f"{finding.file}: {finding.message}"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("https://api.thisispamela.com", "https://evil.example", "base_url is 'https://evil.ex"),
        ('status = "reconstructed"', 'status = "official"', "status is 'official', not one of"),
        ('status = "reconstructed"', 'status = "published"', "status is 'published', but only"),
    ],
)
def test_facts_of_the_table_hold(tree: Path, old: str, new: str, named: str) -> None:
    """The table cannot contradict the contract itself."""
    replace(TABLE, old, new)(tree)
    (finding,) = derived.check_facts(manifest.load(tree / TABLE), tree)
    assert named in finding.message


def test_repinning_writes_what_the_snapshots_are(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Digest and counts change; comments and the other tables do not."""
    file = tree / "api-contracts" / "contracts.toml"
    before = file.read_text().splitlines()
    document = documents.read(tree / SNAPSHOTS["pamela"])
    document["components"]["schemas"]["Added"] = {"type": "string"}
    (tree / SNAPSHOTS["pamela"]).write_text(json.dumps(document))
    assert pin_findings(file)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert "new pins written" in capsys.readouterr().out
    assert not pin_findings(file)
    after = file.read_text().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" = ")[0] for line in changed] == ["sha256", "schemas"]


def test_repinning_takes_patches_and_templates(tree: Path) -> None:
    """After an intended change, one command pins it; a pin without a file is removed."""
    file = tree / TABLE
    before = file.read_text()
    replace(PATCH, "The same name", "That name")(tree)
    write("api-contracts/templates/new.jinja")(tree)
    remove("api-contracts/templates/README.md")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert not pin_findings(file)
    assert len(file.read_text().splitlines()) == len(before.splitlines())
    assert contract.main(["--root", str(tree), "--repin"]) == 0


def test_repinning_fills_the_table_of_a_new_contract(tree: Path) -> None:
    """A header and a document are enough; a second run changes nothing."""
    folder = tree / "api-contracts"
    patch = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
    patch += "  - {target: $.servers, update: {url: https://b.example}}\n"
    (folder / "acme-voice.yaml").write_text(ACME)
    (folder / "patches" / "acme-voice.overlay.yaml").write_text(patch)
    replace(TABLE, "\n# The sha256 of", "\n[contracts.acme-voice]\n# kept\n\n# The sha256 of")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    text = (tree / TABLE).read_text()
    table = tomllib.loads(text)["contracts"]["acme-voice"]
    assert table.pop("sha256") == pins.digest(folder / "acme-voice.yaml")
    assert table == {
        "title": "Acme",
        "status": "published",
        "snapshot": "acme-voice.yaml",
        "patches": ["patches/acme-voice.overlay.yaml"],
        "package": "acme_voice",
        "base_url": "https://a.example",
        "operations": 1,
        "schemas": 0,
        "webhooks": 0,
    }
    assert "webhooks = 0\n# kept\n" in text
    assert not pin_findings(tree / TABLE)
    assert not list(derived.check_facts(manifest.load(tree / TABLE), tree))
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert (tree / TABLE).read_text() == text


def test_repinning_leaves_what_the_author_chose(tree: Path) -> None:
    """Package and patches are decisions; a missing pin is written after the one before it."""
    replace(TABLE, 'package = "pamela"', 'package = "pam"')(tree)
    replace(TABLE, "schemas = 42\n", "")(tree)
    replace(TABLE, 'patches = ["patches/pamela.overlay.yaml"]', "patches = [\n]")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    lines = (tree / TABLE).read_text().splitlines()
    assert 'package = "pam"' in lines
    assert lines[lines.index("patches = [") + 1] == "]"
    assert lines[lines.index("schemas = 42") - 1].startswith("operations = ")


def test_a_contract_without_a_document_is_named(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which file is expected."""
    replace(TABLE, "\n# The sha256 of", "\n[contracts.acme]\n\n# The sha256 of")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 1
    assert "one document acme.yaml or .json" in capsys.readouterr().err


def test_a_document_may_have_another_name_than_its_table(tree: Path) -> None:
    """If the snapshot is given, its file may have any name."""
    replace(TABLE, "[contracts.pamela]", "[contracts.voice]")(tree)
    found = {each.name: each for each in manifest.load(tree / TABLE).contracts}
    assert found["voice"].snapshot == tree / SNAPSHOTS["pamela"]
    assert contract.main(["--root", str(tree), "--repin"]) == 0


def test_a_header_that_repin_cannot_find_is_named(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """TOML has other ways to write a table than the supported one."""
    replace(TABLE, "[contracts.pamela]", '[contracts."pamela"]')(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 1
    assert "needs a line [contracts.pamela]" in capsys.readouterr().err


@pytest.mark.parametrize("table", ['[pins]\n"a" = "9"\n# a note\n\n"b" = "8"', "[pins]\n", ""])
@pytest.mark.parametrize("further", ["", "\n[tools]\nx = 1\n"])
def test_pins_are_written_over_whatever_stood_there(table: str, further: str) -> None:
    """Comments between the lines or a missing newline do not break the file."""
    before = f"x = 1\n{table}{further}"
    after = tomllib.loads(repin.write_pins(before, {"b": "2", "a": "1"}))
    assert after["pins"] == {"a": "1", "b": "2"}
    assert after["x"] == 1
    assert ("tools" in after) == bool(further)
