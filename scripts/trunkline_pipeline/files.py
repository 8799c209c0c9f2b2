"""Compare files on disk with what they should be, and write them."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINES_A_FILE: Final = 40
#: The longest path that fits into a banner of one line of at most 100 characters.
_LONGEST_ORIGIN: Final = 52


@dataclass(frozen=True, slots=True)
class Difference:
    """One wrong file; ``kind`` is missing, changed or stray."""

    path: Path
    kind: str
    wanted: bytes = b""
    found: bytes = b""

    def __str__(self) -> str:
        return f"{self.kind}: {self.path}"


def compare_tree(folder: Path, wanted: Mapping[str, bytes]) -> list[Difference]:
    found = list_files(folder)
    stray = [Difference(found[name], "stray") for name in sorted(found.keys() - wanted.keys())]
    return compare_files(folder, wanted) + stray


def list_files(folder: Path) -> dict[str, Path]:
    """Return all files below a folder by relative path, except compiled Python files."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*"))}
    return {
        name.as_posix(): path
        for name, path in found.items()
        if "__pycache__" not in name.parts and path.is_file()
    }


def compare_files(folder: Path, wanted: Mapping[str, bytes]) -> list[Difference]:
    differences: list[Difference] = []
    for name in sorted(wanted):
        path = folder / name
        if not path.is_file():
            differences.append(Difference(path, "missing", wanted=wanted[name]))
        elif (data := path.read_bytes()) != wanted[name]:
            differences.append(Difference(path, "changed", wanted=wanted[name], found=data))
    return differences


def diff(difference: Difference) -> Iterator[str]:
    """Yield a diff from the present content to the expected one, cut after 40 lines."""
    found, wanted = _lines(difference.found), _lines(difference.wanted)
    lines = list(
        difflib.unified_diff(found, wanted, str(difference.path), "as derived now", lineterm="")
    )
    yield from lines[:_LINES_A_FILE]
    if len(lines) > _LINES_A_FILE:
        yield f"... {len(lines) - _LINES_A_FILE} more lines"


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "backslashreplace").splitlines()


def replace_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder consist of exactly these files, by swapping in a complete new one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
        fresh, old = Path(scratch, "new"), Path(scratch, "old")
        for name, data in files.items():
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write single files of a folder; each is replaced atomically."""
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = target.with_name(f".{target.name}.new")
        scratch.write_bytes(data)
        os.replace(scratch, target)


def banner(origin: str) -> str:
    """Return the first line of a derived source; two lines if the path of its origin is long."""
    break_ = "\n# " if len(origin) > _LONGEST_ORIGIN else " "
    return f"# Derived from {origin}{break_}by `make generate`; do not edit.\n"
