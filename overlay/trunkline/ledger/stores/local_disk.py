"""Refuse folders on a network: SQLite's write-ahead log needs memory that processes share."""

from __future__ import annotations

import os
from typing import Final

from trunkline.ledger.errors import LedgerStoreError

__all__ = ["require_local_disk"]

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "9p", "sshfs"}
)


def require_local_disk(path: str) -> None:
    """Refuse a path on a network file system, as far as the kernel reports it.

    Raises:
        LedgerStoreError: it is on one.
    """
    kind = _file_system(os.path.realpath(os.path.dirname(os.path.abspath(path))))
    if kind.removeprefix("fuse.") in _NETWORK:
        raise LedgerStoreError(
            f"the ledger {path} would lie on {kind}, where SQLite's write-ahead log is not safe: "
            "put it on a local disk, or give the URL of a PostgreSQL database"
        )


def _file_system(folder: str) -> str:
    """Return the kind of the file system of a folder, empty where the kernel does not say."""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="replace") as mounts:
            lines = [line.split() for line in mounts]
    except OSError:
        return ""
    best, kind = "", ""
    for _, escaped, name, *_ in lines:
        mount = escaped.replace("\\040", " ")
        inside = folder == mount or folder.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, name
    return kind
