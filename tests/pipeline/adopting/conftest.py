from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.inputs import manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline_pipeline.checks.source.facts import Facts

ROOT = Path(__file__).parents[3]
#: What an adoption reads, with one provider's callers: all of them take much longer.
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


@pytest.fixture(scope="session")
def facts(repository: Path) -> Facts:
    """The facts of the copy's overlay and its pinned contracts."""
    return facts_of(manifest.load(repository / "api-contracts" / "contracts.toml"), repository)


@pytest.fixture
def folder(repository: Path) -> Iterator[Path]:
    """A folder of tests in the copy; files that a test adds there are removed afterwards."""
    made = repository / "tests" / "stateset_voice"
    before = set(made.iterdir())
    yield made
    for each in set(made.iterdir()) - before:
        each.unlink()


def copied(folder: Path) -> Path:
    for name in PARTS:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder
