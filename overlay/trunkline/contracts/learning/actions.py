"""Convert findings to actions of an Overlay 1.0 document.

A JSONPath does not follow references, so every target is the schema itself. An action may be
applied only once. Updates merge, so an existing list or schema is removed before it is written
again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object

from .finding import Finding, Kind
from .targets import EVIDENCE, remove, replaced, unescaped, update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trunkline._shapes.schemas import Schemas

    from .targets import Action

__all__ = ["actions", "sentence", "targets_of"]


#: Keywords that constrain only the text or size of a value of one type.
_BOUNDS: Final = (
    *("format", "enum", "const", "pattern", "minLength", "maxLength", "multipleOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
)


def actions(finding: Finding, schemas: Schemas) -> list[Action]:
    """Return the actions for a finding; none for one that is only reported.

    Args:
        finding: the finding to write.
        schemas: the document that the actions will be applied to.
    """
    plain = _ACTIONS.get(finding.kind, _none)(finding, schemas)
    return [{**each, **_marks(finding)} for each in plain]


def targets_of(finding: Finding, schemas: Schemas) -> list[str]:
    """Return the pointers of the schemas that the actions for a finding change."""
    at = finding.pointer
    if finding.kind is Kind.VALUE:
        leaves = [each for each, leaf in schemas.leaves(at) if is_array(leaf.get("enum"))]
        return list(_parts(leaves[-1], schemas, lambda node: is_array(node.get("enum"))))
    if finding.kind is Kind.ABSENT:
        return list(_parts(at, schemas, lambda node: finding.name in node.get("required", ())))
    return [at]


def _parts(pointer: str, schemas: Schemas, has: Callable[[Any], bool]) -> Iterator[str]:
    """Yield the schemas that meet a condition: this one, and the parts of its ``allOf``."""
    where, node = schemas.resolve(pointer)
    if not is_object(node):
        return
    if has(node):
        yield where
    for number in range(len(node.get("allOf", ()))):
        yield from _parts(f"{where}/allOf/{number}", schemas, has)


def sentence(finding: Finding) -> str:
    """Return what was seen, and how often."""
    seen = finding.evidence
    named = [_readable(finding.pointer), *([finding.name] if finding.name else [])]
    types = f" ({', '.join(finding.types)})" if finding.types else ""
    detail = f" ({finding.detail})" if finding.detail else ""
    part = f", of {len(seen.operations)} of {len(seen.of)} operations" if len(seen.of) > 1 else ""
    days = f"on {seen.first}" if seen.first == seen.last else f"from {seen.first} to {seen.last}"
    count = "1 answer" if seen.answers == 1 else f"{seen.answers} answers"
    return f"{' '.join(named)}: {finding.kind.value}{types}{detail}, in {count}{part} {days}."


def _readable(pointer: str) -> str:
    """Return the readable name of a schema, such as ``Call.status``, or its pointer."""
    name = pointer.removeprefix("#/components/schemas/")
    return unescaped(name.replace("/properties/", ".")) if name != pointer else pointer


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
    return {"description": sentence(finding), **EVIDENCE, "x-observed": observed}


def _none(_finding: Finding, _schemas: Schemas) -> list[Action]:
    return []


def _field(finding: Finding, schemas: Schemas) -> list[Action]:
    schema = {**_of_types(finding.types, schemas), **EVIDENCE}
    fields = {finding.name: schema}
    if is_object(schemas.at(finding.pointer).get("properties")):
        return [update(f"{finding.pointer}/properties", fields)]
    return [update(finding.pointer, {"properties": fields})]


def _absent(finding: Finding, schemas: Schemas) -> list[Action]:
    found: list[Action] = []
    for at in targets_of(finding, schemas):
        rest = [name for name in schemas.at(at)["required"] if name != finding.name]
        found += [remove(f"{at}/required"), *([update(at, {"required": rest})] if rest else [])]
    return found


def _null(finding: Finding, schemas: Schemas) -> list[Action]:
    return _type(finding, schemas)


def _type(finding: Finding, schemas: Schemas) -> list[Action]:
    """Widen the schema as it is written at a pointer."""
    pointer, node = finding.pointer, schemas.at(finding.pointer)
    if _is_first(schemas) and finding.types == ("null",):
        nullable = {"nullable": True}
        if "$ref" in node:  # beside a reference it would be ignored
            return replaced(pointer, {"allOf": [dict(node)], **nullable})
        return [update(pointer, nullable)]
    for keyword in ("anyOf", "oneOf"):
        if is_array(node.get(keyword)):
            return [update(pointer, {keyword: _branches(finding.types, schemas)})]
    given = node.get("type")
    old = [given] if isinstance(given, str) else given
    simple = is_array(old) and not {"object", "array"} & {*finding.types} and not _is_first(schemas)
    listed = finding.types == ("null",) and not {"enum", "const"}.isdisjoint(node)
    if simple and not listed and "$ref" not in node:
        return _widened(pointer, node, list(old), finding.types)
    return replaced(pointer, {"anyOf": [dict(node), *_branches(finding.types, schemas)]})


def _widened(pointer: str, node: Any, old: list[str], new: tuple[str, ...]) -> list[Action]:
    if new == ("null",):
        types = [*old, "null"] if isinstance(node["type"], str) else ["null"]
        return [update(pointer, {"type": types})]
    kept = [each for each in old if not (each == "integer" and "number" in new)]
    return _retyped(pointer, node, [*kept, *(each for each in new if each not in kept)])


def _retyped(pointer: str, node: Any, types: list[str]) -> list[Action]:
    """Rewrite a schema with other types: 1.0 can neither remove nor replace a list's items."""
    kept = {name: value for name, value in node.items() if name not in {*_BOUNDS, "nullable"}}
    return replaced(pointer, {**kept, "type": types[0] if len(types) == 1 else types})


