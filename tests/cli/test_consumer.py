"""The example service, the GitHub Action and the pre-commit hooks work as described."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from trunkline.cli import main
from trunkline.contracts import load

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "examples" / "consumer"
ACTION = ROOT / ".github" / "actions" / "contract-drift"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document that the vendor publishes next."""
    snapshot = ROOT / "api-contracts" / "stateset-voice-public.json"
    document = load(snapshot, overlays=[SERVICE / "next-release.overlay.yaml"])
    path = tmp_path_factory.mktemp("published") / "public.json"
    path.write_text(json.dumps(document.tree), encoding="utf-8")
    return path


def compare(folder: Path, published: Path, code: str) -> str:
    """Run the action's script; return its outputs for the next steps."""
    program = folder / "trunkline"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m trunkline "$@"\n')
    program.chmod(0o755)
    environment = {
        "CODE": code,
        "CONTRACT": str(ROOT / "api-contracts" / "stateset-voice-public.json"),
        "PUBLISHED": str(published),
        "FAIL_ON": "none",
        "FAIL_ON_USED": "breaking",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "TRUNKLINE_PROGRAM": str(program),
    }
    subprocess.run(
        ["bash", ACTION / "compare.sh"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    return (folder / "output").read_text()


def test_the_action_names_the_line_that_breaks(tmp_path: Path, published: Path) -> None:
    """The job fails, and comment, SARIF and report are written for the next steps."""
    service = tmp_path / "call_report.py"
    service.write_bytes((SERVICE / "call_report.py").read_bytes())
    assert compare(tmp_path, published, "call_report.py\n") == "status=1\n"
    made = tmp_path / "contract-drift"
    assert "log.escalated" in (made / "drift.md").read_text()
    assert "log.escalated" in (tmp_path / "summary").read_text()
    (run,) = json.loads((made / "drift.sarif").read_text())["runs"]
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    line = next(
        n for n, text in enumerate(service.read_text().splitlines(), 1) if "escalated=" in text
    )
    assert any(
        place["artifactLocation"]["uri"] == "call_report.py"
        and place["region"]["startLine"] == line
        for place in places
    )


def test_without_code_the_documents_alone_are_compared(tmp_path: Path, published: Path) -> None:
    """Without code nothing fails, but the report is written."""
    assert compare(tmp_path, published, "") == "status=0\n"
    assert (tmp_path / "contract-drift" / "drift.html").exists()


def test_the_workflow_gives_the_action_what_it_takes() -> None:
    """Names of inputs match: GitHub ignores one that an action does not have."""
    action = read(ACTION / "action.yml")
    workflow = read(ROOT / ".github" / "workflows" / "contract-drift.yml")
    (job,) = workflow["jobs"].values()
    given = next(step["with"] for step in job["steps"] if "contract-drift" in step.get("uses", ""))
    assert given.keys() <= action["inputs"].keys()
    called = workflow[True]["workflow_call"]["inputs"]  # YAML 1.1 reads `on` as true
    example = read(SERVICE / ".github" / "workflows" / "contract.yml")["jobs"]["drift"]["with"]
    assert example.keys() <= called.keys()
    assert {name for name, each in called.items() if each.get("required")} <= example.keys()


def test_hooks_are_commands_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Each entry is a command of the program, and the example uses one of them."""
    hooks = {each["id"]: each["entry"] for each in read(ROOT / ".pre-commit-hooks.yaml")}
    for entry in hooks.values():
        program, *command = shlex.split(entry)[:3]
        assert (program, main([*command, "--help"])) == ("trunkline", 0)
        assert "Usage: trunkline contracts" in capsys.readouterr().out
    (repository,) = read(SERVICE / ".pre-commit-config.yaml")["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= hooks.keys()
