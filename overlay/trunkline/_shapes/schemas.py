"""What a contract, OpenAPI 3.0 or 3.1, allows at the locations of a response."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from trunkline._json import is_array, is_object
from trunkline._shapes.unions import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "METHODS",
    "ObjectSchema",
    "OperationSchema",
    "PlaceSchema",
    "Schemas",
    "escaped",
]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SECRET: Final = ("x-secret",)
_MARKS: Final = ("x-personal", *_SECRET)
_MOST_REFERENCES: Final = 64


@dataclass(frozen=True, slots=True)
class ObjectSchema:
    """One kind of object.

    Attributes:
        pointer: of the schema itself, after all references.
        properties: pointers of the schemas of its fields, as they are written.
        required: the fields that must be present.
        fixed: the single value that a field may have, by its name; distinguishes alternatives.
        extra: pointer of the schema of additional fields; None where no schema is given.
        is_map: whether its keys are data: it names no field, or allows any additional one.
    """

    pointer: str
    properties: Mapping[str, str]
    required: frozenset[str]
    fixed: Mapping[str, Any]
    extra: str | None
    is_map: bool


@dataclass(frozen=True, slots=True)
class PlaceSchema:
    """What is allowed at one location.

    Attributes:
        pointer: of the schema as it is written there, before any reference.
        types: JSON types; None for any.
        enum: the listed texts; None where any text is allowed.
        objects: the kinds of object.
        tag: the field of the contract's discriminator; empty for none.
        tagged: the pointer of the kind of object, by the value of that field.
        items: pointer of the schema of an array's items.
        is_closed: whether nothing inside may be inspected: personal data or secrets.
        has_secrets: whether a field of the objects is secret.
        has_format: whether the contract specifies the form of a text.
    """

    pointer: str
    types: frozenset[str] | None = None
    enum: frozenset[str] | None = None
    objects: tuple[ObjectSchema, ...] = ()
    tag: str = ""
    tagged: Mapping[str, str] = field(default_factory=dict[str, str])
    items: str | None = None
    is_closed: bool = False
    has_secrets: bool = False
    has_format: bool = False


@dataclass(frozen=True, slots=True)
class OperationSchema:
    """One operation: its path, and where the JSON of each documented status is described."""

    operation_id: str
    method: str
    path: str
    pointer: str
    responses: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])

    def documented(self, status: int) -> str | None:
        """Return the key under which a status is documented: itself, ``2XX`` or ``default``."""
        keys = (str(status), f"{status // 100}XX", f"{status // 100}xx", "default")
        return next((key for key in keys if key in self.responses), None)


class Schemas:
    """The schemas and operations of one document.

    Args:
        document: OpenAPI 3.0 or 3.1; references to other documents allow anything.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._locations: dict[str, PlaceSchema] = {}

    def at(self, pointer: str) -> Any:
        """Return the node at a pointer, ``{}`` where there is none."""
        node: Any = self.document
        for part in pointer.removeprefix("#").split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if is_array(node):
                node = node[int(key)] if key.isdigit() and int(key) < len(node) else {}
            else:
                node = node.get(key, {}) if is_object(node) else {}
        return node

    def resolve(self, pointer: str) -> tuple[str, Any]:
        """Return the pointer and node at the end of a chain of references."""
        for _ in range(_MOST_REFERENCES):
            node = self.at(pointer)
            target = node.get("$ref") if is_object(node) else None
            if not isinstance(target, str):
                return pointer, node
            pointer = unquote(target)
        return pointer, {}

    def place(self, pointer: str) -> PlaceSchema:
        """Return what is allowed where the schema at a pointer applies."""
        if pointer not in self._locations:
            self._locations[pointer] = self._read(pointer)
        return self._locations[pointer]

    def leaves(self, pointer: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the alternatives of a schema without references, each with its pointer."""
        return list(self._leaves(pointer, frozenset()))

    def operations(self) -> Iterator[OperationSchema]:
        """Yield every operation, in the order of the document."""
        paths = self.document.get("paths")
        for path in paths if is_object(paths) else ():
            base, item = self.resolve(f"#/paths/{escaped(path)}")
            for method in METHODS:
                if is_object(item) and is_object(item.get(method)):
                    yield self._operation(path, method, f"{base}/{method}")

    def _operation(self, path: str, method: str, pointer: str) -> OperationSchema:
        node = self.at(pointer)
        name = node.get("operationId") or f"{method.upper()} {path}"
        codes = node.get("responses")
        responses = {
            str(code): self._json(f"{pointer}/responses/{code}")
            for code in (codes if is_object(codes) else ())
        }
        return OperationSchema(str(name), method, path, pointer, responses)

    def _json(self, pointer: str) -> str | None:
        where, response = self.resolve(pointer)
        content = response.get("content") if is_object(response) else None
        for kind, media in content.items() if is_object(content) else ():
            name = kind.partition(";")[0].strip().lower()
            is_json = name in {"application/json", "*/*", "application/*"} or name.endswith("+json")
            if is_json and is_object(media) and "schema" in media:
                return f"{where}/content/{escaped(kind)}/schema"
        return None

    def _read(self, pointer: str) -> PlaceSchema:
        leaves = self.leaves(pointer)
        schemas = [schema for _, schema in leaves]
        kinds = [_types(schema) for schema in schemas]
        known = bool(kinds) and None not in kinds
        texts = [schema for schema in schemas if "string" in (_types(schema) or ("string",))]
        listed = bool(texts) and all(is_array(schema.get("enum")) for schema in texts)
        objects = [(at, each) for at, each in leaves if "object" in (_types(each) or ())]
        tag, tagged = tags(self, pointer) if len(objects) > 1 else ("", {})
        return PlaceSchema(
            pointer,
            types=frozenset[str]().union(*(each or () for each in kinds)) if known else None,
            enum=_listed(texts) if listed else None,
            objects=tuple(_object(where, schema) for where, schema in objects),
            tag=tag,
            tagged=tagged,
            items=next((f"{where}/items" for where, each in leaves if "items" in each), None),
            is_closed=any(_is_marked(each) for each in (self.at(pointer), *schemas)),
            has_secrets=any(
                _is_marked(self.resolve(at)[1], _SECRET) or _is_marked(self.at(at), _SECRET)
                for _, each in objects
                for at in each.get("_at", {}).values()
            ),
            has_format=any("format" in each or "pattern" in each for each in texts),
        )

    def _leaves(self, pointer: str, seen: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the alternatives of a schema with their pointers."""
        where, schema = self.resolve(pointer)
        if where in seen or not is_object(schema):
            return
        seen |= {where}
        for keyword in ("anyOf", "oneOf"):
            if is_array(schema.get(keyword)) and "properties" not in schema:
                for number in range(len(schema[keyword])):
                    yield from self._leaves(f"{where}/{keyword}/{number}", seen)
                if schema.get("nullable") is True:
                    yield where, {"type": "null"}
                return
        if "allOf" in schema:
            yield self._combined(where, schema, seen)
        else:
            yield where, {**schema, "_at": _pointers(where, schema)}

    def _combined(
        self, where: str, schema: dict[str, Any], seen: frozenset[str]
    ) -> tuple[str, dict[str, Any]]:
        """Return one schema for all parts of an ``allOf``; a sole part keeps its pointer."""
        parts = [
            leaf
            for number in range(len(schema["allOf"]))
            for leaf in list(self._leaves(f"{where}/allOf/{number}", seen))[:1]
        ]
        own = {key: value for key, value in schema.items() if key != "allOf"}
        if len(parts) == 1 and "properties" not in own:
            where = parts[0][0]
        merged: dict[str, Any] = {"_at": {}, "required": []}
        for each in (*(part for _, part in parts), {**own, "_at": _pointers(where, own)}):
            at = {**merged["_at"], **each.get("_at", {})}
            required = [*merged["required"], *each.get("required", ())]
            merged = {**merged, **each, "_at": at, "required": required}
        return where, merged


def _listed(schemas: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(v for each in schemas for v in each["enum"] if isinstance(v, str))


def _only(schema: Any) -> Any:
    """Return the only value that a schema allows; None for more, and for null."""
    if not is_object(schema):
        return None
    values = schema.get("enum")
    return values[0] if is_array(values) and len(values) == 1 else schema.get("const")


def _is_marked(schema: Any, marks: Sequence[str] = _MARKS) -> bool:
    return is_object(schema) and any(schema.get(mark) is True for mark in marks)


def escaped(token: str) -> str:
    """Return a key as a part of a JSON pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def _pointers(where: str, schema: Mapping[str, Any]) -> dict[str, str]:
    properties = schema.get("properties")
    names = properties if is_object(properties) else ()
    return {name: f"{where}/properties/{escaped(name)}" for name in names}


def _types(schema: Mapping[str, Any]) -> frozenset[str] | None:
    given = schema.get("type")
    null = {"null"} if schema.get("nullable") is True else set[str]()
    if isinstance(given, str):
        return frozenset({given} | null)
    if is_array(given):
        return frozenset(map(str, given)) | null
    if schema.get("_at") or "additionalProperties" in schema:
        return frozenset({"object"} | null)
    if "items" in schema:
        return frozenset({"array"} | null)
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if is_array(values) and all(isinstance(value, str | None) for value in values):
        found = {"null" if value is None else "string" for value in values}
        return frozenset(found | null)
    return None


def _object(where: str, schema: Mapping[str, Any]) -> ObjectSchema:
    at: dict[str, str] = schema.get("_at", {})
    further = schema.get("additionalProperties")
    given = schema.get("properties")
    fields = given.items() if is_object(given) else ()
    return ObjectSchema(
        where,
        at,
        frozenset(map(str, schema.get("required", ()))),
        {name: value for name, each in fields if (value := _only(each)) is not None},
        f"{where}/additionalProperties" if is_object(further) else None,
        is_map=not at or further is True or is_object(further),
    )
