"""``trunkline contracts check`` runs the check of the enclosing repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from trunkline.cli.contracts.repository import check

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "import sys\nprint(sys.argv[1:])\nsys.exit(1)\n"


def repository(folder: Path) -> Path:
    for name, text in (("scripts/contract.py", PROGRAM), ("api-contracts/contracts.toml", "")):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text)
    return folder


def test_it_is_found_from_a_folder_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Arguments are passed to the program, and its exit code is returned."""
    inside = repository(tmp_path) / "overlay"
    inside.mkdir()
    monkeypatch.chdir(inside)
    with pytest.raises(SystemExit) as ended:
        check.main(["--json"])
    assert ended.value.code == 1
    assert capfd.readouterr().out == "['--json']\n"


def test_elsewhere_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a repository, the message says what was looked for."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(check)
    assert result.exit_code == 1
    assert "api-contracts/contracts.toml" in result.output
    assert "change into the repository" in result.output
