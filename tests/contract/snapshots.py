"""Reading the pinned contracts: their operations, fields and enums."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "api-contracts"
PINS: dict[str, Any] = tomllib.loads((CONTRACTS / "contracts.toml").read_text("utf-8"))
TABLES: dict[str, Any] = PINS["contracts"]
DOCUMENTED: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("documented.toml").read_text("utf-8")
)
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
EVIDENCE = {"published", "sdk", "docs", "page", "inferred"}


def load(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return document


DOCUMENTS = {name: load(CONTRACTS / table["snapshot"]) for name, table in TABLES.items()}


def operations(name: str, section: str = "paths") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation of a section with its method and path (or webhook name)."""
    for path, item in DOCUMENTS[name].get(section, {}).items():
        for method in METHODS & item.keys():
            yield f"{method.upper()} {path}", item[method]


def operation(name: str, operation_id: str) -> dict[str, Any]:
    both = [*operations(name), *operations(name, "webhooks")]
    (found,) = (op for _, op in both if op["operationId"] == operation_id)
    return found


def resolved(name: str, node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    target: Any = DOCUMENTS[name]
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return resolved(name, target)


def schemas_of(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for media in content.values():
        if "schema" in media:
            yield media["schema"]


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema's unnamed sub-schemas: alternatives, items, map values."""
    for keyword in ("anyOf", "oneOf", "allOf"):
        yield from schema.get(keyword, [])
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield schema[keyword]


def field_paths(name: str, node: dict[str, Any], prefix: str = "") -> Iterator[str]:
    schema = resolved(name, node)
    for part in parts(schema):
        yield from field_paths(name, part, prefix)
    for field, value in schema.get("properties", {}).items():
        yield prefix + field
        yield from field_paths(name, value, f"{prefix}{field}.")


def body_fields(name: str, op: dict[str, Any]) -> set[str]:
    content = op.get("requestBody", {}).get("content", {})
    return {path for schema in schemas_of(content) for path in field_paths(name, schema)}


def answer_fields(name: str, op: dict[str, Any]) -> set[str]:
    good = [resolved(name, answer) for code, answer in op["responses"].items() if code < "300"]
    schemas = [schema for answer in good for schema in schemas_of(answer.get("content", {}))]
    return {path for schema in schemas for path in field_paths(name, schema)}


def parameters(name: str, op: dict[str, Any], place: str) -> set[str]:
    found = (resolved(name, parameter) for parameter in op.get("parameters", []))
    return {parameter["name"] for parameter in found if parameter["in"] == place}


def all_nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from all_nodes(child)


def event_names(item: dict[str, Any]) -> list[str]:
    names: list[str] = item["x-event-names"] if "x-event-names" in item else [item["x-event-name"]]
    return names


def enums_in_answers(name: str) -> set[str]:
    """Names of the enum components that a response or an event can hold."""
    document = DOCUMENTS[name]
    enums = {key for key, s in document["components"]["schemas"].items() if "enum" in s}
    answers = [r for _, op in operations(name) for r in op["responses"].values()]
    pending = [*answers, *(op["requestBody"] for _, op in operations(name, "webhooks"))]
    seen: set[str] = set()
    while pending:
        refs = {node["$ref"] for node in all_nodes(pending.pop()) if "$ref" in node} - seen
        seen |= refs
        pending.extend(resolved(name, {"$ref": ref}) for ref in refs)
    return enums & {ref.rpartition("/")[2] for ref in seen}
