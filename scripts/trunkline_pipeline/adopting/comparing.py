"""Compare two documents.

The semantic diff pairs operations and schemas; a field is paired by its location and name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts import ContractError, diff, load
from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.errors import PipelineError

from .changes import ALIKE, Changes, FieldChange, Kind, OperationChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts import Report
    from trunkline_pipeline.checks.contract.operations import Field, Operation

    from .changes import Document, Key


def compared(package: str, old: Document, new: Document) -> Changes:
    """Compare two patched documents.

    Raises:
        PipelineError: one of them cannot be compared, such as with an unresolved reference.
    """
    try:
        report = diff(load(dict(old), name="the old document"), load(dict(new), name="the new one"))
    except ContractError as error:
        raise PipelineError(str(error)) from error
    pairs = () if report.comparison is None else report.comparison.pairs.operations
    known = [_by_route(package, document) for document in (old, new)]
    operations: list[OperationChange] = []
    for first, second in pairs:
        before, after = _route(first, known[0]), _route(second, known[1])
        if before is None and after is None:
            continue  # a webhook
        change = OperationChange(before, after, tuple(_fields(before, after)))
        if change.fields or change.renamed or str(before) != str(after):
            operations.append(change)
    return Changes(package, old, new, report, tuple(operations), dict(_schemas(report)))


def _by_route(package: str, document: Document) -> dict[tuple[str, str], Operation]:
    """Return each operation with the first variant of its body."""
    found: dict[tuple[str, str], Operation] = {}
    for each in contract_operations(package, document):
        found.setdefault((each.method, each.path), each)
    return found


def _route(unit: Any, known: dict[tuple[str, str], Operation]) -> Operation | None:
    if unit is None or unit.kind != "path":
        return None
    return known.get((unit.method.lower(), unit.path))


def _fields(old: Operation | None, new: Operation | None) -> Iterator[FieldChange]:
    if old is None or new is None:
        return
    before, after = ({(f.location, f.name): f for f in each.fields} for each in (old, new))
    renamed, kept = dict(_renamed(before, after)), dict(_kept(old, new, before, after))
    for key, found in before.items():
        if key in kept:
            yield FieldChange(Kind.KEPT, after[kept[key]], found)
            continue
        if key in renamed:
            yield FieldChange(Kind.RENAMED, after[renamed[key]], found)
            continue
        if key not in after:
            yield FieldChange(Kind.REMOVED, found)
            continue
        now = after[key]
        if found.required != now.required:
            yield FieldChange(Kind.REQUIRED if now.required else Kind.OPTIONAL, now)
        if _shape(found) != _shape(now):
            yield FieldChange(Kind.OTHER, now, found)
    for key, found in after.items():
        if key not in {*before, *renamed.values(), *kept.values()}:
            yield FieldChange(Kind.ADDED, found)


def _renamed(before: Mapping[Key, Field], after: Mapping[Key, Field]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of a removed optional field and the one that replaces it.

    Their names or descriptions are alike, or they are of the same type and in the same position.
    """
    gone, come = [k for k in before if k not in after], [k for k in after if k not in before]
    for old in list(gone):
        alike = (k for k in come if _fits(old, k, before, after) and _alike(before[old], after[k]))
        if new := next(alike, None):
            yield old, new
            gone.remove(old)
            come.remove(new)
    if len(gone) == len(come) == 1:
        (old,), (new,) = gone, come
        same = _position(old, before) == _position(new, after)
        if same and _fits(old, new, before, after):
            yield old, new


def _kept(
    old: Operation, new: Operation, before: Mapping[Key, Field], after: Mapping[Key, Field]
) -> Iterator[tuple[Key, Key]]:
    """Yield renamed required fields: by position in the path, or if it is the only one."""
    parameters = [re.findall(r"\{(.+?)\}", each.path) for each in (old, new)]
    pairs = [(("path", one), ("path", other)) for one, other in zip(*parameters, strict=False)]
    gone = [k for k, f in before.items() if k not in after and f.required and k[0] != "path"]
    come = [k for k, f in after.items() if k not in before and f.required and k[0] != "path"]
    pairs += zip(gone, come, strict=True) if len(gone) == len(come) == 1 else []
    for one, other in pairs:
        known = one in before and other in after and one not in after
        if known and one[0] == other[0] and _shape(before[one]) == _shape(after[other]):
            yield one, other


def _fits(old: Key, new: Key, before: Mapping[Key, Field], after: Mapping[Key, Field]) -> bool:
    one, other = before[old], after[new]
    return old[0] == new[0] and _shape(one) == _shape(other) and not one.required | other.required


def _alike(one: Field, other: Field) -> bool:
    said = one.schema.get("description")
    same = said is not None and said == other.schema.get("description")
    return same or FieldChange(Kind.RENAMED, other, one).likeness >= ALIKE


def _position(key: Key, fields: Mapping[Key, Field]) -> int:
    return [each for each in fields if each[0] == key[0]].index(key)


#: The keywords that determine how a value is passed and checked.
_DECISIVE: Final = ("type", "format", "enum", "pattern", "minimum", "maximum", "const", "items")


def _shape(field: Field) -> object:
    return {key: field.schema[key] for key in _DECISIVE if key in field.schema}


def _schemas(report: Report) -> Iterator[tuple[str, str]]:
    if report.comparison is None:
        return
    for old, new in report.comparison.pairs.components:
        if old is not None and new is not None and old.section == "schemas":
            names = _class_of(old), _class_of(new)
            if names[0] != names[1]:
                yield names


def _class_of(component: Any) -> str:
    return class_name(component.key.rpartition("/")[2])
