"""Contracts from the generated packages, and from files."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from trunkline._json import is_array, is_object
from trunkline.errors import ConfigurationError
from trunkline.sandbox.contract.openapi import Contract, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["contract_from", "load_contract"]


def load_contract(package: str) -> Contract:
    """Read the patched contract from which a generated package is made.

    Raises:
        ConfigurationError: the package or its contract is missing.
    """
    try:
        source = resources.files(f"trunkline_generated.{package}").joinpath("openapi.json")
        contents = json.loads(source.read_text("utf-8"))
    except (ModuleNotFoundError, FileNotFoundError):
        raise ConfigurationError(
            f"trunkline_generated.{package} has no openapi.json: install trunkline again, "
            "or run `make generate` in a source tree"
        ) from None
    return Contract(Document(package, contents))


def contract_from(name: str, source: str | Path | Mapping[str, Any]) -> Contract:
    """Read an OpenAPI 3.0 or 3.1 document from a JSON or YAML file, or a parsed one.

    Raises:
        ConfigurationError: the file cannot be read, or it is not such a document.
    """
    origin = "the document" if not isinstance(source, str | Path) else str(source)
    contents = _read(Path(source)) if isinstance(source, str | Path) else dict(source)
    _check(origin, contents)
    if str(contents["openapi"]).startswith("3.0"):
        contents = _upgraded(contents)
    document = Document(name, contents)
    try:
        for reference in _references(contents):
            document.at(unquote(reference).removeprefix("#"))
        return Contract(document)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(
            f"{origin} is not a complete OpenAPI document: {type(error).__name__} at {error}"
        ) from None


def _read(path: Path) -> Any:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None
    if path.suffix.lower() not in {".yaml", ".yml"}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ConfigurationError(f"{path} cannot be read as JSON: {error}") from None
    return _yaml(path, text)


def _yaml(path: Path, text: str) -> Any:
    try:
        import yaml
    except ModuleNotFoundError:
        raise ConfigurationError(
            f"{path} is YAML: pip install pyyaml, or give the document as JSON"
        ) from None

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times faster

    class Loader(base):  # type: ignore[misc]  # chosen at run time
        """YAML with the types of JSON: dates stay texts."""

    Loader.yaml_implicit_resolvers = {
        first: [item for item in resolvers if item[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    try:
        return _with_text_keys(yaml.load(text, Loader))  # noqa: S506  # a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError(f"{path} cannot be read as YAML: {reason}") from None


def _with_text_keys(node: Any) -> Any:
    if is_array(node):
        return [_with_text_keys(item) for item in node]
    if is_object(node):
        return {_text_key(key): _with_text_keys(value) for key, value in node.items()}
    return node


def _text_key(key: object) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return str(key)


def _check(origin: str, contents: Any) -> None:
    version = contents.get("openapi") if is_object(contents) else None
    if not isinstance(version, str | float) or not str(version).startswith(("3.0", "3.1")):
        found = f"openapi is {version!r}" if version is not None else "it has no openapi version"
        raise ConfigurationError(f"{origin} is not OpenAPI 3.0 or 3.1: {found}")
    if not is_object(contents.get("paths")) or not contents["paths"]:
        raise ConfigurationError(f"{origin} describes no paths, so there is nothing to serve")
    for reference in _references(contents):
        if not reference.startswith("#"):
            raise ConfigurationError(
                f"{origin} refers to {reference}: bundle the document into one file first"
            )


def _references(node: Any) -> Iterator[str]:
    if is_array(node):
        for item in node:
            yield from _references(item)
    elif is_object(node):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)


def _upgraded(node: Any) -> Any:
    """Translate OpenAPI 3.0's own schema keywords into JSON Schema."""
    if is_array(node):
        return [_upgraded(item) for item in node]
    if not is_object(node):
        return node
    schema = {name: _upgraded(value) for name, value in node.items()}
    if schema.pop("nullable", False) is True:
        schema = _nullable(schema)
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)
    return schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("type"), str):
        types = {"type": [schema["type"], "null"]}
        values = {"enum": [*schema["enum"], None]} if is_array(schema.get("enum")) else {}
        return {**schema, **types, **values}
    return {"anyOf": [schema, {"type": "null"}]}
