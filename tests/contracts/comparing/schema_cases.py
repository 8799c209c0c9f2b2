"""For every kind of edit in a schema: an example, and its level when sent and when received."""

from __future__ import annotations

from typing import Any, NamedTuple


class Case(NamedTuple):
    kind: str
    old: Any
    new: Any
    sent: str
    received: str
    label: str = ""


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


TEXT = {"type": "string"}
B, W, N, D = "breaking", "warning", "info", "doc"


def bound(stem: str, keyword: str, low: float, high: float, *, upper: bool) -> list[Case]:
    tight, loose = (low, high) if upper else (high, low)
    return [
        Case(f"{stem}-tightened", {keyword: loose}, {keyword: tight}, B, N),
        Case(f"{stem}-loosened", {keyword: tight}, {keyword: loose}, N, W),
        Case(f"{stem}-set", {}, {keyword: tight}, W, N),
        Case(f"{stem}-unset", {keyword: tight}, {}, N, W),
    ]


def presence(stem: str, keyword: str, value: Any, *, opened: str = B) -> list[Case]:
    """A keyword that narrows when added and widens when removed."""
    return [
        Case(f"{stem}-added", {}, {keyword: value}, B, N),
        Case(f"{stem}-removed", {keyword: value}, {}, N, opened),
    ]


BOUNDS = [
    *bound("maximum", "maximum", 5, 9, upper=True),
    *bound("minimum", "minimum", 5, 9, upper=False),
    *bound("exclusive-maximum", "exclusiveMaximum", 5, 9, upper=True),
    *bound("exclusive-minimum", "exclusiveMinimum", 5, 9, upper=False),
    *bound("max-length", "maxLength", 5, 9, upper=True),
    *bound("min-length", "minLength", 5, 9, upper=False),
    *bound("max-items", "maxItems", 5, 9, upper=True),
    *bound("min-items", "minItems", 5, 9, upper=False),
    *bound("max-properties", "maxProperties", 5, 9, upper=True),
    *bound("min-properties", "minProperties", 5, 9, upper=False),
    *bound("max-contains", "maxContains", 5, 9, upper=True),
    *bound("min-contains", "minContains", 5, 9, upper=False),
    Case("multiple-of-tightened", {"multipleOf": 2}, {"multipleOf": 4}, B, N),
    Case("multiple-of-loosened", {"multipleOf": 4}, {"multipleOf": 2}, N, W),
    Case("multiple-of-changed", {"multipleOf": 2}, {"multipleOf": 3}, B, W),
    Case("multiple-of-set", {}, {"multipleOf": 2}, W, N),
    Case("multiple-of-unset", {"multipleOf": 2}, {}, N, W),
    Case("unique-items-set", {}, {"uniqueItems": True}, B, N),
    Case("unique-items-unset", {"uniqueItems": True}, {}, N, W),
]

