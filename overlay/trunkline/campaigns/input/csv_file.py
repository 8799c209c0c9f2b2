"""Rows of a CSV file, with a header; every value is text, unchanged."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.errors import CampaignInputError
from trunkline.campaigns.rows import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.campaigns.rows import Record

__all__ = ["records"]

_NOT_UTF8: Final = "this is not UTF-8: save the file as UTF-8"


def records(path: str) -> Iterator[tuple[int, Record | Problem]]:
    """Yield each row with the line on which it ends.

    Raises:
        CampaignInputError: the header is missing, or a name in it is empty or repeated.
    """
    # A byte that is not UTF-8 becomes a surrogate, so that only that line is bad.
    with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, strict=True)
        names = _header(path, next(_rows(reader), None))
        for values in _rows(reader):
            if values == []:
                continue
            found = _record(names, values)
            line = reader.line_num
            yield line, Problem(line, found) if isinstance(found, str) else found


def _rows(reader: Any) -> Iterator[list[str] | str]:
    while True:
        first = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"this is not CSV from line {first}: {error}"


def _header(path: str, found: list[str] | str | None) -> list[str]:
    if not found or isinstance(found, str):
        raise CampaignInputError(f"{path} has no header: the first line must name the columns")
    names = [name.strip() for name in found]
    if any(map(_is_broken, names)):
        raise CampaignInputError(f"{path}: {_NOT_UTF8}")
    if len(names) == 1 and re.search("[;\t|]", names[0]):
        raise CampaignInputError(f"{path} has no commas: save it as a file separated by commas")
    if "" in names or len(set(names)) < len(names):
        raise CampaignInputError(f"{path}: each column needs a name of its own in the first line")
    return names


def _record(names: list[str], values: list[str] | str) -> Record | str:
    if isinstance(values, str):
        return values
    if len(values) != len(names):
        return f"{len(values)} values for {len(names)} columns: quote values that hold a comma"
    if any(map(_is_broken, values)):
        return _NOT_UTF8
    return dict(zip(names, values, strict=True))


def _is_broken(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)
