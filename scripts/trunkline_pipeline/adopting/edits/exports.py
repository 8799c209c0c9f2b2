"""Keep the former names of renamed models in what a provider's package exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes


def names(root: Path) -> dict[str, set[str]]:
    """Return what each provider's package exports, by its file."""
    files = (root / "overlay" / "trunkline").glob("*/__init__.py")
    return {
        path.relative_to(root).as_posix(): set(re.findall(r'(?m)^    "(\w+)",$', text))
        for path in files
        if "_MODELS = " in (text := path.read_text(encoding="utf-8"))
    }


def lost(before: dict[str, set[str]], now: dict[str, set[str]], changes: Changes) -> Iterator[Todo]:
    """Yield the names that are exported no more, and lead to no other one."""
    for file, known in before.items():
        for name in sorted(known - now.get(file, set()) - changes.schemas.keys()):
            text = f"{name} is exported no more: nothing of the package takes or returns it"
            yield Todo(file, 0, text, breaking=True)


def follow(root: Path, changes: Changes) -> None:
    """Let the old names of exported models lead to the new ones, with a warning."""
    models = f"trunkline_generated.{changes.package}.models"
    for path in sorted((root / "overlay" / "trunkline").glob("*/__init__.py")):
        text = path.read_text(encoding="utf-8")
        if f'_MODELS = "{models}"' in text:
            path.write_text(_aliased(text, changes.schemas), encoding="utf-8")


def _aliased(text: str, schemas: dict[str, str]) -> str:
    renamed = {old: new for old, new in schemas.items() if f'"{new}",' in text}
    if not renamed:
        return text
    lines = "".join(f'    "{old}": "{new}",\n' for old, new in sorted(renamed.items()))
    if "_RENAMED = {\n" in text:
        text = text.replace("_RENAMED = {\n", f"_RENAMED = {{\n{lines}", 1)
    else:
        reason = "#: Former names of models; each warns, and goes with the next release."
        table = f"{reason}\n_RENAMED = {{\n{lines}}}\n\n"
        text = text.replace("__all__ = [\n", f"{table}__all__ = [\n", 1)
        text = re.sub(r"(lazy\(globals\(\), _EXPORTS, _MODELS)\)", r"\1, renamed=_RENAMED)", text)
    typed = "".join(f"    {old} = {new}\n" for old, new in sorted(renamed.items()))
    return text.replace("\n_EXPORTS = {", f"{typed}\n_EXPORTS = {{", 1)
