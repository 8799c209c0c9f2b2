"""Calls in the sentences and tables of pages, such as ``make_call(to=, from_=)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import FieldChange, OperationChange

_CODE: Final = re.compile(r"`([^`\n]+)`")
#: A row in a table of operations; `rows` removes those of removed operations.
_ROW: Final = re.compile(r"\|.*`[A-Z]+ /")


def listed(
    root: Path, pages: Iterable[Path], wanted: Collection[tuple[OperationChange, set[str]]]
) -> Iterator[Todo]:
    """Yield calls of removed operations, and calls that pass only what was required before.

    Args:
        root: the repository.
        pages: its pages.
        wanted: changed operations, each with the names by which callers reach it.
    """
    for page in pages:
        file = page.relative_to(root).as_posix()
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            is_row = _ROW.match(line) is not None
            for code in _CODE.findall(line):
                yield from (Todo(file, number, said) for said in _said(code, wanted, is_row=is_row))


def _said(
    code: str, wanted: Iterable[tuple[OperationChange, set[str]]], *, is_row: bool
) -> Iterator[str]:
    given = set(re.findall(r"(\w+)=", code))
    for change, words in wanted:
        called = re.search(rf"(?<!\w)({'|'.join(map(re.escape, sorted(words)))})\(", code)
        if called and change.new is None and not is_row:
            yield f"{called[1]} is called here: {change.old} is gone"
        for each in change.fields if called and given else ():
            if called and _concerns(each, change, given):
                yield f"{called[1]} is called here: {each.said}"


def _concerns(field: FieldChange, change: OperationChange, given: set[str]) -> bool:
    if field.lost:
        return field.argument in given
    needed = {f.python_name for f in change.old.fields if f.required} if change.old else set[str]()
    return field.needed and field.argument not in given and bool(needed) and needed <= given
