"""Tables of what a contract has: a row for each operation, and its fields below its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.adopting.tree import CODE
from trunkline_pipeline.checks.contract.operations import contract_operations

from . import plain
from .texts import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

_ROW: Final = re.compile(r'"([A-Z]+ /.*)" *=')
_HEAD: Final = re.compile(r"\[(.+)\]$")


def listed(root: Path, changes: Changes) -> Iterator[Todo]:
    """Yield the tables that lack a row, and the lines that name a field that is gone."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.toml")):
            text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
            if mentions(file, text, [changes.package]):
                for line, said in (*_rows(text, changes), *_fields(text, changes)):
                    yield Todo(file, line, said)


def _rows(text: str, changes: Changes) -> Iterator[plain.Said]:
    known = {str(each) for each in contract_operations(changes.package, changes.old)}
    found = [(n, _ROW.match(line)) for n, line in enumerate(text.splitlines(), 1)]
    rows = [n for n, row in found if row and row[1] in known]
    for each in changes.operations if rows else ():
        if each.old is None:
            yield rows[-1], f"a row for each operation: {each.new} is new"


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