def _branches(types: tuple[str, ...], schemas: Schemas) -> list[Any]:
    return [_of_types((each,), schemas) for each in types]


def _of_types(types: tuple[str, ...], schemas: Schemas) -> Any:
    """Return a schema that allows these types and has no other keywords."""
    items: dict[str, Any] = {"items": {}} if "array" in types else {}
    if not _is_first(schemas):
        return {"type": types[0] if len(types) == 1 else list(types), **items}
    named = [each for each in types if each != "null"]
    null = {"nullable": True} if "null" in types else {}
    if len(named) < 2:
        return {**({"type": named[0]} if named else {}), **items, **null}
    return {"anyOf": [_of_types((each,), schemas) for each in named], **null}


def _value(finding: Finding, schemas: Schemas) -> list[Action]:
    return [update(f"{at}/enum", finding.name) for at in targets_of(finding, schemas)]


def _status(finding: Finding, schemas: Schemas) -> list[Action]:
    like: Any = {}
    if finding.detail:
        like = schemas.at(f"{finding.pointer}/responses/{finding.detail}")
    response: dict[str, Any] = {
        "description": "Seen in answers; the contract did not have it.",
        **EVIDENCE,
    }
    if "$ref" in like:
        response = dict(like)
    elif "content" in like:
        response["content"] = like["content"]
    return [update(f"{finding.pointer}/responses", {finding.name: response})]


def _list(finding: Finding, schemas: Schemas) -> list[Action]:
    """Rename the list, in its schema and among the required fields."""
    at, old = finding.pointer, finding.detail
    node = schemas.at(at)
    names = [finding.name if name == old else name for name in node.get("required", ())]
    return [
        remove(f"{at}/properties/{old}"),
        update(f"{at}/properties", {finding.name: node["properties"][old]}),
        remove(f"{at}/required"),
        update(at, {"required": names}),
    ]


def _map(finding: Finding, _schemas: Schemas) -> list[Action]:
    return [update(finding.pointer, {"additionalProperties": {}})]


def _required(finding: Finding, schemas: Schemas) -> list[Action]:
    names = [*schemas.at(finding.pointer).get("required", ())]
    removed = [remove(f"{finding.pointer}/required")] if names else []
    return [*removed, update(finding.pointer, {"required": [*names, finding.name]})]


def _narrower(finding: Finding, schemas: Schemas) -> list[Action]:
    node = schemas.at(finding.pointer)
    if not (is_array(node.get("type")) or isinstance(node.get("type"), str)):
        return []  # a person has to choose from alternatives
    if finding.types == ("null",):
        return []  # a value that was always null will be set one day
    return _retyped(finding.pointer, node, list(finding.types))


def _format(finding: Finding, schemas: Schemas) -> list[Action]:
    inline = "string" in str(schemas.at(finding.pointer).get("type", ""))
    written = inline and finding.detail in {"uuid", "date", "uri"}
    return [update(finding.pointer, {"format": finding.detail})] if written else []


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


def _is_first(schemas: Schemas) -> bool:
    return str(schemas.document.get("openapi", "")).startswith("3.0")
