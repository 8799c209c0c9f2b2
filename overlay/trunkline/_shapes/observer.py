"""Counts responses for all clients of a process that write into the same folder."""

from __future__ import annotations

import atexit
import json
import logging
import os
import secrets
import socket
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.contract import ContractShapes, Statuses
from trunkline._shapes.files import digest, header, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._shapes.sightings import Answer

__all__ = ["Observer", "observer_at"]

_log: Final = logging.getLogger("trunkline")
#: Seconds between two replacements of a file.
_SECONDS: Final = 30.0


Skips = dict[tuple[str | None, int], int]


class _Contract:
    """One contract in this process: its counts and their file."""

    __slots__ = ("credentials", "head", "path", "shapes")

    def __init__(self, folder: Path, package: str, name: str) -> None:
        source = resources.files(f"trunkline_generated.{package}").joinpath("openapi.json")
        document: dict[str, Any] = json.loads(source.read_bytes())
        self.shapes = ContractShapes(document)
        self.credentials: set[int] = set()
        contract = package.replace("_", "-")
        self.head = contract, digest(document)
        self.path = folder / contract / name


_Counted = tuple[_Contract, Statuses]


class Observer:
    """Counts the shapes of responses and writes them into one folder.

    Args:
        folder: where the files go; it is created for its owner only.

    Raises:
        OSError: the folder cannot be created or written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied", str(folder))
        self._failed = False
        self._skips: dict[str, Skips] = {}
        self._begin()

    def _begin(self) -> None:
        """Start with empty counts and a new file, as a new process must."""
        self._lock = threading.Lock()
        for skips in self._skips.values():
            skips.clear()
        self._contracts: dict[str, _Contract] = {}
        self._writer: threading.Thread | None = None
        day = datetime.now(UTC).strftime("%Y%m%d")
        host = digest({"host": socket.gethostname()})[:8]
        self._name = f"{host}-{os.getpid()}-{day}{secrets.token_hex(3)}.json"

    def skips(self, package: str) -> Skips:
        """Return how many responses to skip before the next one, by operation and status."""
        return self._skips.setdefault(package, {})

    def count(self, package: str, operation: str, status: int) -> _Counted | None:
        """Count a response; return the argument for ``begin``, None for an unknown operation."""
        with self._lock:
            contract = self._contracts.get(package) or self._open(package)
            statuses = contract.shapes.operations.get(operation)
            if statuses is None:
                return None
            self.skips(package)[operation, status] = statuses.count(status)
            return contract, statuses

    def begin(
        self, counted: _Counted, status: int, body: str, now: float, key: int
    ) -> Callable[[Any], None]:
        """Count the status of a response; return a function that counts its decoded body.

        Args:
            counted: the result of ``count``: contract and operation.
            status: the HTTP status.
            body: its ``body_class``.
            now: seconds since the epoch.
            key: a hash of the credential; the file only shows whether there were several.
        """
        contract, statuses = counted
        day = datetime.fromtimestamp(now, UTC).date().isoformat()
        with self._lock:
            if len(contract.credentials) < 2:
                contract.credentials.add(key)
            answer = contract.shapes.begin(statuses, status, body, now, day)
        return partial(self._record, counted, status, answer)

    def _record(self, counted: _Counted, status: int, answer: Answer, body: Any) -> None:
        contract, statuses = counted
        try:
            with self._lock:
                contract.shapes.record(statuses, status, body, answer)
        except Exception:  # noqa: BLE001 - no response may be lost because it could not be counted
            self._warn("a response of %s could not be counted", answer.operation)

    def _open(self, package: str) -> _Contract:
        contract = self._contracts[package] = _Contract(self.folder, package, self._name)
        if util := sys.modules.get("multiprocessing.util"):
            # Its processes end without `atexit`.
            util.Finalize(None, _flush_all, exitpriority=0)
        if self._writer is None:
            self._writer = threading.Thread(
                target=self._write_often, name="trunkline-observe", daemon=True
            )
            self._writer.start()
        return contract

    def _write_often(self) -> None:
        writer = self._writer
        while self._writer is writer:
            time.sleep(_SECONDS)
            self.flush()

    def flush(self) -> None:
        """Write the files; a failure is logged once and affects no call."""
        with self._lock:
            found = [
                (str(each.path), header(*each.head, len(each.credentials)), each.shapes.counts())
                for each in self._contracts.values()
            ]
        for path, head, counts in found:
            try:
                os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
                write(path, head, counts)
            except OSError as error:
                self._warn("the shapes of responses cannot be written: %s", error.strerror)

    def _warn(self, text: str, what: object) -> None:
        if not self._failed:
            self._failed = True
            _log.warning(text, what)

    def __repr__(self) -> str:
        return f"<observer of {self.folder}>"


_OBSERVERS: Final[dict[Path, Observer]] = {}


def observer_at(folder: str) -> Observer:
    """Return the observer of a folder, one for the whole process; its start is logged.

    Raises:
        OSError: the folder cannot be created or written to.
    """
    path = Path(folder).expanduser().absolute()
    if path not in _OBSERVERS and _OBSERVERS.setdefault(path, Observer(path)):
        _log.info("observe: the shapes of responses are counted in files in %s", path)
    return _OBSERVERS[path]


def _flush_all() -> None:
    for observer in list(_OBSERVERS.values()):
        observer.flush()


def _begin_anew() -> None:
    for observer in _OBSERVERS.values():
        observer._begin()  # noqa: SLF001 - the same module


atexit.register(_flush_all)
if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_begin_anew)
