"""Find and read a consumer's Python sources, valid or not."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline.contracts.errors import ContractError
from trunkline.contracts.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MAX_BYTES", "Source", "decode", "find", "read"]

#: Larger files are generated data, not code that calls an API.
MAX_BYTES: Final = 2_000_000
#: Folders that contain third-party code or nothing that runs.
_IGNORED: Final = frozenset(
    {"__pycache__", "node_modules", "site-packages", "build", "dist", "venv", "env"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: its bytes and their hash, by which results are cached."""

    path: Path
    data: bytes
    digest: str


def find(roots: Iterable[str | os.PathLike[str]]) -> tuple[list[Path], list[Skipped]]:
    """Return the Python files below the given folders, and the given files, sorted.

    Hidden folders, virtual environments and build output are left out; a symbolic link to a folder
    is followed once.

    Raises:
        ContractError: a path does not exist.
    """
    files: dict[Path, None] = {}
    skipped: list[Skipped] = []
    seen: set[tuple[int, int]] = set()
    for root in roots:
        path = Path(root)
        if not path.exists():
            raise ContractError(f"no such file or folder: {root!s}; name the code to be searched")
        if path.is_dir():
            files.update(dict.fromkeys(_walk(path, seen, skipped)))
        else:
            files[path] = None
    return sorted(files), skipped


def _walk(folder: Path, seen: set[tuple[int, int]], skipped: list[Skipped]) -> Iterator[Path]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            facts = current.stat()
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            skipped.append(Skipped(current.as_posix(), _reason(error)))
            continue
        if facts.st_ino and (facts.st_dev, facts.st_ino) in seen:
            continue
        seen.add((facts.st_dev, facts.st_ino))
        for entry in entries:
            path = current / entry.name
            if entry.name.endswith((".py", ".pyw")) and not entry.is_dir():
                yield path
            elif _is_searched(entry):
                pending.append(path)


def _is_searched(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _IGNORED:
        return False
    try:
        return entry.is_dir() and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))
    except OSError:
        return False


def read(path: Path) -> Source | Skipped:
    """Return a file's bytes, or why it is skipped."""
    try:
        # Reading a named pipe or a device would never end.
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            return Skipped(path.as_posix(), "not a regular file")
        if facts.st_size > MAX_BYTES:
            return Skipped(path.as_posix(), f"{facts.st_size} bytes, more than {MAX_BYTES}")
        data = path.read_bytes()
    except OSError as error:
        return Skipped(path.as_posix(), _reason(error))
    return Source(path, data, hashlib.blake2b(data, digest_size=16).hexdigest())


def decode(data: bytes) -> str:
    """Decode a source by its byte order mark, its encoding declaration (PEP 263), or as UTF-8.

    Raises:
        ValueError: the encoding is unknown or does not fit the bytes.
    """
    try:
        coding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(coding)
    except (SyntaxError, LookupError) as error:
        raise ValueError(str(error)) from error


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
