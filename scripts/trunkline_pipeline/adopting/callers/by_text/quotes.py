"""Strings in tests that quote text which an adoption has rewritten in a source or contract."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from trunkline_pipeline import files
from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.journal import Bytes

#: Shorter strings may occur anywhere.
_SHORTEST: Final = 12
_QUOTED: Final = ("overlay/", "api-contracts/")
#: Quoted code has one of these characters; words of a sentence have none.
_CODE: Final = "(:=[{\n"


def listed(root: Path, written: Mapping[str, Bytes]) -> Iterator[Todo]:
    """Yield the strings that were in a file before the adoption and are in none after it."""
    before = {
        name: old.decode(errors="replace")
        for name, (old, _) in written.items()
        if old and name.startswith(_QUOTED) and "/_sync/" not in name
    }
    after = _after(root) if before else ""
    for path in sorted((root / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            text = node.value if isinstance(node, ast.Constant) else None
            if not isinstance(text, str) or not _is_code(text):
                continue
            home = next((name for name, old in before.items() if text in old), "")
            if home and text not in after:
                file, line = path.relative_to(root).as_posix(), getattr(node, "lineno", 0)
                yield Todo(file, line, f"quotes {home} as it was: {text.strip().splitlines()[0]}")


def _after(root: Path) -> str:
    folders = (root / name for name in _QUOTED)
    paths = (p for folder in folders for p in files.list_files(folder).values())
    return "\n".join(p.read_bytes().decode(errors="replace") for p in paths)


def _is_code(text: str) -> bool:
    return len(text) >= _SHORTEST and any(each in text for each in _CODE) and " " in text
