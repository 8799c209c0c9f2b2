"""The folder of the journals, and their paths."""

from __future__ import annotations

import os
import secrets
import sys
from typing import TYPE_CHECKING, Final

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SUFFIX", "disown", "journal_files", "new_journal_path", "own_journals", "state_folder"]

SUFFIX: Final = ".journal"


def state_folder(given: str | os.PathLike[str] | None = None) -> str:
    """Return the folder of the journals as an absolute path; it is not created.

    Args:
        given: the caller's choice; without it ``TRUNKLINE_OBSERVE_DIR``, else the platform's folder
            for the state of applications.

    Raises:
        ConfigurationError: the path is empty.
    """
    chosen = os.environ.get("TRUNKLINE_OBSERVE_DIR") or None if given is None else os.fspath(given)
    if chosen == "":
        raise ConfigurationError("the folder of the journal is empty: give a path, or leave it out")
    if chosen is not None:
        return os.path.abspath(chosen)
    home = os.path.expanduser("~")
    if sys.platform == "win32":  # pragma: no cover - not the system of these tests
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":  # pragma: no cover - not the system of these tests
        base = os.path.join(home, "Library", "Application Support")
    else:
        base = os.environ.get("XDG_STATE_HOME") or os.path.join(home, ".local", "state")
    return os.path.join(base, "trunkline", "observe")


def new_journal_path(folder: str) -> str:
    """Return a path for the journal of this process, and create its folder for the owner only.

    Raises:
        OSError: the folder cannot be created.
    """
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = os.path.join(folder, f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}")
    _OWN.add((os.getpid(), path))
    return path


_OWN: Final[set[tuple[int, str]]] = set()


def disown(path: str) -> None:
    """Record that this process has closed a journal; it now counts as that of an ended process."""
    _OWN.discard((os.getpid(), path))


def own_journals() -> set[str]:
    """Return the paths of this process's journals: opening their locks would release them."""
    pid = os.getpid()
    return {path for owner, path in tuple(_OWN) if owner == pid}


def journal_files(folder: str) -> Iterator[str]:
    """Return the paths of all journals in a folder, sorted by name."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        if name.endswith(SUFFIX):
            yield os.path.join(folder, name)
