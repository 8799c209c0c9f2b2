"""Put rendered files in place."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    """Write single files among others; each is complete or untouched at any moment."""
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = target.with_name(f".{target.name}.new")
        scratch.write_bytes(data)
        os.replace(scratch, target)
