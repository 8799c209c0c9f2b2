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


def listed(
    root: Path, pages: Iterable[Path], wanted: Collection[tuple[OperationChange, set[str]]]
) -> Iterator[Todo]:
    """Yield the calls that name what is gone, or all that was required and not what is now.

    Args:
        root: the repository.
        pages: its pages.
        wanted: changed operations, each with the names by which callers reach it.
    """
    for page in pages:
        file = page.relative_to(root).as_posix()
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            for code in _CODE.findall(line):
                yield from (Todo(file, number, said) for said in _said(code, wanted))


def _said(code: str, wanted: Iterable[tuple[OperationChange, set[str]]]) -> Iterator[str]:
    given = set(re.findall(r"(\w+)=", code))
    for change, words in wanted if given else ():
        called = re.search(rf"(?<!\w)({'|'.join(map(re.escape, sorted(words)))})\(", code)
        for each in change.fields if called else ():
            if called and _concerns(each, change, given):
                yield f"{called[1]} is called here: {each.old or each.field} is {each.kind}"


def _concerns(field: FieldChange, change: OperationChange, given: set[str]) -> bool:
    if field.lost:
        return field.argument in given
    needed = {f.python_name for f in change.old.fields if f.required} if change.old else set[str]()
    return field.needed and field.argument not in given and bool(needed) and needed <= given
