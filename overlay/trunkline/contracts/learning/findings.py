"""Find differences between counted responses and the contract.

After n responses without an exception, the exception's rate may still be 3/n (95 %). So a few
sightings are enough to loosen a contract, but hardly any number is enough to tighten it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.contract import WHOLE
from trunkline._shapes.counts import merge, total

from .finding import Evidence, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline._shapes.counts import Counts
    from trunkline._shapes.schemas import ObjectSchema, OperationSchema, PlaceSchema, Schemas

__all__ = ["findings"]

#: Responses needed for a deviation of a documented field or an undocumented status.
_DEVIATIONS: Final = 2
#: Responses needed for a new name: a field, an enum value, another list.
_NAMES: Final = 3
#: The minimum numbers of objects, responses and texts for a tightening.
_OBJECTS, _ANSWERS, _TEXTS = 1_000, 20, 50
_GATEWAY: Final = 500
_NO_OBJECTS: Final = {"objects": 0, "operations": dict[str, int]()}


def findings(
    schemas: Schemas, counts: Counts, *, credentials: int = 1, eager: bool = False
) -> list[Finding]:
    """Return all findings about a contract from counts, in the order of its parts.

    Args:
        schemas: the contract.
        counts: the counts of one contract, added up.
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
                location = self._schemas.place(schema.properties[name])
                absent = values.get("seen", {}).get("absent")
                if name in schema.required and absent and absent["answers"] >= self._deviations:
                    yield Finding(Kind.ABSENT, schema.pointer, name, self._evidence(absent, node))
                yield from self._values(location, values, node)
                yield from self._tighter(schema, name, location, values, node)

    def places(self) -> Iterator[Finding]:
        for pointer, values in self._counts.get("places", {}).items():
            if self._schemas.at(pointer):
                node: Counts = {"objects": sum(values.get("types", {}).values()), "operations": {}}
                yield from self._values(self._schemas.place(pointer), values, node)
        yield from self._lists()

    def _lists(self) -> Iterator[Finding]:
        """Yield one finding per kind of object, wherever its list has another name."""
        found: dict[tuple[str, str, str], Counts] = {}
        for pointer, values in self._counts.get("places", {}).items():
            for name, seen in values.get("seen", {}).items():
                new = name.removeprefix("list:")
                for kind in self._schemas.place(pointer).objects[:1] if new != name else ():
                    if former := self._former_list(kind, new):
                        key = kind.pointer, new, former
                        found[key] = merge(found.get(key, {}), seen)
        for (pointer, new, former), seen in found.items():
            if seen["answers"] >= _NAMES:
                evidence = self._evidence(seen, self._counts["objects"].get(pointer, _NO_OBJECTS))
                yield Finding(Kind.LIST, pointer, new, evidence, detail=former)

    def _values(self, location: PlaceSchema, values: Counts, node: Counts) -> Iterator[Finding]:
        seen: Mapping[str, Counts] = values.get("seen", {})
        other = {
            name.removeprefix("type:"): each
            for name, each in seen.items()
            if name.startswith("type:")
            and not _allows(location, name.removeprefix("type:"))
            and each["answers"] >= self._deviations
        }
        if other:
            kind = Kind.NULL if other.keys() == {"null"} else Kind.TYPE
            most = max(other.values(), key=lambda each: int(each["answers"]))
            most = {**most, "operations": total(each["operations"] for each in other.values())}
            types = _json_types(other, nullable=False)
            yield Finding(kind, location.pointer, "", self._evidence(most, node), types)
        for name, each in seen.items():
            what, _, text = name.partition(":")
            if (
                what == "value"
                and each["answers"] >= _NAMES
                and text not in (location.enum or {text})
            ):
                yield Finding(Kind.VALUE, location.pointer, text, self._evidence(each, node))

    def _former_list(self, kind: ObjectSchema, name: str) -> str:
        """Return the only required list of a kind of object; empty if ``name`` is known."""
        lists = (
            each
            for each in kind.required & kind.properties.keys()
            if "array" in (self._schemas.place(kind.properties[each]).types or ())
        )
        return "" if name in kind.properties else next(lists, "")

    def _tighter(
        self, schema: ObjectSchema, name: str, location: PlaceSchema, values: Counts, node: Counts
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
        if location.types is not None and set(seen) < location.types and present >= _OBJECTS:
            yield Finding(Kind.NARROWER, location.pointer, "", evidence, seen)
        strings = values.get("strings", 0)
        for form, count in values.get("formats", {}).items():
            if count == strings >= _TEXTS and not location.has_format:
                yield Finding(Kind.FORMAT, location.pointer, "", evidence, detail=form)

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
            share=_share(seen["operations"], node["operations"]),
        )


def _share(here: Mapping[str, int], everywhere: Mapping[str, int]) -> float:
    looked_at = sum(everywhere.get(name, 0) for name in here)
    return min(1.0, sum(here.values()) / looked_at) if looked_at else 1.0


def _is_new_name(seen: Counts) -> bool:
    several = seen["minutes"] != "1" or seen["first"] != seen["last"]
    return bool(several and seen["answers"] >= _NAMES)


def _allows(location: PlaceSchema, kind: str) -> bool:
    types = location.types
    if types is None or kind in types:
        return True
    return "number" in types and kind in {"integer", "float", "integral-float"}


def _json_types(seen: Mapping[str, Any], *, nullable: bool) -> tuple[str, ...]:
    """Return the contract's names of types that were seen, null last."""
    names = {"number" if "float" in kind else kind for kind in seen if kind != "other"}
    if "number" in names:
        names.discard("integer")
    null = ["null"] if nullable or "null" in names else []
    return (*sorted(names - {"null"}), *null)
