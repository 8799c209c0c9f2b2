"""The level table: one data file, keyed by edit, direction and guard."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from trunkline.contracts.model import Direction, Level
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Rule(NamedTuple):
    """One row of the table.

    Attributes:
        key: the name used in overrides: `edit.direction` or `edit.direction.guard`.
        edit: the kind of edit.
        direction: sent or received.
        guard: the condition the edit must meet; empty for the row that applies otherwise.
        level: how urgent it is.
        sentence: why.
    """

    key: str
    edit: str
    direction: Direction
    guard: str
    level: Level
    sentence: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What the table says about one kind of edit.

    Attributes:
        message: the sentence of a finding, with `{subject}`, `{before}` and `{after}`.
        inverse: the kind of the opposite edit.
        remedy: what a client should do about it, if it matters.
        rows: by direction and guard.
    """

    name: str
    message: str
    inverse: str
    remedy: str
    rows: dict[tuple[Direction, str], Rule]


@dataclass(frozen=True, slots=True)
class Table:
    """All kinds of edits, and the modifiers that apply to all of them."""

    kinds: dict[str, Kind]
    modifiers: dict[str, str]


@cache
def table() -> Table:
    """Return the table that comes with the package."""
    with open(os.path.join(os.path.dirname(__file__), "levels.json"), "rb") as file:
        data = json.load(file)
    return Table(
        {name: _kind(name, value) for name, value in data["edits"].items()}, data["modifiers"]
    )


def _kind(name: str, value: dict[str, Any]) -> Kind:
    rows: dict[tuple[Direction, str], Rule] = {}
    for guard, levels in {"": value, **value["guards"]}.items():
        for direction in Direction:
            if direction.value in levels:
                rows[direction, guard] = _row(name, direction, guard, *levels[direction.value])
    return Kind(name, value["message"], value["inverse"], value["remedy"], rows)


def _row(name: str, direction: Direction, guard: str, level: str, sentence: str) -> Rule:
    key = f"{name}.{direction.value}.{guard}" if guard else f"{name}.{direction.value}"
    return Rule(key, name, direction, guard, Level[level.upper()], sentence)


def rules() -> tuple[Rule, ...]:
    """Return every row of the level table, sorted by key."""
    rows = (row for kind in table().kinds.values() for row in kind.rows.values())
    return tuple(sorted(rows, key=lambda row: row.key))


def overridden(key: str, level: Level, overrides: Mapping[str, Level]) -> Level:
    """Return the level of a row after overrides; the last match wins.

    An override matches by the row's key, by a glob over it, or by a part that ends before a dot.
    """
    for pattern, value in overrides.items():
        if fnmatchcase(key, pattern) or key.startswith(f"{pattern}."):
            level = value
    return level


def checked_overrides(overrides: Mapping[str, Level | str]) -> dict[str, Level]:
    """Return overrides with level names replaced by levels.

    Raises:
        InvalidArgumentError: a level is unknown, or a pattern matches no row of the table.
    """
    return {pattern: _checked(pattern, value, rules()) for pattern, value in overrides.items()}


def _checked(pattern: str, value: Level | str, rows: Iterable[Rule]) -> Level:
    plain = pattern
    for modifier in table().modifiers:
        plain = plain.removesuffix(f".{modifier}")
    if not any(fnmatchcase(row.key, plain) or row.key.startswith(f"{plain}.") for row in rows):
        raise InvalidArgumentError(f"no rule fits {pattern!r}: see `trunkline contracts rules`")
    try:
        return value if isinstance(value, Level) else Level.parse(value)
    except ValueError as error:
        raise InvalidArgumentError(f"the level of rule {pattern!r}: {error}") from error
