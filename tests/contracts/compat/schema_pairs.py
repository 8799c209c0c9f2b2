"""For each rule of the most complete existing tool, two documents that differ only in that.

They are derived from the names of the rules alone, not from `compat.json`.
"""

from __future__ import annotations

from typing import Any

from tests.contracts.documents import body, document

Pair = tuple[dict[str, Any], dict[str, Any]]
LATER, LATEST, GONE = "2999-01-01", "2999-06-01", "2001-01-01"
TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer"}
LIST: dict[str, Any] = {"type": "array"}
OBJECT: dict[str, Any] = {"type": "object"}
REFS = [{"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog")]
CAT, DOG = (each["$ref"] for each in REFS)
KIND = {"propertyName": "kind"}
PET = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "type": TEXT}}


def _bounds(stem: str, keyword: str, base: dict[str, Any]) -> dict[str, Pair]:
    low, high = ({**base, keyword: number} for number in (5, 9))
    return {
        f"{stem}-increased": (low, high),
        f"{stem}-decreased": (high, low),
        f"{stem}-set": (base, low),
        f"{stem}-unset": (low, base),
    }


def _presence(stem: str, base: dict[str, Any], **keyword: Any) -> dict[str, Pair]:
    there = {**base, **keyword}
    return {f"{stem}-added": (base, there), f"{stem}-removed": (there, base)}


def _values(
    stem: str, base: dict[str, Any], keyword: str, one: Any, two: Any, words: str
) -> dict[str, Pair]:
    first, second = {**base, keyword: one}, {**base, keyword: two}
    more, less, other = words.split()
    return {
        f"{stem}-{more}": (base, first),
        f"{stem}-{less}": (first, base),
        f"{stem}-{other}": (first, second),
    }


def _members(keyword: str) -> tuple[dict[str, Any], dict[str, Any]]:
    few = [TEXT, NUMBER]
    return {keyword: few}, {keyword: [*few, {"type": "boolean"}]}


def _both(stem: str, few: Any, many: Any, words: str = "added removed") -> dict[str, Pair]:
    more, less = words.split()
    return {f"{stem}-{more}": (few, many), f"{stem}-{less}": (many, few)}


def _mapped(**mapping: str) -> dict[str, Any]:
    return {"oneOf": REFS, "discriminator": {**KIND, "mapping": mapping}}


