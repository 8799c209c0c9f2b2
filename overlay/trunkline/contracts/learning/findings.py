"""What counts of answers say that the contract does not.

After n answers without an exception, the exception's rate may still be 3/n (95 %): what loosens a
contract follows from few sightings, what tightens it hardly ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.contract import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline._shapes.counts import Counts
    from trunkline._shapes.schemas import ObjectSchema, OperationSchema, PlaceSchema, Schemas

__all__ = ["Evidence", "Finding", "Kind", "findings"]

#: Answers that a deviation of a documented field or an undocumented status takes.
_DEVIATIONS: Final = 2
#: Answers that a new name takes: a field, an enum value, another list.
_NAMES: Final = 3
#: What a tightening takes.
_OBJECTS, _ANSWERS, _TEXTS = 1_000, 20, 50
_GATEWAY: Final = 500
#: Changes how a value is decoded, or is no format of OpenAPI: told, never written.
_UNWRITTEN: Final = frozenset({"date-time", "decimal", "e164"})


class Kind(StrEnum):
    """What a finding is about; the first nine loosen the contract."""

    FIELD = "undocumented field"
    ABSENT = "required field absent"
    NULL = "null where none is allowed"
    TYPE = "another type"
    STATUS = "undocumented status"
    VALUE = "new enum value"
    LIST = "list under another name"
    MAP = "keys that are data"
    REQUIRED = "optional field always there"
    NARROWER = "type never seen"
    FORMAT = "format of every text"
    UNSEEN = "documented field never seen"


_TIGHTENING: Final = frozenset({Kind.REQUIRED, Kind.NARROWER, Kind.FORMAT, Kind.UNSEEN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often something was seen.

    Attributes:
        answers: in how many answers.
        objects: how many objects of its kind were seen in all.
        count: how many of them showed it.
        first: the first day, such as ``2026-11-28``.
        last: the last day.
        operations: the operations whose answers showed it.
        of: all operations whose answers had objects of the kind.
        sampled: whether only a part of the answers was looked at.
    """

    answers: int
    objects: int
    count: int
    first: str
    last: str
    operations: tuple[str, ...]
    of: tuple[str, ...]
    sampled: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the counts say and the contract does not.

    Attributes:
        kind: what it is about.
        pointer: the schema, or the operation for a status.
        name: the field, status or value; empty for what has none.
        types: JSON types that were seen, for a field or a type.
        detail: a format, the former name of a list, or the documented status that it is like.
        evidence: how often.
    """

    kind: Kind
    pointer: str
    name: str
    evidence: Evidence
    types: tuple[str, ...] = ()
    detail: str = ""

    @property
    def loosens(self) -> bool:
        """Whether answers as they come break the contract as it is."""
        return self.kind not in _TIGHTENING

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies it."""
        return self.kind.value, self.pointer, self.name


def findings(
    schemas: Schemas, counts: Counts, *, credentials: int = 1, eager: bool = False
) -> list[Finding]:
    """Return everything that counts say of a contract, in the order of its parts.

    Args:
        schemas: the contract.
        counts: those of one contract, added up.
        credentials: how many keys were in use, 2 for more than one.
        eager: whether one sighting of a deviation is enough.
    """
    reader = _Reader(schemas, counts, credentials, eager=eager)
    return [*reader.objects(), *reader.places(), *reader.statuses()]


