"""Keep the former names of renamed models in the exports of a provider's package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

_EXPORT: Final = re.compile(r'(?m)^    "(\w+)",$')
_PAIR: Final = re.compile(r'"(\w+)": "(\w+)"')
_REASON: Final = "#: Former names of models; each warns, and goes with the next release.\n"
_TABLE: Final = re.compile(re.escape(_REASON) + r"_RENAMED = \{\n(?:    .*\n)*\}\n\n")
_CALL: Final = "lazy(globals(), _EXPORTS, _MODELS"
_ARGUMENT: Final = ", renamed=_RENAMED"


def names(root: Path) -> dict[str, set[str]]:
    """Return the exports of each provider's package, by its file."""
    files = (root / "overlay" / "trunkline").glob("*/__init__.py")
    return {
        path.relative_to(root).as_posix(): set(_EXPORT.findall(text))
        for path in files
        if "_MODELS = " in (text := path.read_text(encoding="utf-8"))
    }


def lost(
    before: dict[str, set[str]], now: dict[str, set[str]], changes: Changes
) -> dict[str, list[str]]:
    """Return the names that a package no longer exports and that were not renamed."""
    return {
        file: sorted(known - now.get(file, set()) - changes.schemas.keys())
        for file, known in before.items()
    }


def listed(lost: dict[str, list[str]]) -> Iterator[Todo]:
    """Yield the names that are no longer exported."""
    for file, known in lost.items():
        for name in known:
            text = f"{name} is exported no more: nothing of the package takes or returns it"
            yield Todo(file, 0, text, breaking=True)


def follow(root: Path, changes: Changes) -> None:
    """Make the old names of exported models aliases of the new ones, with a warning."""
    models = f"trunkline_generated.{changes.package}.models"
    for path in sorted((root / "overlay" / "trunkline").glob("*/__init__.py")):
        text = path.read_text(encoding="utf-8")
        if f'_MODELS = "{models}"' in text:
            path.write_text(_aliased(text, changes.schemas), encoding="utf-8")


def _aliased(text: str, schemas: dict[str, str]) -> str:
    """Return the text with every former name, also of earlier adoptions, as an alias."""
    known: dict[str, str] = dict(_PAIR.findall(found[0])) if (found := _TABLE.search(text)) else {}
    exported = set(_EXPORT.findall(text))
    every = {old: schemas.get(new, new) for old, new in {**known, **schemas}.items()}
    former = {old: every[old] for old in sorted(every.keys() - exported) if every[old] in exported}
    return _with_table(_without_table(text, known), former) if former != known else text


def _without_table(text: str, known: dict[str, str]) -> str:
    for old in known:
        text = re.sub(rf"(?m)^    {old} = \w+\n", "", text, count=1)
    return _TABLE.sub("", text).replace(_CALL + _ARGUMENT, _CALL)


def _with_table(text: str, former: dict[str, str]) -> str:
    if not former:
        return text
    lines = "".join(f'    "{old}": "{new}",\n' for old, new in former.items())
    typed = "".join(f"    {old} = {new}\n" for old, new in former.items())
    text = text.replace("__all__ = [\n", f"{_REASON}_RENAMED = {{\n{lines}}}\n\n__all__ = [\n", 1)
    text = text.replace(_CALL, _CALL + _ARGUMENT, 1)
    return text.replace("\n_EXPORTS = {", f"{typed}\n_EXPORTS = {{", 1)