MARKED = {**TEXT, "deprecated": True}
CONDITION = {"if": {"required": ["a"]}}
#: The schema before and after, by the part of the rule's name after the location.
SCHEMAS: dict[str, Pair] = {
    **_bounds("max", "maximum", NUMBER),
    **_bounds("min", "minimum", NUMBER),
    **_bounds("exclusive-max", "exclusiveMaximum", NUMBER),
    **_bounds("exclusive-min", "exclusiveMinimum", NUMBER),
    **_bounds("max-length", "maxLength", TEXT),
    **_bounds("min-length", "minLength", TEXT),
    **_bounds("max-items", "maxItems", LIST),
    **_bounds("min-items", "minItems", LIST),
    **_bounds("max-contains", "maxContains", {**LIST, "contains": TEXT}),
    **_bounds("min-contains", "minContains", {**LIST, "contains": TEXT}),
    **_values("const", TEXT, "const", "a", "b", "added removed changed"),
    **_values("default-value", TEXT, "default", "a", "b", "added removed changed"),
    **_values(
        "dependent-required",
        OBJECT,
        "dependentRequired",
        {"a": ["b"]},
        {"a": ["c"]},
        "added removed changed",
    ),
    **_values("pattern", TEXT, "pattern", "^a", "^b", "added removed changed"),
    "pattern-generalized": ({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": ".*"}),
    **_presence("contains", LIST, contains=TEXT),
    **_presence(
        "content-schema", {**TEXT, "contentMediaType": "application/json"}, contentSchema=OBJECT
    ),
    **_presence("dependent-schema", OBJECT, dependentSchemas={"a": {"required": ["b"]}}),
    **_presence("discriminator", {"oneOf": REFS}, discriminator=KIND),
    **_presence("if", OBJECT, **CONDITION),
    **_presence("then", {**OBJECT, **CONDITION}, then={"required": ["b"]}),
    **_presence("else", {**OBJECT, **CONDITION}, **{"else": {"required": ["b"]}}),
    **_presence("pattern-property", OBJECT, patternProperties={"^x-": TEXT}),
    **_presence("property-names", OBJECT, propertyNames={"maxLength": 5}),
    **_presence("unevaluated-items", LIST, unevaluatedItems=False),
    **_presence("unevaluated-properties", OBJECT, unevaluatedProperties=False),
    **_both(
        "prefix-items", {**LIST, "prefixItems": [TEXT]}, {**LIST, "prefixItems": [TEXT, NUMBER]}
    ),
    **_both("one-of", *_members("oneOf")),
    **_both("any-of", *_members("anyOf")),
    **_both(
        "all-of",
        {"allOf": [OBJECT, {"minProperties": 1}]},
        {"allOf": [OBJECT, {"minProperties": 1}, {"maxProperties": 9}]},
    ),
    **{
        f"{name}-annotation-only": pair
        for name, pair in _both(
            "all-of", {"allOf": [OBJECT]}, {"allOf": [OBJECT, {"description": "Read this."}]}
        ).items()
    },
    **_both("enum-value", {**TEXT, "enum": ["a"]}, {**TEXT, "enum": ["a", "b"]}),
    "x-extensible-enum-value-removed": (
        {**TEXT, "x-extensible-enum": ["a", "b"]},
        {**TEXT, "x-extensible-enum": ["a"]},
    ),
    **_both(
        "list-of-types",
        {"type": ["string", "integer"]},
        {"type": ["string", "integer", "boolean"]},
        "widened narrowed",
    ),
    **_both("type", NUMBER, {"type": "number"}, "generalized specialized"),
    "type-changed": (TEXT, NUMBER),
    "type-compatible": ({"enum": ["a"]}, {"type": "string", "enum": ["a"]}),
    "wrapped-in-one-of": (TEXT, {"oneOf": [TEXT, NUMBER]}),
    "became-enum": (TEXT, {**TEXT, "enum": ["a"]}),
    "became-nullable": (TEXT, {"type": ["string", "null"]}),
    "became-not-nullable": ({"type": ["string", "null"]}, TEXT),
    "content-encoding-changed": (
        {**TEXT, "contentEncoding": "base64"},
        {**TEXT, "contentEncoding": "base32"},
    ),
    "content-media-type-changed": (
        {**TEXT, "contentMediaType": "image/png"},
        {**TEXT, "contentMediaType": "image/gif"},
    ),
    "discriminator-mapping-added": (_mapped(), _mapped(cat=CAT)),
    "discriminator-mapping-changed": (_mapped(cat=CAT), _mapped(cat=DOG)),
    "discriminator-mapping-deleted": (_mapped(cat=CAT), _mapped()),
    "discriminator-property-name-changed": (
        {"oneOf": REFS, "discriminator": KIND},
        {"oneOf": REFS, "discriminator": {"propertyName": "type"}},
    ),
    "deprecated": (TEXT, MARKED),
    "reactivated": (MARKED, TEXT),
    "deprecated-with-sunset": (TEXT, {**MARKED, "x-sunset": LATER}),
    "deprecated-sunset-invalid": (TEXT, {**MARKED, "x-sunset": "soon"}),
    "sunset-date-too-small": ({**MARKED, "x-sunset": LATEST}, {**MARKED, "x-sunset": LATER}),
    **_both(
        "stability",
        {**TEXT, "x-stability-level": "beta"},
        {**TEXT, "x-stability-level": "stable"},
        "increased decreased",
    ),
}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {**OBJECT, "properties": properties, "required": list(required)}


A, NONE = obj(a=TEXT), obj()
#: The same for rules about a property as a member of its object.
OBJECTS: dict[str, Pair] = {
    "removed": (A, NONE),
    "became-required": (A, obj("a", a=TEXT)),
    "became-optional": (obj("a", a=TEXT), A),
    "became-required-with-default": (
        obj(a={**TEXT, "default": "x"}),
        obj("a", a={**TEXT, "default": "x"}),
    ),
}
for _word in ("read", "write"):
    for _name, _required in (("optional", ()), ("required", ("a",))):
        _plain, _marked = (
            obj(*_required, a={**TEXT, **extra}) for extra in ({}, {f"{_word}Only": True})
        )
        OBJECTS[f"{_name}-property-became-{_word}-only"] = (_plain, _marked)
        OBJECTS[f"{_name}-property-became-not-{_word}-only"] = (_marked, _plain)


def sends(schema: Any) -> dict[str, Any]:
    return call(requestBody=body(schema))


def answers(schema: Any) -> dict[str, Any]:
    return call(responses={"200": {"description": "", **body(schema)}})


def takes(schema: Any, place: str = "query", **rest: Any) -> dict[str, Any]:
    return call(parameters=[{"name": "n", "in": place, "schema": schema, **rest}])


def heads(schema: Any, **rest: Any) -> dict[str, Any]:
    headers = {"X-A": {"schema": schema, **rest}}
    return call(responses={"200": {"description": "", "headers": headers}})


def call(path: str = "/a", method: str = "post", **operation: Any) -> dict[str, Any]:
    item = {method: {"responses": {}, **operation}}
    return document({path: item}, components={"schemas": {"Cat": PET, "Dog": PET}})
