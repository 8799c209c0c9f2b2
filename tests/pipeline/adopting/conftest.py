from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
#: What an adoption reads, with the callers of one provider: those of all take much longer.
PARTS = (
    "api-contracts",
    "docs",
    "examples",
    "generated",
    "overlay",
    "tests/stateset_voice",
    "CHANGELOG.md",
    "mkdocs.yml",
    "pyproject.toml",
)


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository; every test leaves it as it was."""
    return copied(tmp_path_factory.mktemp("repository"))


def copied(folder: Path) -> Path:
    for name in PARTS:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder
