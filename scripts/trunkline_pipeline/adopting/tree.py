"""A working copy of the repository: the tree itself is not written before the end."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_pipeline import files

if TYPE_CHECKING:
    from collections.abc import Generator

    from .journal import Bytes

#: The folders that an adoption reads and may change; a tree may lack some.
FOLDERS: Final = ("api-contracts", "docs", "examples", "generated", "overlay", "scripts", "tests")
#: The folders that call the clients, and their parts that call none.
CODE: Final = ("tests", "examples", "scripts")
NO_CALLERS: Final = (
    "scripts/trunkline_pipeline/",
    "tests/contracts/impact/programs/",
    "tests/pipeline/",
)
#: The modification time of this file is that of the copy.
_COPIED: Final = ".copied"
FILES: Final = ("CHANGELOG.md", "README.md", "mkdocs.yml", "pyproject.toml")


@contextmanager
def scratch_copy(root: Path) -> Generator[Path]:
    """Copy the tree into a temporary folder, which is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="trunkline-adopt-") as folder:
        copy = Path(folder).resolve()
        for name in FOLDERS:
            if (root / name).is_dir():
                # Includes compiled Python files, because the check imports all modules.
                shutil.copytree(root / name, copy / name)
        for name in FILES:
            if (root / name).is_file():
                shutil.copy(root / name, copy)
        (copy / _COPIED).touch()
        yield copy


def written(copy: Path) -> list[str]:
    """Return the handwritten modules changed since the tree was copied."""
    stamp = copy / _COPIED
    since = stamp.stat().st_mtime if stamp.is_file() else 0.0
    modules = (each for name in (*CODE, "overlay") for each in (copy / name).rglob("*.py"))
    return [
        each.relative_to(copy).as_posix()
        for each in modules
        if "_sync" not in each.parts and each.stat().st_mtime >= since
    ]


def differences(root: Path, copy: Path) -> dict[str, Bytes]:
    """Return what differs between the tree and its copy, by relative path."""
    return {
        name: (old, new)
        for name in sorted(_all(root).keys() | _all(copy).keys())
        if (old := _read(root / name)) != (new := _read(copy / name))
    }


def _all(root: Path) -> dict[str, Path]:
    found = {name: root / name for name in FILES if (root / name).is_file()}
    for folder in FOLDERS:
        if (root / folder).is_dir():
            each = files.list_files(root / folder)
            found |= {f"{folder}/{name}": path for name, path in each.items()}
    return found


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
