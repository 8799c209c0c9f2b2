"""Turns a record of a file into a row that can be dialled, or into a problem."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.errors import CampaignInputError
from trunkline.campaigns.rows import Problem, Row
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from trunkline.campaigns.rows import Record

__all__ = ["Columns", "checked"]

_E164: Final = re.compile(r"\+[1-9]\d{6,14}\Z", re.ASCII)
_SPREADSHEET: Final = re.compile(r"\+?[\d.,]+[eE]\+?\d+\Z|\+?\d+\.0+\Z", re.ASCII)
#: Columns have names such as ``Order No.``; braces around anything else are text.
_PLACEHOLDER: Final = re.compile(r"\{(\w(?:[^{}\"':,]*[^{}\"':,\s])?)\}")
#: A null character in JSON; not the same letters after a backslash that belongs to the text.
_NULL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_LONGEST_KEY: Final = 180


class Columns:
    """Which column is what.

    Args:
        names: for each argument of the call, and for ``to``, ``key`` and ``tz``, the column that
            holds it. ``to``, ``key`` and ``tz`` default to the columns of these names.
        texts: for arguments of the call, the text that is the same in all rows; ``{column}``
            stands for the value of a column.

    Raises:
        ConfigurationError: an argument is given as a column and as a text.
    """

    def __init__(self, names: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self.to, self.key = names.get("to", "to"), names.get("key", "key")
        self.tz = names.get("tz", "tz")
        self.names = {
            name: column for name, column in names.items() if name not in {"to", "key", "tz"}
        }
        self.texts = dict(texts)
        twice = sorted(texts.keys() & {*self.names, "to", "key", "tz"})
        if twice:
            raise ConfigurationError(f"{twice[0]} is a column: it cannot be a text as well")
        used = {found for text in texts.values() for found in _PLACEHOLDER.findall(text)}
        self.needed = {self.to, self.key, *self.names.values(), *used}

    def fields(self, record: Record) -> dict[str, Any]:
        """Return the arguments of a call."""
        found = {name: record[column] for name, column in self.names.items()}
        for name, text in self.texts.items():
            found[name] = _PLACEHOLDER.sub(lambda match: str(record[match[1]]), text)
        return {name: value for name, value in found.items() if not _is_blank(value)}


def checked(
    lines: Iterable[tuple[int, Record | Problem]],
    columns: Columns,
    zones_of: Callable[[str, str | None], tuple[str, ...] | str],
) -> Iterator[Row | Problem]:
    """Yield a row for each line, or what is wrong with it.

    Args:
        lines: what a reader yields.
        columns: which column is what.
        zones_of: returns the zones of a number and of the row's own ``tz``, or what is wrong.

    Raises:
        CampaignInputError: a column is missing in every line, or the file has no lines.
    """
    first_lines: dict[str, int] = {}
    absent, is_empty, is_readable = set(columns.needed), True, False
    for line, record in lines:
        is_empty = False
        if isinstance(record, Problem):
            yield record
            continue
        is_readable = True
        absent -= set(record)
        found = _row(line, record, columns, zones_of)
        if isinstance(found, Row):
            first = first_lines.setdefault(found.key, line)
            if first != line:
                found = Problem(line, f"its key is that of line {first}", is_duplicate=True)
        yield found if isinstance(found, Row | Problem) else Problem(line, found)
    if is_empty:
        raise CampaignInputError("the file has no rows: it needs one after the header")
    if absent and is_readable:
        names = ", ".join(sorted(absent))
        raise CampaignInputError(f"no row has the column {names}: name yours with --map")


def _row(
    line: int,
    record: Record,
    columns: Columns,
    zones_of: Callable[[str, str | None], tuple[str, ...] | str],
) -> Row | Problem | str:
    missing = sorted(name for name in columns.needed if _is_blank(record.get(name)))
    if missing:
        return f"{', '.join(missing)} is missing"
    to, key = record[columns.to], record[columns.key]
    problem = _number_problem(columns.to, to) or _key_problem(columns.key, key)
    if problem:
        return problem
    zones = zones_of(to.strip(), record.get(columns.tz) or None)
    fields = columns.fields(record)
    problem = zones if isinstance(zones, str) else _value_problem(fields)
    if problem:
        return problem
    # As the ledger does it: two spellings of one key are one call.
    return Row(line, unicodedata.normalize("NFC", key.strip()), to.strip(), fields, tuple(zones))


def _number_problem(name: str, value: object) -> str:
    if not isinstance(value, str):
        return (
            f"{name} is {_kind(value)}, not text: its plus sign and leading zeros are lost; export "
            "the column as text"
        )
    text = value.strip()
    if _E164.match(text):
        return ""
    if _SPREADSHEET.match(text):
        return f"{name} was changed by a spreadsheet into a decimal number: export it as text"
    if text.startswith("0"):
        return f"{name} begins with 0: write it as E.164, with + and the country's code"
    if text.isascii() and text.isdigit():
        return f"{name} has no plus sign: write it as E.164, such as +15555550123"
    return f"{name} is not a phone number in E.164, such as +15555550123"


def _key_problem(name: str, value: object) -> str:
    if not isinstance(value, str):
        return f"{name} is {_kind(value)}, not text: leading zeros are lost; export it as text"
    if _SPREADSHEET.match(value.strip()):
        return f"{name} was changed by a spreadsheet into a decimal number: export it as text"
    text = unicodedata.normalize("NFC", value.strip())
    if not 0 < len(text) <= _LONGEST_KEY or not text.isprintable():
        return f"{name} must have 1 to {_LONGEST_KEY} characters without control characters"
    return ""


def _value_problem(fields: Mapping[str, Any]) -> str:
    for name, value in fields.items():
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            return f"{name} is {_kind(value)} that no request can hold: export it as text"
        if _NULL.search(text):
            return f"{name} holds a null character: remove it"
    return ""


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _kind(value: object) -> str:
    return "a number" if isinstance(value, int | float) else type(value).__name__
