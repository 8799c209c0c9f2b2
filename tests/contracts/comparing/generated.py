"""Random schemas, pairs that differ slightly, and documents, each from one seed.

A plain generator instead of nested strategies: it makes thousands of pairs a second, which the
soak needs, and a failing seed reproduces a pair as well as a shrunk example does.
"""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from tests.contracts import documents

NAMES = ("a", "b", "c", "d")
COMPONENTS = ("One", "Two", "Three")
Pair = tuple[dict[str, Any], dict[str, Any]]


class Maker:
    """Draws schemas; `refs` lets them refer to the components of a document."""

    def __init__(self, seed: int, *, refs: bool = False) -> None:
        self.random = Random(seed)
        self.refs = refs

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def some(self, values: tuple[str, ...] | list[str]) -> list[str]:
        return sorted(value for value in values if self.chance(0.5))

    def schema(self, depth: int = 3) -> dict[str, Any]:
        if depth == 0 or self.chance(0.3):
            return self.leaf()
        make = self.random.choice(
            [self.object, self.object, self.array, self.choice, self.merged, self.nullable]
        )
        return make(depth - 1)

    def leaf(self) -> dict[str, Any]:
        if self.refs and self.chance(0.3):
            return {"$ref": f"#/components/schemas/{self.random.choice(COMPONENTS)}"}
        return self.random.choice([self.text, self.number, self.flag, self.listed])()

    def flag(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def listed(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.some(NAMES) or ["a"]}

    def text(self) -> dict[str, Any]:
        return {"type": "string", **self.limits("maxLength", "minLength")}

    def number(self) -> dict[str, Any]:
        kind = {"type": self.random.choice(["integer", "number"])}
        rest = self.limits("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        if self.chance(0.15):
            rest["multipleOf"] = self.random.randint(1, 4)
        return {**kind, **rest}

    def limits(self, *keys: str) -> dict[str, Any]:
        return {key: self.random.randint(0, 6) for key in keys if self.chance(0.3)}

    def object(self, depth: int) -> dict[str, Any]:
        properties = {name: self.schema(depth) for name in self.some(NAMES)}
        found: dict[str, Any] = {"type": "object", "properties": properties}
        if required := self.some(list(properties)):
            found["required"] = required
        if self.chance(0.2):
            found["additionalProperties"] = False
        return found

    def array(self, depth: int) -> dict[str, Any]:
        found = {"type": "array", "items": self.schema(depth), **self.limits("maxItems")}
        return {**found, "uniqueItems": True} if self.chance(0.2) else found

    def choice(self, depth: int) -> dict[str, Any]:
        key = self.random.choice(["anyOf", "oneOf"])
        return {key: [self.schema(depth) for _ in range(self.random.randint(2, 3))]}

    def merged(self, depth: int) -> dict[str, Any]:
        return {"allOf": [self.object(depth) for _ in range(self.random.randint(1, 2))]}

    def nullable(self, depth: int) -> dict[str, Any]:
        found = self.schema(depth)
        if isinstance(found.get("type"), str) and "enum" not in found:
            found["type"] = [found["type"], "null"]
        return found

    def pair(self) -> Pair:
        old = self.schema()
        return old, self.changed(old) if self.chance(0.8) else self.schema()

    def changed(self, old: dict[str, Any]) -> dict[str, Any]:
        """The schema with one value replaced, added or removed somewhere."""
        new = deepcopy(old)
        key = self.random.choice(sorted(new))
        value = new[key]
        if key == "properties" and value and self.chance(0.6):
            name = self.random.choice(sorted(value))
            value[name] = self.changed(value[name])
        elif key == "properties":
            new[key] = {name: value.get(name) or self.schema(1) for name in self.some(NAMES)}
        elif key == "items":
            new[key] = self.changed(value)
        elif key in {"anyOf", "oneOf", "allOf"}:
            number = self.random.randrange(len(value))
            value[number] = self.changed(value[number])
        elif key in {"type", "$ref"}:
            return self.schema(2)
        elif self.chance(0.4):
            del new[key]
        elif isinstance(value, int) and not isinstance(value, bool):
            new[key] = self.random.randint(1, 6)
        elif isinstance(value, list):
            new[key] = self.some(sorted(new.get("properties", {})) or NAMES) or value
        return new


def schema_pair(seed: int) -> Pair:
    return Maker(seed).pair()


def document_pair(seed: int) -> Pair:
    """Two documents whose operations share components, which may form cycles."""
    maker = Maker(seed, refs=True)
    shared = [maker.pair() for _ in COMPONENTS]
    request, response = maker.pair(), maker.pair()
    first, second = (
        _document([pair[side] for pair in shared], request[side], response[side]) for side in (0, 1)
    )
    return first, second


def _document(shared: list[Any], request: Any, response: Any) -> dict[str, Any]:
    response = {"description": "", **documents.body(response)}
    operation = {"requestBody": documents.body(request), "responses": {"200": response}}
    components = dict(zip(COMPONENTS, shared, strict=True))
    paths = {
        "/calls": {"post": operation},
        "/other": {"get": {"responses": {"200": deepcopy(response)}}},
    }
    return documents.document(paths, components={"schemas": components})