VALUES = [
    Case("enum-value-added", {"enum": ["a"]}, {"enum": ["a", "b"]}, N, W),
    Case("enum-value-removed", {"enum": ["a", "b"]}, {"enum": ["a"]}, B, N),
    *presence("enum", "enum", ["a"], opened=W),
    Case(
        "extensible-enum-value-added",
        {"x-extensible-enum": ["a"]},
        {"x-extensible-enum": ["a", "b"]},
        N,
        N,
    ),
    Case(
        "extensible-enum-value-removed",
        {"x-extensible-enum": ["a", "b"]},
        {"x-extensible-enum": ["a"]},
        B,
        N,
    ),
    *presence("const", "const", "a"),
    Case("const-changed", {"const": "a"}, {"const": "b"}, B, B),
    Case("type-changed", {"type": "string"}, {"type": "integer"}, B, B),
    Case("type-generalized", {"type": "integer"}, {"type": "number"}, N, B),
    Case("type-specialized", {"type": ["string", "integer"]}, {"type": "string"}, B, N),
    Case("type-specialized", {"properties": {"a": TEXT}}, obj(a=TEXT), N, N, "implied"),
    Case("type-generalized", obj(a=TEXT), {"properties": {"a": TEXT}}, N, N, "implied"),
    Case("became-nullable", TEXT, {"type": ["string", "null"]}, N, B),
    Case("became-not-nullable", {"anyOf": [TEXT, {"type": "null"}]}, TEXT, B, N),
    Case("format-changed", {"format": "date"}, {"format": "uuid"}, B, B),
    Case("format-added", TEXT, {**TEXT, "format": "uuid"}, B, N),
    Case("format-removed", {**TEXT, "format": "uuid"}, TEXT, N, B),
    Case("format-widened", {"format": "int32"}, {"format": "int64"}, N, B),
    Case("format-narrowed", {"format": "int64"}, {"format": "int32"}, B, N),
    *presence("pattern", "pattern", "^a$", opened=W),
    Case("pattern-changed", {"pattern": "^a$"}, {"pattern": "^b$"}, W, W),
    Case("pattern-generalized", {"pattern": "^a$"}, {"pattern": ".*"}, N, W),
    Case("default-added", {}, {"default": 1}, W, N),
    Case("default-removed", {"default": 1}, {}, W, N),
    Case("default-changed", {"default": 1}, {"default": 2}, W, N),
    Case(
        "content-encoding-changed",
        {"contentEncoding": "base64"},
        {"contentEncoding": "base32"},
        B,
        B,
    ),
    Case("content-type-changed", {"contentMediaType": "a/b"}, {"contentMediaType": "a/c"}, B, B),
    Case("xml-changed", {"xml": {"name": "a"}}, {"xml": {"name": "b"}}, B, B),
    Case("documentation-changed", {"description": "a"}, {"description": "b"}, D, D),
    Case("extension-changed", {"x-a": 1}, {"x-a": 2}, D, D),
    Case("keyword-changed", {"$anchor": "a"}, {"$anchor": "b"}, N, N),
]

CLOSED = {**obj(a=TEXT, b=TEXT), "additionalProperties": False}
ONE_CLOSED = {**obj(a=TEXT), "additionalProperties": False}
PARTS = [
    Case("property-added", obj(), obj(a=TEXT), N, N),
    Case("property-added", obj(), obj("a", a=TEXT), B, N, "required"),
    Case("property-added", obj(), obj("a", a={**TEXT, "default": ""}), B, N, "with default"),
    Case("property-added", ONE_CLOSED, CLOSED, N, W, "closed"),
    Case("property-removed", obj(a=TEXT), obj(), W, W),
    Case("property-removed", obj("a", a=TEXT), obj(), W, B, "required"),
    Case(
        "property-removed", CLOSED, {**obj(a=TEXT), "additionalProperties": False}, B, W, "closed"
    ),
    Case("property-became-required", obj(a=TEXT), obj("a", a=TEXT), B, N),
    Case("property-became-optional", obj("a", a=TEXT), obj(a=TEXT), N, B),
    Case("became-read-only", obj(a=TEXT), obj(a={**TEXT, "readOnly": True}), W, N),
    Case("became-not-read-only", obj(a={**TEXT, "readOnly": True}), obj(a=TEXT), N, N),
    Case("became-write-only", obj(a=TEXT), obj(a={**TEXT, "writeOnly": True}), N, B),
    Case("became-not-write-only", obj(a={**TEXT, "writeOnly": True}), obj(a=TEXT), N, N),
    *presence("items", "items", TEXT),
    *presence("contains", "contains", TEXT),
    *presence("property-names", "propertyNames", {"maxLength": 3}),
    *presence("content-schema", "contentSchema", TEXT),
    *presence("then", "then", TEXT),
    *presence("else", "else", TEXT),
    *presence("not", "not", TEXT),
    Case("not-changed", {"not": TEXT}, {"not": {"type": "integer"}}, B, B),
    *presence("if", "if", TEXT),
    Case("if-changed", {"if": TEXT}, {"if": {"type": "integer"}}, B, B),
    *presence("pattern-property", "patternProperties", {"^a": TEXT}),
    *presence("dependent-schema", "dependentSchemas", {"a": obj("b")}),
    *presence("dependent-required", "dependentRequired", {"a": ["b"]}),
    Case(
        "dependent-required-changed",
        {"dependentRequired": {"a": ["b"]}},
        {"dependentRequired": {"a": ["c"]}},
        B,
        B,
    ),
    *presence("prefix-item", "prefixItems", [TEXT]),
]
for _stem, _key in (
    ("additional-properties", "additionalProperties"),
    ("unevaluated-properties", "unevaluatedProperties"),
    ("unevaluated-items", "unevaluatedItems"),
):
    PARTS += [
        Case(f"{_stem}-closed", {}, {_key: False}, B, N),
        Case(f"{_stem}-opened", {_key: False}, {_key: True}, N, W),
        Case(f"{_stem}-typed", {}, {_key: TEXT}, B, N),
        Case(f"{_stem}-untyped", {_key: TEXT}, {}, N, W),
    ]

