"""Findings as actions of an Overlay 1.0 document.

A JSONPath does not follow references, so every target is the schema itself. An action may be taken
once only: what stands there already is removed before it is written anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object

from .findings import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._shapes.schemas import Schemas

__all__ = ["actions", "sentence"]

Action = dict[str, Any]

_PLAIN: Final = re.compile(r"[A-Za-z]+", re.ASCII)
#: What constrains a value of one type only by way of its text or size.
_BOUNDS: Final = (
    *("format", "enum", "pattern", "minLength", "maxLength", "multipleOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
)
_LISTS: Final = frozenset({"anyOf", "oneOf", "allOf"})
_NAMED: Final = frozenset({"schemas", "properties", "paths", "responses", "content"})
_EVIDENCE: Final = {"x-evidence": ["observed"]}


def actions(finding: Finding, schemas: Schemas) -> list[Action]:
    """Return the actions for a finding; none for one that is only told.

    Args:
        finding: what is to be written.
        schemas: the document that the actions will be applied to.
    """
    plain = _ACTIONS.get(finding.kind, _none)(finding, schemas)
    return [{**each, **_marks(finding)} for each in plain]


def sentence(finding: Finding) -> str:
    """Return what was seen, and how often."""
    seen = finding.evidence
    named = [_place(finding.pointer), *([finding.name] if finding.name else [])]
    types = f" ({', '.join(finding.types)})" if finding.types else ""
    detail = f" ({finding.detail})" if finding.detail else ""
    part = f", of {len(seen.operations)} of {len(seen.of)} operations" if len(seen.of) > 1 else ""
    days = f"on {seen.first}" if seen.first == seen.last else f"from {seen.first} to {seen.last}"
    count = "1 answer" if seen.answers == 1 else f"{seen.answers} answers"
    return f"{' '.join(named)}: {finding.kind.value}{types}{detail}, in {count}{part} {days}."


def _place(pointer: str) -> str:
    """Return a schema as people name it: ``Call.status``, or the pointer of one without a name."""
    name = pointer.removeprefix("#/components/schemas/")
    return _unescaped(name.replace("/properties/", ".")) if name != pointer else pointer


def _marks(finding: Finding) -> Action:
    seen = finding.evidence
    observed = {
        "answers": seen.answers,
        "objects": seen.objects,
        "count": seen.count,
        "first": seen.first,
        "last": seen.last,
        "operations": list(seen.operations),
        "sampled": seen.sampled,
    }
    return {"description": sentence(finding), **_EVIDENCE, "x-observed": observed}


def _none(_finding: Finding, _schemas: Schemas) -> list[Action]:
    return []


def _field(finding: Finding, schemas: Schemas) -> list[Action]:
    schema = {**_of_types(finding.types, schemas), **_EVIDENCE}
    fields = {finding.name: schema}
    if is_object(schemas.at(finding.pointer).get("properties")):
        return [_update(f"{finding.pointer}/properties", fields)]
    return [_update(finding.pointer, {"properties": fields})]


def _absent(finding: Finding, schemas: Schemas) -> list[Action]:
    owner = _owner_of_required(finding, schemas)
    rest = [name for name in schemas.at(owner)["required"] if name != finding.name]
    removed = _remove(f"{owner}/required")
    return [removed, _update(owner, {"required": rest})] if rest else [removed]


def _owner_of_required(finding: Finding, schemas: Schemas) -> str:
    """Return the schema that requires a field: a part of an ``allOf`` may."""
    node = schemas.at(finding.pointer)
    if finding.name in node.get("required", ()):
        return finding.pointer
    parts = (f"{finding.pointer}/allOf/{n}" for n in range(len(node.get("allOf", ()))))
    found = (schemas.resolve(part)[0] for part in parts)
    return next(at for at in found if finding.name in schemas.at(at).get("required", ()))


def _null(finding: Finding, schemas: Schemas) -> list[Action]:
    return _type(finding, schemas)


def _type(finding: Finding, schemas: Schemas) -> list[Action]:
    """Widen the schema as it is written at a place."""
    pointer, node = finding.pointer, schemas.at(finding.pointer)
    if _is_first(schemas) and finding.types == ("null",) and "$ref" not in node:
        return [_update(pointer, {"nullable": True})]
    for keyword in ("anyOf", "oneOf"):
        if is_array(node.get(keyword)):
            return [_update(pointer, {keyword: _branches(finding.types, schemas)})]
    given = node.get("type")
    old = [given] if isinstance(given, str) else given
    simple = is_array(old) and not {"object", "array"} & {*finding.types} and not _is_first(schemas)
    listed = finding.types == ("null",) and "enum" in node
    if simple and not listed and "$ref" not in node:
        return _widened(pointer, node, list(old), finding.types)
    return _replaced(pointer, {"anyOf": [dict(node), *_branches(finding.types, schemas)]})


def _widened(pointer: str, node: Any, old: list[str], new: tuple[str, ...]) -> list[Action]:
    if new == ("null",):
        types = [*old, "null"] if isinstance(node["type"], str) else ["null"]
        return [_update(pointer, {"type": types})]
    kept = [each for each in old if not (each == "integer" and "number" in new)]
    return _retyped(pointer, node, [*kept, *(each for each in new if each not in kept)])


def _retyped(pointer: str, node: Any, types: list[str]) -> list[Action]:
    """Write a schema anew with other types: 1.0 can neither remove nor replace a list's items."""
    kept = {name: value for name, value in node.items() if name not in _BOUNDS}
    return _replaced(pointer, {**kept, "type": types[0] if len(types) == 1 else types})


