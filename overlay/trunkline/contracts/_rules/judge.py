"""Turn edits into findings: the operations reached, the rows that apply, and the message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._comparing.lifecycle import sunset_date
from trunkline.contracts._comparing.walk import ERROR, RawEdit
from trunkline.contracts.model import (
    Direction,
    Edit,
    Finding,
    Level,
    Location,
    Verdict,
)

from .reach import DIRECTIONS, Reach
from .table import Kind, Rule, Table, overridden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.contracts._comparing.engine import Comparison

_SHOWN: Final = 60


@dataclass(slots=True, eq=False)
class Judge:
    """Applies the level table to the edits of one comparison."""

    comparison: Comparison
    table: Table
    overrides: Mapping[str, Level]
    today: date

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each edit, most urgent first."""
        reach = Reach(self.comparison)
        found = [self._finding(edit, reach) for edit in self.comparison.edits]
        return tuple(sorted(found, key=_order))

    def _finding(self, raw: RawEdit, reach: Reach) -> Finding:
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
        for bits, direction in DIRECTIONS:
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
        ways = [way for bits, way in DIRECTIONS if wanted & bits] or [Direction.SENT]
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
    """Return an id of an edit that depends on neither its wording nor what it reaches."""
    text = f"{kind}\0{unit}\0{pointer}".encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=8).hexdigest()


def _ordered(value: Any) -> Any:
    """Return a value with sorted keys, so that their order in the file has no effect."""
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
