"""Pages that call a contract reconstructed although the vendor has published it since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ALL: Final = r"\b(?:every|all|each) contracts?\b"
_WORD: Final = re.compile(r"\breconstruct", re.IGNORECASE)


def listed(root: Path, package: str) -> Iterator[Todo]:
    """Yield the lines about the contract, and those about all contracts."""
    name = package.partition("_")[0]
    about = re.compile(rf"{re.escape(name)}|{_ALL}", re.IGNORECASE)
    for page in (*root.glob("README.md"), *sorted((root / "docs").glob("*.md"))):
        file = page.relative_to(root).as_posix()
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            if _WORD.search(line) and (about.search(line) or page.stem.startswith(name)):
                yield Todo(file, number, "calls the contract reconstructed: it is published now")