def _branches(types: tuple[str, ...], schemas: Schemas) -> list[Any]:
    return [_of_types((each,), schemas) for each in types]


def _of_types(types: tuple[str, ...], schemas: Schemas) -> Any:
    """Return a schema that allows these types and says nothing else."""
    items: dict[str, Any] = {"items": {}} if "array" in types else {}
    if not _is_first(schemas):
        return {"type": types[0] if len(types) == 1 else list(types), **items}
    named = [each for each in types if each != "null"]
    null = {"nullable": True} if "null" in types else {}
    if len(named) < 2:
        return {**({"type": named[0]} if named else {}), **items, **null}
    return {"anyOf": [_of_types((each,), schemas) for each in named], **null}


def _value(finding: Finding, schemas: Schemas) -> list[Action]:
    listed = [at for at, each in schemas.leaves(finding.pointer) if is_array(each.get("enum"))]
    return [_update(f"{listed[-1]}/enum", finding.name)]


def _status(finding: Finding, schemas: Schemas) -> list[Action]:
    like: Any = {}
    if finding.detail:
        like = schemas.at(f"{finding.pointer}/responses/{finding.detail}")
    response: dict[str, Any] = {
        "description": "Seen in answers; the contract did not have it.",
        **_EVIDENCE,
    }
    if "$ref" in like:
        response = dict(like)
    elif "content" in like:
        response["content"] = like["content"]
    return [_update(f"{finding.pointer}/responses", {finding.name: response})]


def _list(finding: Finding, schemas: Schemas) -> list[Action]:
    """Rename the list, in its schema and among the required fields."""
    at = schemas.place(finding.pointer).objects[0].pointer
    node, old = schemas.at(at), finding.detail
    names = [finding.name if name == old else name for name in node.get("required", ())]
    return [
        _remove(f"{at}/properties/{old}"),
        _update(f"{at}/properties", {finding.name: node["properties"][old]}),
        _remove(f"{at}/required"),
        _update(at, {"required": names}),
    ]


def _map(finding: Finding, _schemas: Schemas) -> list[Action]:
    return [_update(finding.pointer, {"additionalProperties": {}})]


def _required(finding: Finding, schemas: Schemas) -> list[Action]:
    names = [*schemas.at(finding.pointer).get("required", ())]
    removed = [_remove(f"{finding.pointer}/required")] if names else []
    return [*removed, _update(finding.pointer, {"required": [*names, finding.name]})]


def _narrower(finding: Finding, schemas: Schemas) -> list[Action]:
    node = schemas.at(finding.pointer)
    if not (is_array(node.get("type")) or isinstance(node.get("type"), str)):
        return []  # alternatives are for a person to choose from
    return _retyped(finding.pointer, node, list(finding.types))


def _format(finding: Finding, schemas: Schemas) -> list[Action]:
    inline = "string" in str(schemas.at(finding.pointer).get("type", ""))
    written = inline and finding.detail in {"uuid", "date", "uri"}
    return [_update(finding.pointer, {"format": finding.detail})] if written else []


_ACTIONS: Final[dict[Kind, Callable[[Finding, Schemas], list[Action]]]] = {
    Kind.FIELD: _field,
    Kind.ABSENT: _absent,
    Kind.NULL: _null,
    Kind.TYPE: _type,
    Kind.VALUE: _value,
    Kind.STATUS: _status,
    Kind.LIST: _list,
    Kind.MAP: _map,
    Kind.REQUIRED: _required,
    Kind.NARROWER: _narrower,
    Kind.FORMAT: _format,
}


def _update(pointer: str, value: Any) -> Action:
    return {"target": _path(pointer), "update": value}


def _remove(pointer: str) -> Action:
    return {"target": _path(pointer), "remove": True}


def _replaced(pointer: str, schema: Any) -> list[Action]:
    """Write a schema anew: what is merged into a reference would stand beside it."""
    parent, _, key = pointer.rpartition("/")
    return [_remove(pointer), _update(parent, {_unescaped(key): schema})]


def _path(pointer: str) -> str:
    parts = pointer.removeprefix("#").split("/")
    return "$" + "".join(map(_segment, parts, parts[1:]))


def _segment(before: str, part: str) -> str:
    """Return a part of a JSONPath; names that the document's author chose are always quoted."""
    key = _unescaped(part)
    if before in _LISTS:
        return f"[{key}]"
    if before not in _NAMED and _PLAIN.fullmatch(key):
        return f".{key}"
    quoted = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def _is_first(schemas: Schemas) -> bool:
    return str(schemas.document.get("openapi", "")).startswith("3.0")
