"""Values that fit a schema: its examples first, else generated ones."""

from __future__ import annotations

import math
import random
import re
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import UUID

from trunkline._json import is_array, is_object
from trunkline.sandbox.contract.openapi import types_of
from trunkline.sandbox.contract.pattern import text_for_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.sandbox.contract.openapi import Document

__all__ = ["ExampleGenerator", "NoExample"]

#: Optional members are left out below this depth; a required one below `MAX_DEPTH` fails.
MAX_OPTIONAL_DEPTH, MAX_DEPTH = 4, 16
#: Alternatives of ``oneOf`` and ``anyOf`` that are tried.
MAX_BRANCHES = 6
#: A generated cursor would make clients request page after page.
NEXT_PAGE = re.compile(r"next|cursor$|page_?token$", re.IGNORECASE)
FALSE = re.compile(r"more|next|truncated|deleted|error", re.IGNORECASE)
FORMATS: Mapping[str, str] = {
    "date-time": "2026-06-15T12:00:00Z",
    "date": "2026-06-15",
    "time": "12:00:00Z",
    "duration": "PT30S",
    "email": "user@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "/example",
    "byte": "ZXhhbXBsZQ==",
}


class NoExample(LookupError):  # noqa: N818  # the reason of a 501, not a failure
    """No value that fits was found."""


class ExampleGenerator:
    """Generates values for the schemas of one document; the same seed gives the same values."""

    def __init__(self, document: Document, seed: int) -> None:
        self._document = document
        self._seed = seed
        self._known: dict[str, Any] = {}

    def value(self, pointer: str) -> Any:
        """Return a value for the schema at a JSON pointer.

        Raises:
            NoExample: no attempt fits the schema.
        """
        if pointer not in self._known:
            self._known[pointer] = self._generate(pointer)
        return self._known[pointer]

    def fits(self, pointer: str, value: Any) -> bool:
        return next(self._document.violations(pointer, value), None) is None

    def _generate(self, pointer: str) -> Any:
        try:
            _, schema = self._document.at(pointer)
            for candidate in self._candidates(pointer, schema):
                if self.fits(pointer, candidate):
                    return candidate
        except LookupError as error:
            raise NoExample(
                f"the schema at {pointer} refers to {error}, which is missing"
            ) from None
        raise NoExample(f"no example fits the schema at {pointer}: give the document one")

    def _candidates(self, pointer: str, schema: Any) -> Iterator[Any]:
        # The usual causes of a value that breaks its schema, in this order: a wrong example, an
        # optional member, the chosen alternative.
        for branch, optional, examples in product(
            range(MAX_BRANCHES), (True, False), (True, False)
        ):
            # Seeded by pointer, so that the order of requests does not change the values.
            source = random.Random(f"{self._seed} {pointer}")  # noqa: S311  # test data
            builder = _Builder(self._document, source, branch, optional=optional, examples=examples)
            try:
                yield builder.build(schema)
            except (NoExample, LookupError, TypeError, ValueError, RecursionError):
                continue