class _Reader:
    def __init__(self, schemas: Schemas, counts: Counts, credentials: int, *, eager: bool) -> None:
        self._schemas, self._counts = schemas, counts
        self._credentials = credentials
        self._deviations = 1 if eager else _DEVIATIONS
        operations = counts.get("operations", {}).values()
        self._sampled = any(each["answers"] > WHOLE for each in operations)

    def objects(self) -> Iterator[Finding]:
        for pointer, node in self._counts.get("objects", {}).items():
            kinds = self._schemas.place(pointer).objects
            schema = next((kind for kind in kinds if kind.pointer == pointer), None)
            if schema is not None:
                yield from self._object(schema, node)

    def _object(self, schema: ObjectSchema, node: Counts) -> Iterator[Finding]:
        if node.get("map") and not schema.is_map:
            yield Finding(Kind.MAP, schema.pointer, "", self._evidence(node, node))
        for name, values in node.get("unknown", {}).items():
            seen = values["seen"]["unknown"]
            if name not in schema.properties and not schema.is_map and _is_new_name(seen):
                types = _json_types(values["types"], nullable=seen["objects"] < _TEXTS)
                evidence = self._evidence(seen, node)
                yield Finding(Kind.FIELD, schema.pointer, name, evidence, types)
        for name, values in node.get("fields", {}).items():
            if name in schema.properties:
                place = self._schemas.place(schema.properties[name])
                absent = values.get("seen", {}).get("absent")
                if name in schema.required and absent and absent["answers"] >= self._deviations:
                    yield Finding(Kind.ABSENT, schema.pointer, name, self._evidence(absent, node))
                yield from self._values(place, values, node)
                yield from self._tighter(schema, name, place, values, node)

    def places(self) -> Iterator[Finding]:
        for pointer, values in self._counts.get("places", {}).items():
            if self._schemas.at(pointer):
                node: Counts = {"objects": sum(values.get("types", {}).values()), "operations": {}}
                yield from self._values(self._schemas.place(pointer), values, node)

    def _values(self, place: PlaceSchema, values: Counts, node: Counts) -> Iterator[Finding]:
        seen: Mapping[str, Counts] = values.get("seen", {})
        other = {
            name.removeprefix("type:"): each
            for name, each in seen.items()
            if name.startswith("type:")
            and not _allows(place, name.removeprefix("type:"))
            and each["answers"] >= self._deviations
        }
        if other:
            kind = Kind.NULL if other.keys() == {"null"} else Kind.TYPE
            most = max(other.values(), key=lambda each: int(each["answers"]))
            types = _json_types(other, nullable=False)
            yield Finding(kind, place.pointer, "", self._evidence(most, node), types)
        for name, each in seen.items():
            what, _, text = name.partition(":")
            if each["answers"] < _NAMES or what not in {"value", "list"}:
                continue
            if what == "value" and place.enum is not None and text not in place.enum:
                yield Finding(Kind.VALUE, place.pointer, text, self._evidence(each, node))
            if what == "list" and (former := self._former_list(place, text)):
                evidence = self._evidence(each, node)
                yield Finding(Kind.LIST, place.pointer, text, evidence, detail=former)

    def _former_list(self, place: PlaceSchema, name: str) -> str:
        """Return the only required list of what stands at a place; empty if ``name`` is known."""
        for kind in place.objects[:1]:
            lists = (
                each
                for each in kind.required & kind.properties.keys()
                if "array" in (self._schemas.place(kind.properties[each]).types or ())
            )
            return "" if name in kind.properties else next(lists, "")
        return ""

    def _tighter(
        self, schema: ObjectSchema, name: str, place: PlaceSchema, values: Counts, node: Counts
    ) -> Iterator[Finding]:
        days = self._credentials > 1 or node["first"] != node["last"]
        if node["objects"] < _OBJECTS or node["answers"] < _ANSWERS or not days:
            return
        evidence = self._evidence(node, node)
        types = values.get("types", {})
        present = sum(types.values())
        if not present:
            yield Finding(Kind.UNSEEN, schema.pointer, name, evidence)
            return
        if name not in schema.required and not values.get("absent"):
            yield Finding(Kind.REQUIRED, schema.pointer, name, evidence)
        seen = _json_types(types, nullable=False)
        if place.types is not None and set(seen) < place.types and present >= _OBJECTS:
            yield Finding(Kind.NARROWER, place.pointer, "", evidence, seen)
        strings = values.get("strings", 0)
        for form, count in values.get("formats", {}).items():
            if count == strings >= _TEXTS and not place.has_format:
                yield Finding(Kind.FORMAT, place.pointer, "", evidence, detail=form)

    def statuses(self) -> Iterator[Finding]:
        for each in self._schemas.operations():
            counted = self._counts.get("operations", {}).get(each.operation_id, {})
            for status, seen in counted.get("statuses", {}).items():
                if each.documented(int(status)) is None:
                    yield from self._status(each, status, seen)

    def _status(self, operation: OperationSchema, status: str, seen: Counts) -> Iterator[Finding]:
        bodies: Mapping[str, int] = seen.get("bodies", {})
        from_gateway = int(status) >= _GATEWAY and not bodies.get("json")
        if seen.get("answers", 0) < self._deviations or from_gateway:
            return
        like = (code for code, count in seen["like"].items() if count == bodies.get("json"))
        yield Finding(
            Kind.STATUS,
            operation.pointer,
            status,
            self._evidence(seen, {"objects": seen["count"], "operations": seen["operations"]}),
            detail=next(like, ""),
        )

    def _evidence(self, seen: Counts, node: Counts) -> Evidence:
        return Evidence(
            answers=seen["answers"],
            objects=node["objects"],
            count=seen["objects"],
            first=seen["first"],
            last=seen["last"],
            operations=tuple(sorted(seen["operations"])),
            of=tuple(sorted(node["operations"])),
            sampled=self._sampled,
        )


def _is_new_name(seen: Counts) -> bool:
    several = seen["minutes"] != "1" or seen["first"] != seen["last"]
    return bool(several and seen["answers"] >= _NAMES)


def _allows(place: PlaceSchema, kind: str) -> bool:
    types = place.types
    if types is None or kind in types:
        return True
    return "number" in types and kind in {"integer", "float", "integral-float"}


def _json_types(seen: Mapping[str, Any], *, nullable: bool) -> tuple[str, ...]:
    """Return the contract's names of types that were seen, null at the end."""
    names = {"number" if "float" in kind else kind for kind in seen if kind != "other"}
    if "number" in names:
        names.discard("integer")
    null = ["null"] if nullable or "null" in names else []
    return (*sorted(names - {"null"}), *null)
