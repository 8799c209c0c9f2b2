"""A cache of facts read from code, keyed by a hash of what they were read from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from trunkline._json import is_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Cache", "default_folder"]

T = TypeVar("T")

#: Incremented when the meaning of facts changes, so that old entries are not read.
FORMAT: Final = 4
#: Limit on the folder's size; the least recently used files are deleted first.
MAX_BYTES: Final = 64_000_000


def default_folder() -> Path:
    """Return the platform's cache folder for this package."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "trunkline" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "trunkline"
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "trunkline"


class Cache:
    """One JSON file for each set of paths and each client.

    A cache that cannot be read counts as empty, and one that cannot be written is left as it is:
    neither makes an analysis fail.

    Args:
        folder: where it is stored; None stores nothing.
        names: what distinguishes this cache from others, such as the paths searched.
    """

    def __init__(self, folder: Path | None, names: Iterable[str]) -> None:
        text = "\0".join([str(FORMAT), sys.version, *names])
        name = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
        self._folder = None if folder is None else folder / "impact"
        self._path = None if self._folder is None else self._folder / f"{name}.json"
        self._old = self._load()
        self._new: dict[str, Any] = {}

    def get(self, key: str, decode: Callable[[Any], T]) -> T | None:
        """Return the value stored under a key, or None if it is missing or damaged."""
        kept = self._old.get(key)
        if kept is None:
            return None
        try:
            found = decode(kept)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        self._new[key] = kept
        return found

    def put(self, key: str, value: Any) -> None:
        """Store a JSON value under a key, at least until the next run."""
        self._new[key] = value

    def save(self) -> None:
        """Write the entries that this run used and drop the others."""
        if self._path is None or self._folder is None or self._new == self._old:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            try:
                with open(handle, "w", encoding="utf-8") as file:
                    # `json.dump` into a file would not use the fast encoder.
                    file.write(json.dumps(self._new, separators=(",", ":")))
                os.replace(name, self._path)
            except BaseException:
                os.unlink(name)
                raise
            self._prune()

    def _load(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            found = json.loads(self._path.read_bytes())
            with contextlib.suppress(OSError):
                os.utime(self._path)
        except (OSError, ValueError, RecursionError):
            return {}
        return found if is_object(found) else {}

    def _prune(self) -> None:
        assert self._folder is not None  # noqa: S101 - only called after writing into it
        files = sorted(self._folder.glob("*.json"), key=lambda path: -path.stat().st_mtime)
        total = 0
        for path in files:
            total += path.stat().st_size
            if total > MAX_BYTES and path != self._path:
                path.unlink(missing_ok=True)
