"""From edits to findings: whom an edit reaches, which rows apply, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._comparing.lifecycle import sunset_date
from trunkline.contracts._comparing.operations import own_servers
from trunkline.contracts._comparing.walk import ERROR, RECEIVED, SENT, RawEdit
from trunkline.contracts.model import (
    Direction,
    Edit,
    Finding,
    Level,
    Location,
    OperationRef,
    Verdict,
)

from .table import Kind, Rule, Table, overridden

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.contracts._comparing.engine import Comparison
    from trunkline.contracts._graph.units import Operation

_SHOWN: Final = 60
_DIRECTIONS: Final = ((SENT, Direction.SENT), (RECEIVED | ERROR, Direction.RECEIVED))
#: The numbers of operations that reach the same components.
Group = tuple[int, ...]


@dataclass(slots=True, eq=False)
class Judge:
    """Applies the level table to the edits of one comparison."""

    comparison: Comparison
    table: Table
    overrides: Mapping[str, Level]
    today: date

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each edit, most urgent first."""
        reach = _Reach(self.comparison)
        found = [self._finding(edit, reach) for edit in self.comparison.edits]
        return tuple(sorted(found, key=_order))

    def _finding(self, raw: RawEdit, reach: _Reach) -> Finding:
        kind = self.table.kinds[raw.kind]
        unit = self.comparison.unit_name(raw)
        mask, operations = reach.of(raw)
        verdicts = self._verdicts(kind, raw, mask, whole=reach.bundle)
        edit = self._edit(raw, unit)
        return Finding(
            rule=raw.kind,
            level=max(verdict.level for verdict in verdicts),
            verdicts=verdicts,
            edit=edit,
            operations=operations,
            message=_message(kind, edit),
            remedy=kind.remedy if _urgent(verdicts) else "",
            fingerprint=fingerprint(raw.kind, unit, raw.at.key),
        )

    def _verdicts(self, kind: Kind, raw: RawEdit, mask: int, *, whole: bool) -> tuple[Verdict, ...]:
        guards = self._guards(raw)
        wanted = raw.at.mask | raw.at.muted
        found: list[Verdict] = []
        for bits, direction in _DIRECTIONS:
            if mask & bits & wanted or (whole and wanted & bits):
                modifiers: list[str] = []
                if not raw.at.mask & bits & (mask | (bits if whole else 0)):
                    modifiers.append("read-only")
                if direction is Direction.RECEIVED and mask & bits == ERROR:
                    modifiers.append("error")
                found.append(self._verdict(kind, direction, guards, modifiers))
        if found:
            return tuple(found)
        unused: list[str] = [] if isinstance(raw.unit, str) else ["unused"]
        ways = [way for bits, way in _DIRECTIONS if wanted & bits] or [Direction.SENT]
        return tuple(self._verdict(kind, way, guards, unused) for way in ways)

    def _guards(self, raw: RawEdit) -> tuple[str, ...]:
        guards: list[str] = []
        for guard in raw.guards:
            name, colon, day = guard.partition(":")
            if name == "sunset" and colon:
                past = date.fromisoformat(day) <= self.today
                guards.append("past-sunset" if past else "before-sunset")
            else:
                guards.append(guard)
        if raw.kind.startswith("sunset-"):
            day_set = sunset_date(raw.after)
            if day_set is not None and day_set <= self.today:
                guards.append("past")
        return tuple(guards)

    def _verdict(
        self, kind: Kind, direction: Direction, guards: tuple[str, ...], modifiers: list[str]
    ) -> Verdict:
        row = _row(kind, direction, guards)
        level, key = row.level, row.key
        sentences = [row.sentence]
        for modifier in modifiers:
            key = f"{key}.{modifier}"
            lower = level - 1 if modifier == "error" else Level.INFO
            level = Level(min(level, max(lower, Level.INFO)))
            sentences.append(self.table.modifiers[modifier])
        level = overridden(key, level, self.overrides)
        return Verdict(key, direction, level, " ".join(sentences))

    def _edit(self, raw: RawEdit, unit: str) -> Edit:
        return Edit(
            unit=unit,
            pointer=raw.at.key,
            kind=raw.kind,
            before=_ordered(raw.before),
            after=_ordered(raw.after),
            old=_location(self.comparison.old.document.files, raw.at.old),
            new=_location(self.comparison.new.document.files, raw.at.new),
            subject=raw.subject,
        )


def _row(kind: Kind, direction: Direction, guards: tuple[str, ...]) -> Rule:
    for guard in guards:
        row = kind.rows.get((direction, guard))
        if row is not None:
            return row
    return kind.rows[direction, ""]


def _urgent(verdicts: tuple[Verdict, ...]) -> bool:
    return any(verdict.level >= Level.WARNING for verdict in verdicts)


def _location(files: Any, where: str) -> Location:
    number, _, pointer = where.partition("#")
    return Location(files[int(number)].name, pointer)


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    edit = finding.edit
    return (-finding.level, edit.unit, edit.pointer, edit.kind, finding.fingerprint)


