"""The pipeline on documents that nobody here wrote, where they are at hand."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPECS = ROOT.parent / "shared" / "specs"
NAMES = {"twilio_voice": "twilio_voice_v1.2026-04.json", "openai": "openai.2026-08.yaml"}


def contracts_file(folder: Path, package: str) -> Path:
    """Write a contracts file for a document, if it exists; the tools are the project's."""
    own = (ROOT / "api-contracts" / "contracts.toml").read_text(encoding="utf-8")
    pins = [line for line in own.splitlines() if line.startswith(("openapi-python-client", "ruff"))]
    lines = ["[generator]", *pins, "[contracts]"]
    if (document := SPECS / NAMES[package]).is_file():
        lines += [f"[contracts.{package}]", f'snapshot = "{document.as_posix()}"']
        lines += [f'package = "{package}"', 'warnings = "report"']
    file = folder / "contracts.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def start(file: Path, output: Path, seed: str) -> subprocess.Popen[str]:
    """Start the script of `make generate` on another contracts file."""
    script = [sys.executable, str(ROOT / "scripts" / "generate.py")]
    return subprocess.Popen(
        [*script, "--contracts", str(file), "--output", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )


def report(process: subprocess.Popen[str]) -> list[str]:
    """Wait for the script; return what it reports."""
    output, errors = process.communicate()
    assert process.returncode == 0, errors
    return output.splitlines()[:-1]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("package", NAMES)
def test_a_real_document_gives_the_same_bytes_twice(tmp_path: Path, package: str) -> None:
    """It goes through, and what could not be done is listed with why."""
    file = contracts_file(tmp_path, package)
    # Both at once: a large document takes most of a minute on a busy machine.
    processes = [start(file, tmp_path / seed, seed) for seed in ("1", "2")]
    first, second = map(report, processes)
    assert first == second
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
    assert compileall.compile_dir(tmp_path / "1", quiet=2)
    for line in first:
        assert line.startswith(f"{package}: ")
        assert len(line.split()) > 4, line
    if (SPECS / NAMES["openai"]).is_file():
        assert any("duplicate models" in line for line in first) == (package == "openai")