class _Builder:
    def __init__(
        self,
        document: Document,
        source: random.Random,
        branch: int,
        *,
        optional: bool,
        examples: bool,
    ) -> None:
        self._document = document
        self._random = source
        self._branch = branch
        self._optional = optional
        self._examples = examples

    def build(self, schema: Any, name: str = "value", depth: int = 0, index: int = 0) -> Any:
        if schema is False or depth > MAX_DEPTH:
            raise NoExample(name)
        resolved = self._resolved(schema) if is_object(schema) else {}
        fixed = self._fixed(resolved)
        if fixed:
            return fixed[0]
        return self._by_kind(_kind(resolved), resolved, name, depth, index)

    def _by_kind(self, kind: str, schema: dict[str, Any], name: str, depth: int, index: int) -> Any:
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, depth)
        if kind in {"integer", "number"}:
            return _number(schema, kind, index)
        if kind == "boolean":
            return not FALSE.search(name)
        return None if kind == "null" else self._text(schema, name)

    def _resolved(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Merge references, ``allOf`` and one alternative into one schema."""
        merged: dict[str, Any] = {}
        rest = dict(schema)
        parts: list[Any] = [*rest.pop("allOf", ())]
        if "$ref" in rest:
            parts.append(self._document.at(rest.pop("$ref").removeprefix("#"))[1])
        for keyword in ("oneOf", "anyOf"):
            alternatives = _without_null(rest.pop(keyword, ()))
            if alternatives:
                parts.append(alternatives[self._branch % len(alternatives)])
        for part in parts:
            _merge(merged, self._resolved(part) if is_object(part) else {})
        _merge(merged, rest)
        return merged

    def _fixed(self, schema: Mapping[str, Any]) -> list[Any]:
        if "const" in schema:
            return [schema["const"]]
        if self._examples:
            if "example" in schema:
                return [schema["example"]]
            if is_array(examples := schema.get("examples")):
                return examples[:1]
            if "default" in schema:
                return [schema["default"]]
        values: list[Any] = list(schema.get("enum", ()))
        return [value for value in values if value is not None][:1] or values[:1]

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = schema.get("required", ())
        members = {
            name: member
            for name, member in schema.get("properties", {}).items()
            if not (is_object(member) and member.get("writeOnly"))
        }
        built: dict[str, Any] = {}
        for name in [*members, *(name for name in required if name not in members)]:
            if name in required:
                built[name] = self._required(members.get(name, True), name, depth)
            elif self._optional and depth < MAX_OPTIONAL_DEPTH and not NEXT_PAGE.search(name):
                try:
                    built[name] = self.build(members[name], name, depth + 1)
                except NoExample:
                    continue
        self._fill(built, schema, depth)
        return built

    def _required(self, member: Any, name: str, depth: int) -> Any:
        if NEXT_PAGE.search(name) and is_object(member) and "null" in types_of(member):
            return None
        return self.build(member, name, depth + 1)

    def _fill(self, built: dict[str, Any], schema: Mapping[str, Any], depth: int) -> None:
        extra = schema.get("additionalProperties", True)
        for number in range(len(built), schema.get("minProperties", 0)):
            built[f"key_{number}"] = self.build(extra, f"key_{number}", depth + 1)

    def _array(self, schema: Mapping[str, Any], name: str, depth: int) -> list[Any]:
        first = list(schema.get("prefixItems", ()))
        wanted = max(schema.get("minItems", 0), len(first), 1 if depth < MAX_OPTIONAL_DEPTH else 0)
        count = min(wanted, schema.get("maxItems", wanted))
        items = [*first, *[schema.get("items", True)] * count][:count]
        if not schema.get("minItems") and False in items:
            return []
        return [self.build(item, name, depth + 1, index) for index, item in enumerate(items)]

    def _text(self, schema: Mapping[str, Any], name: str) -> str:
        kind = schema.get("format")
        if "pattern" in schema:
            return text_for_pattern(
                schema["pattern"], schema.get("minLength", 0), schema.get("maxLength")
            )
        if kind == "uuid":
            return str(UUID(int=self._random.getrandbits(128), version=4))
        text = FORMATS.get(kind or "") or f"{name}_{self._random.getrandbits(16):04x}"
        return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength")]


def _kind(schema: Mapping[str, Any]) -> str:
    kinds = types_of(schema)
    for kind in kinds:
        if kind != "null":
            return kind
    if kinds:
        return "null"
    if {"properties", "required", "additionalProperties"} & schema.keys():
        return "object"
    if {"items", "prefixItems"} & schema.keys():
        return "array"
    return "number" if {"minimum", "maximum", "multipleOf"} & schema.keys() else "string"


def _without_null(alternatives: Any) -> list[Any]:
    given = list(alternatives)
    return [item for item in given if not (is_object(item) and types_of(item) == ["null"])] or given


def _merge(target: dict[str, Any], part: Mapping[str, Any]) -> None:
    for name, value in part.items():
        if name == "properties" and "properties" in target:
            target[name] = {**target[name], **value}
        elif name == "required" and "required" in target:
            target[name] = [*target[name], *value]
        else:
            target[name] = value


def _number(schema: Mapping[str, Any], kind: str, index: int) -> float:
    """Return a small number, so that a total never promises pages that do not exist."""
    if kind == "integer" or "multipleOf" in schema:
        return _multiple(schema, 1 if kind == "integer" else 0, index)
    low: float | None = schema.get("exclusiveMinimum", schema.get("minimum"))
    high: float | None = schema.get("exclusiveMaximum", schema.get("maximum"))
    if low is not None and high is not None:
        return low if low == high else low + (high - low) * (index + 1) / (index + 2)
    if high is not None:
        return min(1 + index, high - 1 - index)
    return 1 + index if low is None else max(1, low + 1) + index


def _multiple(schema: Mapping[str, Any], unit: int, index: int) -> int | float:
    step: float = schema.get("multipleOf", 1)
    if unit and step != int(step):
        step = unit
    lows: list[float] = [schema["minimum"]] if "minimum" in schema else []
    lows += [schema["exclusiveMinimum"] + (unit or step)] if "exclusiveMinimum" in schema else []
    highs: list[float] = [schema["maximum"]] if "maximum" in schema else []
    highs += [schema["exclusiveMaximum"] - (unit or step)] if "exclusiveMaximum" in schema else []
    value = math.ceil(max([1, *lows] if not highs else [min(1, *highs), *lows]) / step) + index
    if highs:
        value = min(value, math.floor(min(highs) / step))
    return value * int(step) if step == int(step) else value * step
