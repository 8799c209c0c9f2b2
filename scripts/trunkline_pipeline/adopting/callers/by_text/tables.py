"""Tables of contract contents: the fields of an operation below its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.adopting.tree import CODE

from . import plain
from .texts import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

_HEAD: Final = re.compile(r"\[(.+)\]$")


def listed(root: Path, changes: Changes) -> Iterator[Todo]:
    """Yield the lines that name a removed field."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.toml")):
            text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
            if mentions(file, text, [changes.package]):
                yield from (Todo(file, line, said) for line, said in _fields(text, changes))


def _fields(text: str, changes: Changes) -> Iterator[plain.Said]:
    operation, own = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            operation, own = head[1].rpartition(".")[2], mentions("", head[1], [changes.package])
        for change in changes.operations if own else ():
            if change.old is not None and change.old.operation_id == operation:
                fields = (each for each in change.fields if f'"{each.former}"' in line)
                yield from ((number, plain.lost(each)) for each in fields)
        for name, said in changes.lost_fields.items() if own else ():
            if re.search(rf'[".]{re.escape(name)}[".]', line):
                yield number, f"{name} may be named here: {said}"
