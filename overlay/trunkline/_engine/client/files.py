"""Files that are created completely or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline._redact import quoted
from trunkline.errors import InvalidArgumentError, LocalFileError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that was downloaded.

    Attributes:
        path: where it is; only its owner may read it.
        size: its size in bytes.
        media_type: the server's media type, such as ``text/csv``; None where it sends none.
    """

    path: Path
    size: int
    media_type: str | None


class AtomicFile:
    """A temporary file that gets its final name when it is complete.

    It is created in the target folder, because a rename is atomic within one file system only.

    Args:
        path: the name that it will get.
        overwrite: whether a file of that name may be replaced.

    Raises:
        InvalidArgumentError: the path is not a usable path.
        LocalFileError: there is a file or folder of that name.
    """

    def __init__(self, path: str | os.PathLike[str], *, overwrite: bool) -> None:
        self.path = _checked_path(path)
        self._overwrite = overwrite
        self._file: BinaryIO | None = None
        self._part = ""
        self.size = 0
        if os.path.isdir(self.path):
            raise LocalFileError(errno.EISDIR, "the path is a folder: add a file name", self.path)
        if not overwrite and os.path.lexists(self.path):
            raise _exists(self.path)

    def open(self) -> None:
        """Create the file, readable and writable only by its owner."""
        with _translate_os_errors(self.path):
            number, self._part = tempfile.mkstemp(
                prefix=".trunkline-", suffix=".part", dir=os.path.dirname(self.path)
            )
            self._file = os.fdopen(number, "w+b", buffering=0)

    @property
    def file(self) -> BinaryIO:
        """The open file."""
        if self._file is None:
            raise LocalFileError(errno.EBADF, "the file is not open", self.path)
        return self._file

    def restart(self) -> None:
        """Discard what was written."""
        with _translate_os_errors(self.path):
            self.file.seek(0)
            self.file.truncate()
        self.size = 0

    def write(self, data: bytes | bytearray) -> None:
        """Append bytes."""
        with _translate_os_errors(self.path), memoryview(data) as view:
            written = 0
            while written < len(view):  # an unbuffered write may be a partial one
                written += self.file.write(view[written:])
        self.size += len(data)

    def content(self) -> bytes:
        """Return what was written."""
        with _translate_os_errors(self.path):
            self.file.seek(0)
            return self.file.read()

    def commit(self) -> None:
        """Write the content to disk, then give the file its name."""
        with _translate_os_errors(self.path):
            os.fsync(self.file.fileno())
            self.file.close()
            if self._overwrite:
                os.replace(self._part, self.path)
            else:
                _rename_to_new(self._part, self.path)
            self._part = ""

    def discard(self) -> None:
        """Remove the file, unless it has its final name."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        if self._part:
            with suppress(OSError):
                os.unlink(self._part)
        self._part = ""


def _checked_path(path: str | os.PathLike[str]) -> str:
    try:
        text = os.fsdecode(path)
        os.fsencode(text)
    except (TypeError, UnicodeEncodeError):
        raise InvalidArgumentError(
            f"path must be a path object or a text that file systems can hold, not {quoted(path)}"
        ) from None
    if not text or "\0" in text:
        raise InvalidArgumentError("path must not be empty or hold a null character")
    return os.path.abspath(text)


def _exists(path: str) -> LocalFileError:
    return LocalFileError(errno.EEXIST, "the file exists: pass overwrite=True to replace it", path)


def _rename_to_new(part: str, path: str) -> None:
    """Rename a file, but never over one that was created meanwhile."""
    if os.name == "nt":
        os.rename(part, path)  # Windows refuses by itself
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: all that is left is to check first.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "exists", path) from None
        os.replace(part, path)
    else:
        os.unlink(part)


@contextmanager
def _translate_os_errors(path: str) -> Generator[None]:
    """Turn errors of the operating system into errors of this package."""
    try:
        yield
    except FileExistsError:
        raise _exists(path) from None
    except LocalFileError:
        raise
    except OSError as error:
        reason = f"the file cannot be written ({error.strerror or type(error).__name__})"
        raise LocalFileError(error.errno or errno.EIO, reason, path) from None
