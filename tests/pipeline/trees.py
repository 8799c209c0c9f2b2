"""Copies of what the contract check reads, and changes to them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import contract
from trunkline_pipeline.checks import derived
from trunkline_pipeline.inputs import documents, manifest

if TYPE_CHECKING:
    import re

    import pytest

    from trunkline_pipeline.checks.findings import Finding


ROOT = Path(__file__).parents[2]
Change = Callable[[Path], None]
GENERATED = "generated/trunkline_generated"
PATCH = "api-contracts/patches/pamela.overlay.yaml"
TABLE = "api-contracts/contracts.toml"
#: The snapshot of each contract; whether it is JSON or YAML is the vendor's choice.
SNAPSHOTS = {
    each.name: each.snapshot.relative_to(ROOT).as_posix()
    for each in manifest.load(ROOT / TABLE).contracts
}


def copied(tree: Path) -> Path:
    """Copy everything that the check reads into a folder, and return the folder."""
    for name in ("api-contracts", "docs", "generated", "overlay"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tree / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


def run(tree: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = contract.main(["--root", str(tree)])
    output = capsys.readouterr()
    return code, output.out + output.err


def execute(tree: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "contract.py"), "--root", str(tree), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def findings(tree: Path, names: str) -> list[Finding]:
    """The findings of the named checks; the whole contract check takes several times as long."""
    pinned = manifest.load(tree / TABLE)
    every = {
        "pins": derived.check_pins,
        "packages": derived.check_packages,
        "resources": derived.check_resources,
        "exports": derived.check_exports,
        "twins": derived.check_twins,
        "pages": derived.check_pages,
    }
    return [found for name in names.split() for found in every[name](pinned, tree)]


def pin_findings(file: Path) -> list[Finding]:
    return list(derived.check_pins(manifest.load(file), file.parents[1]))


def flip(name: str) -> Change:
    def change(tree: Path) -> None:
        path = tree / name
        data = path.read_bytes()
        path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])

    return change


def replace(name: str, old: str | re.Pattern[str], new: str) -> Change:
    """Replace a text or a pattern's match; a pattern can match JSON and YAML."""

    def change(tree: Path) -> None:
        text = (tree / name).read_text()
        made = text.replace(old, new, 1) if isinstance(old, str) else old.sub(new, text, count=1)
        assert made != text
        (tree / name).write_text(made)

    return change


def nowhere(tree: Path) -> None:
    """Give Phone.ai's parameters an invalid `in`, so that the generator drops them."""
    document = documents.read(tree / SNAPSHOTS["phone-ai"])
    for each in document["components"]["parameters"].values():
        each["in"] = "nowhere"
    (tree / SNAPSHOTS["phone-ai"]).write_text(json.dumps(document))


def write(name: str, text: str = "A = 1\n") -> Change:
    def change(tree: Path) -> None:
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(text)

    return change


def remove(name: str) -> Change:
    return lambda tree: (tree / name).unlink()
