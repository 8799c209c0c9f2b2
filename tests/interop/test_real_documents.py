"""The pipeline on documents that nobody here wrote, where they are at hand."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPECS = ROOT.parent / "shared" / "specs"
NAMES = {"twilio_voice": "twilio_voice_v1.2026-04.json", "openai": "openai.2026-08.yaml"}


def contracts_file(folder: Path) -> Path:
    """Write a contracts file for the documents that exist; the tools are the project's."""
    own = (ROOT / "api-contracts" / "contracts.toml").read_text(encoding="utf-8")
    pins = [line for line in own.splitlines() if line.startswith(("openapi-python-client", "ruff"))]
    lines = ["[generator]", *pins, "[contracts]"]
    for package, name in NAMES.items():
        if (SPECS / name).is_file():
            lines += [f"[contracts.{package}]", f'snapshot = "{(SPECS / name).as_posix()}"']
            lines += [f'package = "{package}"', 'warnings = "report"']
    file = folder / "contracts.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def generate(file: Path, output: Path, seed: str) -> list[str]:
    """Run the script of `make generate` on another contracts file; return what it reports."""
    script = [sys.executable, str(ROOT / "scripts" / "generate.py")]
    done = subprocess.run(
        [*script, "--contracts", str(file), "--output", str(output)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[:-1]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_real_documents_give_the_same_bytes_twice(tmp_path: Path) -> None:
    """Twilio's and OpenAI's documents go through, and what could not be done is listed with why."""
    file = contracts_file(tmp_path)
    reports = [generate(file, tmp_path / seed, seed) for seed in ("1", "2")]
    assert reports[0] == reports[1]
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
    assert compileall.compile_dir(tmp_path / "1", quiet=2)
    for line in reports[0]:
        package, _, cause = line.partition(": ")
        assert package in NAMES
        assert len(cause.split()) > 3, line
    if (SPECS / NAMES["openai"]).is_file():
        assert any("duplicate models" in line for line in reports[0])
        assert not any(line.startswith("twilio_voice") for line in reports[0])