def fingerprint(kind: str, unit: str, pointer: str) -> str:
    """Return what identifies an edit however it is worded and wherever it reaches."""
    text = f"{kind}\0{unit}\0{pointer}".encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=8).hexdigest()


def _ordered(value: Any) -> Any:
    """Return a value with sorted keys, so that their order in the file does not show."""
    if is_object(value):
        return {key: _ordered(value[key]) for key in sorted(value, key=str)}
    return [_ordered(item) for item in value] if is_array(value) else value


def _message(kind: Kind, edit: Edit) -> str:
    text = kind.message
    for name, value in (
        ("subject", edit.subject),
        ("before", _shown(edit.before)),
        ("after", _shown(edit.after)),
    ):
        text = text.replace("{" + name + "}", value)
    where = f"{edit.unit} {edit.pointer}" if edit.pointer else edit.unit
    return f"{where}: {text}"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class _Reach:
    """Returns which operations an edit reaches; equal sets are one tuple."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._pairs = comparison.operations
        self.bundle = not (comparison.old.operations or comparison.new.operations)
        self._groups = _by_bit(comparison)
        self._lists: dict[tuple[tuple[Group, int], ...], tuple[OperationRef, ...]] = {}
        self._refs: dict[tuple[int, Direction], OperationRef] = {}
        self._shared: dict[tuple[int | str, int], tuple[int, tuple[OperationRef, ...]]] = {}
        self._own = {one.name: (number,) for number, (one, _) in enumerate(self._pairs)}
        self._single = {
            item.name: item
            for pair in comparison.pairs.operations
            for item in pair
            if item is not None and None in pair
        }

    def of(self, raw: RawEdit) -> tuple[int, tuple[OperationRef, ...]]:
        """Return the directions in which an edit is reached, and by which operations."""
        wanted = raw.at.mask | raw.at.muted
        unit = raw.unit if isinstance(raw.unit, str) else self._comparison.bit(raw)
        key = (unit, wanted)
        known = self._shared.get(key)
        if known is None:
            known = self._find(unit, wanted)
            self._shared[key] = known
        return known

    def _find(self, unit: int | str, wanted: int) -> tuple[int, tuple[OperationRef, ...]]:
        if isinstance(unit, str) and unit in self._single:
            return wanted, self._listed(((self._single[unit], wanted),))
        if isinstance(unit, str):
            return wanted, self._of_numbers(self._reach(unit, wanted))
        groups = self._groups.get(unit, ())
        # What a component shows as received may be reached with errors only.
        allowed = wanted | (ERROR if wanted & RECEIVED else 0)
        reached = tuple((group, mask & allowed) for group, mask in groups if mask & allowed)
        total = 0
        for _, mask in reached:
            total |= mask
        if reached not in self._lists:
            numbers = [(number, mask) for group, mask in reached for number in group]
            self._lists[reached] = self._of_numbers(sorted(numbers))
        return total, self._lists[reached]

    def _reach(self, unit: str, wanted: int) -> list[tuple[int, int]]:
        if unit in self._own:
            return [(number, wanted) for number in self._own[unit]]
        if unit == "servers":
            return [(n, SENT) for n, pair in enumerate(self._pairs) if _inherits_servers(pair)]
        if unit == "security":
            return [(n, SENT) for n, pair in enumerate(self._pairs) if _inherits_security(pair)]
        return []

    def _of_numbers(self, reached: list[tuple[int, int]]) -> tuple[OperationRef, ...]:
        return self._listed((self._pairs[number][1], mask) for number, mask in reached)

    def _listed(self, reached: Iterable[tuple[Operation, int]]) -> tuple[OperationRef, ...]:
        return tuple(
            self._ref(operation, direction)
            for operation, mask in reached
            for bits, direction in _DIRECTIONS
            if mask & bits
        )

    def _ref(self, operation: Operation, direction: Direction) -> OperationRef:
        key = (id(operation), direction)
        ref = self._refs.get(key)
        if ref is None:
            ref = OperationRef(
                operation.method,
                operation.path,
                operation.operation_id,
                direction,
                operation.kind,
            )
            self._refs[key] = ref
        return ref


def _by_bit(comparison: Comparison) -> dict[int, list[tuple[Group, int]]]:
    """Return for each bit the groups of operations that reach it, with the directions.

    Operations that reach just the same are one group, however many there are.
    """
    alike: dict[tuple[int, int, int], list[int]] = {}
    for number, bits in enumerate(comparison.bits):
        alike.setdefault(bits, []).append(number)
    found: dict[int, list[tuple[Group, int]]] = {}
    for (sent, received, error), numbers in alike.items():
        group = tuple(numbers)
        rest = sent | received | error
        while rest:
            bit = rest & -rest
            rest ^= bit
            mask = (SENT if sent & bit else 0) | (RECEIVED if received & bit else 0)
            mask |= ERROR if error & bit else 0
            found.setdefault(bit.bit_length() - 1, []).append((group, mask))
    return found


def _inherits_servers(pair: tuple[Operation, Operation]) -> bool:
    return all(own_servers(item) is None for item in pair)


def _inherits_security(pair: tuple[Operation, Operation]) -> bool:
    return all("security" not in item.node for item in pair)
