"""The responses of all contracts, and which parts of a body break the contract."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

Json = dict[str, Any]

GENERATED = Path(__file__).parents[2] / "generated" / "trunkline_generated"
TYPES = Draft202012Validator.TYPE_CHECKER
PARSERS = {
    "date": dt.date.fromisoformat,
    "date-time": dt.datetime.fromisoformat,
    "uuid": UUID,
}
TEXT = st.text(max_size=6)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
TEXTS = {
    "date": st.dates().map(str),
    "date-time": st.datetimes(
        timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-7))])
    ).map(lambda moment: moment.isoformat()),
    "uuid": st.uuids().map(str),
}


@dataclass(frozen=True)
class Response:
    """The documented success response of one operation."""

    operation: str
    module: ModuleType
    document: Json
    schema: Json

    @property
    def package(self) -> str:
        return self.module.__name__.split(".")[1]


def resolved(document: Json, schema: Json) -> Json:
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = document["components"][kind][name]
    return schema


def all_operations() -> Iterator[tuple[ModuleType, Json, Json]]:
    """Every generated endpoint module, with its document and its operation there."""
    for path in sorted(GENERATED.glob("*/api/*/[!_]*.py")):
        name = ".".join(path.relative_to(GENERATED.parent).with_suffix("").parts)
        module = import_module(name)
        document = json.loads((path.parents[2] / "openapi.json").read_text(encoding="utf-8"))
        found = document["paths"][module.OPERATION["path_template"]].values()
        (operation,) = [
            each
            for each in found
            if isinstance(each, dict)
            and each.get("operationId") == module.OPERATION["operation_id"]
        ]
        yield module, document, operation


def json_responses() -> Iterator[Response]:
    """The JSON bodies of every operation's successes."""
    for module, document, operation in all_operations():
        for status, response in operation["responses"].items():
            kinds = resolved(document, response).get("content", {})
            if status.startswith("2") and "application/json" in kinds:
                schema = kinds["application/json"].get("schema", {})
                if schema:  # without a schema it is a file, whatever it contains
                    yield Response(operation["operationId"], module, document, schema)
                break


def variants(document: Json, schema: Json) -> list[Json]:
    """The types that a schema names one by one."""
    schema = resolved(document, schema)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return [one for each in schema[word] for one in variants(document, each)]
    if isinstance(schema.get("type"), list):
        return [{**schema, "type": kind} for kind in schema["type"]]
    # The form of OpenAPI 3.0.
    return [schema, {"type": "null"}] if schema.get("nullable") is True else [schema]


def bodies(document: Json, schema: Json, depth: int = 4) -> st.SearchStrategy[Any]:
    """Bodies that are valid in some parts and invalid in others."""
    if depth == 0:
        return ANYTHING
    right = st.one_of([_right(document, each, depth) for each in variants(document, schema)])
    return st.one_of(right, right, right, ANYTHING)


def _right(document: Json, schema: Json, depth: int) -> st.SearchStrategy[Any]:
    kind = schema.get("type")
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    if kind == "array":
        return st.lists(bodies(document, schema.get("items", {}), depth - 1), max_size=3)
    if kind == "object" or "properties" in schema:
        known = {
            name: bodies(document, each, depth - 1)
            for name, each in schema.get("properties", {}).items()
        }
        more = schema.get("additionalProperties")
        other = bodies(document, more, depth - 1) if isinstance(more, dict) else ANYTHING
        required = {name: known.pop(name) for name in schema.get("required", ()) if name in known}
        whole = st.fixed_dictionaries(required, optional=known)
        holed = st.fixed_dictionaries({}, optional={**required, **known})
        extra = st.dictionaries(TEXT.map("x/~{}".format), other, max_size=2)
        return st.tuples(whole | holed, extra).map(lambda parts: parts[0] | parts[1])
    simple = {
        "string": TEXTS.get(schema.get("format", ""), TEXT),
        "integer": st.integers(),
        "number": st.integers() | st.floats(allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return simple.get(kind or "", ANYTHING)


def wrong(document: Json, schema: Json, body: Any, where: str = "") -> list[str]:
    """JSON Pointers to the parts of a body that do not match a schema."""
    possible = [each for each in variants(document, schema) if _typed(each, body)]
    if not possible:
        return [where]
    found = [_wrong_inside(document, each, body, where) for each in possible]
    return [] if [] in found else found[0]


def _typed(schema: Json, value: Any) -> bool:
    kind = schema.get("type") or ("object" if "properties" in schema else None)
    if kind is not None and not TYPES.is_type(value, kind):
        return False
    if "const" in schema and (value != schema["const"]):
        return False
    parse = PARSERS.get(schema.get("format", "")) if kind == "string" else None
    try:
        return parse is None or parse(value) is not None
    except ValueError:
        return False


def _wrong_inside(document: Json, schema: Json, body: Any, where: str) -> list[str]:
    if isinstance(body, list):
        items = schema.get("items", {})
        return [
            place
            for index, item in enumerate(body)
            for place in wrong(document, items, item, f"{where}/{index}")
        ]
    if not isinstance(body, dict):
        return []
    known = schema.get("properties", {})
    more = schema.get("additionalProperties")
    places = [f"{where}/{name}" for name in schema.get("required", ()) if name not in body]
    for name, value in body.items():
        each = known.get(name, more if isinstance(more, dict) else {})
        step = name.replace("~", "~0").replace("/", "~1")
        places += wrong(document, each, value, f"{where}/{step}")
    return places
