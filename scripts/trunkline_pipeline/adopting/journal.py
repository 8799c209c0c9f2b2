"""Write changed files into a tree, all or none, in a way that can be undone.

Before the first file is written, a journal has the old and the new bytes of all of them. If the
process ends in between, by Ctrl-C or a power failure, the journal remains, and the next command
restores the old bytes.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_DONE: Final = Path("build", "adoption.json")
_BEGUN: Final = Path("build", "adoption.begun.json")

#: The old and the new bytes of a file, None where there is no such file.
Bytes = tuple[bytes | None, bytes | None]


@dataclass(frozen=True, slots=True)
class Adoption:
    """The changes made by an adoption.

    Attributes:
        contract: the name of the contract.
        old: the digest of the former snapshot, empty where there was none.
        new: the digest of the snapshot.
        files: the written files, by relative path.
    """

    contract: str
    old: str
    new: str
    files: Mapping[str, Bytes] = field(default_factory=dict[str, Bytes])

    def to_json(self) -> str:
        files = {name: [_text(old), _text(new)] for name, (old, new) in self.files.items()}
        return json.dumps(
            {"contract": self.contract, "old": self.old, "new": self.new, "files": files}
        )


def _text(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()


def _load(file: Path) -> Adoption | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        files = {name: (_bytes(old), _bytes(new)) for name, (old, new) in found["files"].items()}
        return Adoption(found["contract"], found["old"], found["new"], files)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PipelineError(
            f"{file} is not a journal of an adoption; remove it: {error}"
        ) from error


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def last(root: Path) -> Adoption | None:
    """Return the last adoption, None where there was none.

    Raises:
        PipelineError: the journal cannot be read.
    """
    return _load(root / _DONE)


def recover(root: Path) -> bool:
    """Restore the old bytes after an interrupted adoption; return whether there was one."""
    begun = _load(root / _BEGUN)
    if begun is None:
        return False
    for name, (old, _) in begun.files.items():
        _put(root / name, old)
    (root / _BEGUN).unlink()
    return True


def swap_in(root: Path, adoption: Adoption) -> None:
    """Write all files of an adoption.

    Raises:
        PipelineError: a file has changed meanwhile or cannot be written; none is changed.
    """
    try:
        for name, (old, _) in adoption.files.items():
            if _read(root / name) != old:
                raise PipelineError(f"{name} has changed meanwhile: begin again")
        _write(root / _BEGUN, adoption.to_json().encode())
        try:
            for name, (_, new) in adoption.files.items():
                _put(root / name, new)
        except BaseException:
            with _uninterrupted():
                recover(root)
            raise
    except OSError as error:
        raise PipelineError(f"nothing was changed: {error}") from error
    os.replace(root / _BEGUN, root / _DONE)


def undone(root: Path, adoption: Adoption) -> Adoption:
    """Return the changes that undo an adoption; edits made elsewhere since are kept.

    Raises:
        PipelineError: a region that the adoption wrote was edited since.
    """
    files: dict[str, Bytes] = {}
    for name, (old, new) in adoption.files.items():
        current = _read(root / name)
        if current == new:
            files[name] = (current, old)
            continue
        if current is None or old is None or new is None:
            raise PipelineError(f"{name} was changed after the adoption: it cannot be undone")
        files[name] = (current, _reversed(name, current, new, old))
    return Adoption(adoption.contract, adoption.new, adoption.old, files)


def forget(root: Path) -> None:
    """Remove the journal of an adoption that was undone."""
    (root / _DONE).unlink(missing_ok=True)


def _reversed(name: str, current: bytes, new: bytes, old: bytes) -> bytes:
    """Return the current text with the edits from the old to the new one undone."""
    now, after, before = (each.splitlines(keepends=True) for each in (current, new, old))
    blocks = SequenceMatcher(None, after, now, autojunk=False).get_matching_blocks()
    edits = SequenceMatcher(None, after, before, autojunk=False).get_opcodes()
    for kind, start, end, first, stop in reversed(edits):
        if kind == "equal":
            continue
        block = next((b for b in blocks if b.a <= start and end <= b.a + b.size and b.size), None)
        if block is None:
            raise PipelineError(
                f"{name}: the lines that the adoption wrote were edited since, near its line "
                f"{start + 1}: it cannot be undone"
            )
        shift = block.b - block.a
        now[start + shift : end + shift] = before[first:stop]
    return b"".join(now)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _put(file: Path, data: bytes | None) -> None:
    if data is None:
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
    elif _read(file) != data:
        _write(file, data)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_name(f".{file.name}.new")
    try:
        scratch.write_bytes(data)
        os.replace(scratch, file)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Ignore Ctrl-C; only the main thread can set this, and only it is interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
