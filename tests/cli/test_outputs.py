"""Where the command writes, in which format, and that every run gives the same bytes."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.cli.documents import OLD, saved
from tests.contracts.reports.samples import ATTACKS

from trunkline.contracts.reports import FORMATS

if TYPE_CHECKING:
    from tests.cli.documents import Run

ROOT = Path(__file__).parents[2]
EVERY_FORMAT = """\
import sys
from trunkline.cli import main
for form in sys.argv[2:]:
    files = ["old.json", "new.json", "--output", f"{sys.argv[1]}/{form}"]
    main(["contracts", "diff", *files, "--format", form, "--show", "doc"])
"""


@pytest.mark.parametrize("command", ["diff", "rules", "schema"])
def test_every_command_writes_json(run: Run, command: str) -> None:
    """``--json`` writes one JSON value to standard output and nothing else."""
    if command == "diff":
        run.diff("--json")
    else:
        run("contracts", command, "--json")
    json.loads(run.out)


def test_the_published_schema_describes_the_output(run: Run) -> None:
    """The output of ``--json`` is valid under the one of ``schema``."""
    report = json.loads(run.diff("--json"))
    schema = json.loads(run("contracts", "schema"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert report["counts"]["breaking"] == 2


def test_rules_are_listed_with_a_reason(run: Run) -> None:
    """Key, direction, level and sentence; the keys are those that ``--level`` takes."""
    rows = json.loads(run("contracts", "rules", "--format", "json"))
    row = next(row for row in rows if row["key"] == "property-removed.received.required")
    assert (row["edit"], row["direction"], row["level"]) == (
        "property-removed",
        "received",
        "breaking",
    )
    assert row["sentence"].endswith(".")
    text = run("contracts", "rules")
    assert len(text.splitlines()) == len(rows)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("report.html", "<!doctype html>"),
        ("drift.sarif", "{"),
        ("drift.sarif.json", "{"),
        ("report.md", "## Contract drift"),
        ("report.xml", "<?xml"),
        ("report.json", "{"),
        ("report.txt", "Voice API"),
    ],
)
def test_the_suffix_of_a_file_decides_its_format(run: Run, name: str, begins: str) -> None:
    """Standard output stays empty, and a summary goes to standard error."""
    assert run.diff("--output", name) == ""
    assert (run.folder / name).read_text(encoding="utf-8").startswith(begins)
    assert "2 breaking" in run.err
    assert sorted(path.name for path in run.folder.iterdir()) == sorted(
        {"old.json", "new.json", name}
    )


def test_one_run_can_write_several_files(run: Run) -> None:
    """A page for people and SARIF for the code host, from one comparison."""
    run.diff("-o", "report.html", "-o", "drift.sarif", "--quiet")
    assert json.loads((run.folder / "drift.sarif").read_bytes())["version"] == "2.1.0"
    assert (run.folder / "report.html").exists()
    assert run.err == ""


def test_an_explicit_format_wins_over_the_suffix(run: Run) -> None:
    """``--format`` applies whatever the file's name."""
    run.diff("--format", "markdown", "-o", "report.txt")
    assert (run.folder / "report.txt").read_text(encoding="utf-8").startswith("## ")


def test_the_ids_of_another_tool(run: Run) -> None:
    """One object for each location that the other tool would report."""
    rows: list[dict[str, Any]] = json.loads(run.diff("--format", "compat-ids"))
    assert rows == [
        {
            "id": "response-property-enum-value-added",
            "level": "warning",
            "operation": "GET",
            "path": "/calls",
        },
        {
            "id": "response-required-property-removed",
            "level": "error",
            "operation": "GET",
            "path": "/calls",
        },
        {
            "id": "request-property-max-length-decreased",
            "level": "error",
            "operation": "POST",
            "path": "/calls",
        },
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_contract_is_reported_like_any_other(run: Run, attack: str) -> None:
    """Its names, texts and values break no output."""
    schema = {"type": "object", "properties": {attack: {"type": "string", "enum": [attack]}}}
    old = copy.deepcopy(OLD)
    old["info"]["title"] = attack
    old["paths"]["/calls"]["get"]["operationId"] = attack
    old["components"]["schemas"]["Call"]["properties"]["nested"] = schema
    document = saved(run.folder, "hostile.json", old)
    for form in FORMATS:
        text = run("contracts", "diff", document, run.new, "--format", form, "--show", "doc")
        assert run.status == 1
        assert "\x1b" not in text
        if form in {"json", "sarif", "gitlab", "compat-ids"}:
            json.loads(text)
        if form == "junit":
            ET.fromstring(text)


def test_the_bytes_are_the_same_on_every_run(run: Run) -> None:
    """Whatever the hash seed, in every format."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("overlay", "generated"))
    for seed in ("0", "1", "7"):
        (run.folder / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", EVERY_FORMAT, seed, *FORMATS],
            cwd=run.folder,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
    for form in FORMATS:
        written = {(run.folder / seed / form).read_bytes() for seed in ("0", "1", "7")}
        assert len(written) == 1, form
        assert written != {b""}, form