NUMBER = {"type": "integer"}
CAT = obj("kind", kind={"const": "cat"}, lives=NUMBER)
DOG = obj("kind", kind={"const": "dog"}, bark=TEXT)
EEL = obj("kind", kind={"const": "eel"}, volt=NUMBER)
CHOICES = []
for _stem, _key in (("one-of", "oneOf"), ("any-of", "anyOf")):
    CHOICES += [
        Case(f"{_stem}-member-added", {_key: [CAT, DOG]}, {_key: [CAT, DOG, EEL]}, N, W),
        Case(f"{_stem}-member-removed", {_key: [CAT, DOG, EEL]}, {_key: [CAT, DOG]}, B, N),
        Case(f"wrapped-in-{_stem}", CAT, {_key: [CAT, DOG]}, N, B),
        Case(f"unwrapped-from-{_stem}", {_key: [CAT, DOG]}, CAT, B, N),
        Case(f"{_stem}-added", {"minProperties": 1}, {"minProperties": 1, _key: [CAT, DOG]}, B, W),
        Case(
            f"{_stem}-removed", {"minProperties": 1, _key: [CAT, DOG]}, {"minProperties": 1}, W, B
        ),
    ]
PETS = {"oneOf": [CAT, DOG]}
CHOICES += [
    Case("any-of-added", PETS, {**PETS, "anyOf": [DOG, EEL]}, B, W, "beside oneOf"),
    Case("any-of-removed", {**PETS, "anyOf": [DOG, EEL]}, PETS, W, B, "beside oneOf"),
]
CHOICES += [
    Case("one-of-became-any-of", {"oneOf": [CAT, DOG]}, {"anyOf": [CAT, DOG]}, N, W),
    Case("any-of-became-one-of", {"anyOf": [CAT, DOG]}, {"oneOf": [CAT, DOG]}, W, N),
    Case("all-of-changed", {"allOf": [CAT, {"minProperties": 1}]}, {"allOf": [CAT]}, N, N),
    Case(
        "discriminator-added",
        {"oneOf": [CAT, DOG]},
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        B,
        N,
    ),
    Case(
        "discriminator-removed",
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"oneOf": [CAT, DOG]},
        N,
        B,
    ),
    Case(
        "discriminator-property-changed",
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "type"}},
        B,
        B,
    ),
]
LIFE = [
    Case("deprecated", {}, {"deprecated": True}, N, N),
    Case("deprecated", {}, {"deprecated": True, "x-sunset": "2099-01-01"}, N, N, "with sunset"),
    Case("reactivated", {"deprecated": True}, {}, N, N),
    Case("sunset-set", {}, {"x-sunset": "2099-01-01"}, N, N),
    Case("sunset-set", {}, {"x-sunset": "2020-01-01"}, B, B, "past"),
    Case("sunset-removed", {"x-sunset": "2099-01-01"}, {}, N, N),
    Case("sunset-moved-closer", {"x-sunset": "2099-01-01"}, {"x-sunset": "2098-01-01"}, N, N),
    Case(
        "sunset-moved-closer", {"x-sunset": "2099-01-01"}, {"x-sunset": "2020-01-01"}, B, B, "past"
    ),
    Case("sunset-moved-away", {"x-sunset": "2098-01-01"}, {"x-sunset": "2099-01-01"}, N, N),
    Case("sunset-moved-away", {"x-sunset": "2018-01-01"}, {"x-sunset": "2019-01-01"}, B, B, "past"),
    Case("sunset-invalid", {}, {"x-sunset": "soon"}, W, W),
    Case("stability-decreased", {}, {"x-stability-level": "beta"}, B, B),
    Case(
        "stability-increased", {"x-stability-level": "alpha"}, {"x-stability-level": "beta"}, N, N
    ),
    Case("stability-invalid", {}, {"x-stability-level": "rock"}, W, W),
]
CASES = [*BOUNDS, *VALUES, *PARTS, *CHOICES, *LIFE]
