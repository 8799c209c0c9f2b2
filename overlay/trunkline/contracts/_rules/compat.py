"""The same changes as rule ids of the most complete existing tool, one line per location.

`compat.json` holds every rule of that tool with the kinds of edits that correspond to it, or the
reason why there is none.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from trunkline.contracts.model import OperationKind

from .contexts import Context, Contexts, is_nested
from .guards import MOVED, guards
from .judge import fingerprint

if TYPE_CHECKING:
    from trunkline.contracts._comparing.engine import Comparison
    from trunkline.contracts._comparing.walk import RawEdit
    from trunkline.contracts._graph.units import Operation
    from trunkline.contracts.model import Report

_Index = dict[tuple[str, str, str], dict[str, list[str]]]


class Mapping(NamedTuple):
    """One rule of the other tool.

    Attributes:
        id: its name there.
        level: error, warning or info.
        ours: kinds of edits, with the context and guard under which they match this rule.
        reason: why there is no such edit; empty if there is one.
    """

    id: str
    level: str
    ours: tuple[dict[str, str], ...]
    reason: str


@cache
def mappings() -> tuple[Mapping, ...]:
    """Return every rule of the other tool with its counterpart, or the reason there is none."""
    with open(os.path.join(os.path.dirname(__file__), "compat.json"), "rb") as file:
        data: list[dict[str, Any]] = json.load(file)
    return tuple(
        Mapping(item["id"], item["level"], tuple(item.get("ours", ())), item.get("reason", ""))
        for item in data
    )


@cache
def _index() -> _Index:
    found: _Index = {}
    for mapping in mappings():
        for ours in mapping.ours:
            key = (ours["edit"], ours["role"], ours["where"])
            found.setdefault(key, {}).setdefault(ours["guard"], []).append(mapping.id)
    return found


@cache
def _levels() -> dict[str, str]:
    return {mapping.id: mapping.level for mapping in mappings()}


def compat_ids(report: Report) -> list[dict[str, str]]:
    """Return what the other tool would report, sorted by path, method and id.

    Each item has `id` and `level` (error, warning or info) of that tool, and `operation` (method)
    and `path`, both empty for changes of the whole document. A change of a shared component is
    listed for every location in every operation that reaches it, as that tool does.
    """
    comparison: Comparison | None = report.comparison
    if comparison is None:
        return []
    wanted = {
        finding.fingerprint: tuple(verdict.key for verdict in finding.verdicts)
        for finding in report.findings
    }
    writer = _Writer(comparison)
    for raw in comparison.edits:
        unit = comparison.unit_name(raw)
        keys = wanted.get(fingerprint(raw.kind, unit, raw.at.key))
        if keys is not None:
            writer.add(raw, keys)
    return writer.sorted()


class _Writer:
    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._contexts = Contexts(comparison)
        self._units = {
            item.name: (one or two, two or one)
            for one, two in comparison.pairs.operations
            for item in (one or two,)
            if item is not None
        }
        self._found: dict[tuple[str, str, str, str], None] = {}

    def sorted(self) -> list[dict[str, str]]:
        lines = sorted(self._found)
        return [
            {"id": name, "level": _levels()[name], "operation": method, "path": path}
            for path, method, name, _ in lines
        ]

    def add(self, raw: RawEdit, keys: tuple[str, ...]) -> None:
        if isinstance(raw.unit, int):
            self._component(raw, keys, raw.unit)
        elif raw.unit in self._units:
            old, new = self._units[raw.unit]
            for operation in (old, new) if raw.kind in MOVED else (new or old,):
                if operation is not None and operation.kind is not OperationKind.CALLBACK:
                    context = self._contexts.of_pointer(raw.at.key, operation)
                    self._write(raw, keys, context, operation)
        else:
            self._write(raw, keys, Context("document", "", ""), None)

    def _component(self, raw: RawEdit, keys: tuple[str, ...], number: int) -> None:
        one, two = self._comparison.pairs.components[number]
        component = two or one
        if component is None:
            return
        if component.section == "securitySchemes" or None in (one, two):
            self._write(raw, keys, Context("document", "", component.key), None)
            return
        for operation, context in self._contexts.of_component(number, component):
            if operation.kind is not OperationKind.CALLBACK:
                inner = self._contexts.inside(context, component.section, raw.at.key)
                self._write(raw, keys, inner, operation)

    def _write(
        self, raw: RawEdit, keys: tuple[str, ...], context: Context, operation: Operation | None
    ) -> None:
        where = self._where(raw, context)
        rows = _index().get((raw.kind, context.role, where))
        if rows is None:
            return
        for guard in guards(self._comparison, raw, keys, context, operation):
            if guard in rows:
                method, path = (operation.method, operation.path) if operation else ("", "")
                for name in rows[guard]:
                    self._found[path, method, name, f"{context.label} {raw.at.key}"] = None
                return

    def _where(self, raw: RawEdit, context: Context) -> str:
        if context.where in {"", "header"}:
            return context.where
        is_member = raw.kind.startswith("property-") and not raw.kind.startswith("property-names-")
        if not (is_member or context.nested or is_nested(raw.kind, context.inside)):
            return context.where
        if context.where == "body":
            return "property"
        in_header = (raw.kind, context.role, "header-property") in _index()
        is_header = context.label.startswith("header:")
        return "header-property" if is_header and in_header else "parameter-property"
