"""Where an export is saved to."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply

from trunkline.errors import (
    InvalidArgumentError,
    LocalFileError,
    NotFoundError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.providers import Backend, Scripted
from tests.whispey.downloads.support import AS_CSV, CSV, FILE, fetch


def test_a_file_that_exists_is_kept(whispey: Backend, server: Scripted, target: Path) -> None:
    """Without overwrite no request is sent."""
    target.write_bytes(b"old")
    with pytest.raises(LocalFileError, match="overwrite=True") as caught:
        fetch(whispey, target)
    assert isinstance(caught.value, OSError)
    assert (caught.value.errno, caught.value.filename) == (errno.EEXIST, str(target))
    assert target.read_bytes() == b"old"
    assert not server.asked


def test_a_file_that_exists_is_replaced_on_demand(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """Atomically, and only when the new one is complete."""
    target.write_bytes(b"old")
    server.then(Reply(404), FILE)
    with pytest.raises(NotFoundError):
        fetch(whispey, target, overwrite=True)
    assert target.read_bytes() == b"old"
    fetch(whispey, target, overwrite=True)
    assert target.read_bytes() == CSV


def test_a_file_that_appears_meanwhile_is_kept(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """Another process may have created it; its file is not overwritten."""
    server.then(Reply(200, CSV, AS_CSV, pieces=2, between=lambda: target.write_bytes(b"theirs")))
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target)
    assert caught.value.errno == errno.EEXIST
    assert target.read_bytes() == b"theirs"


def test_a_folder_is_no_file(whispey: Backend, server: Scripted, target: Path) -> None:
    """Not even with overwrite."""
    with pytest.raises(LocalFileError, match="file name"):
        fetch(whispey, target.parent, overwrite=True)
    assert not server.asked


def test_a_missing_folder_is_our_error(whispey: Backend, server: Scripted, target: Path) -> None:
    """It is detected before any request."""
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target.parent / "missing" / "calls.csv")
    assert caught.value.errno == errno.ENOENT
    assert not server.asked


@pytest.mark.parametrize("path", [None, 3, "", "a\0b"])
def test_paths_that_are_none(whispey: Backend, server: Scripted, path: Any) -> None:
    """A value that is not a path is refused."""
    with pytest.raises(InvalidArgumentError, match="path"):
        fetch(whispey, path)
    assert not server.asked


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_name_that_the_system_refuses(
    whispey: Backend, server: Scripted, target: Path, *, overwrite: bool
) -> None:
    """An impossible name fails at the end; the error is ours and the folder stays clean."""
    server.then(FILE)
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target.parent / ("n" * 300), overwrite=overwrite)
    assert caught.value.errno == errno.ENAMETOOLONG


@contextmanager
def small_files() -> Iterator[None]:
    """The operating system refuses files above 10 bytes, even a log of this test run."""
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_full_disk_is_our_error(whispey: Backend, server: Scripted, target: Path) -> None:
    """Writing fails midway; the partial file is removed."""
    server.then(FILE)
    with pytest.raises(LocalFileError) as caught, small_files():
        fetch(whispey, target)
    assert caught.value.errno == errno.EFBIG
