"""Write the names and types that the generator would write, without the generator.

Enough to know which import, function, class and attribute an element of a contract becomes: bodies
are left out, and the code is not meant to be run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts.impact.client.naming import (
    class_name,
    endpoint_module,
    identifier,
    snake_case,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["write"]

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PLAIN: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_CLIENT: Final = """
from typing import Self

class Client:
    def __enter__(self) -> Self: ...
    async def __aenter__(self) -> Self: ...
    def with_headers(self, headers) -> Self: ...
    def with_cookies(self, cookies) -> Self: ...
    def with_timeout(self, timeout) -> Self: ...

class AuthenticatedClient(Client):
    pass
"""
_TYPES: Final = """
from typing import Generic, TypeVar

T = TypeVar("T")

class Unset:
    pass

UNSET = Unset()

class Response(Generic[T]):
    status_code: int
    content: bytes
    parsed: T | None
"""


def write(document: Mapping[str, Any], folder: Path) -> None:
    """Write the modules of a client for a document into a folder.

    Args:
        document: an OpenAPI 3.0 or 3.1 document.
        folder: a folder that exists and is empty.
    """
    writer = _Writer(document, folder)
    writer.put("client", _CLIENT)
    writer.put("types", _TYPES)
    writer.put("__init__", "from .client import AuthenticatedClient, Client\n")
    writer.put("api/__init__", "")
    for name, schema in _object(_object(document, "components"), "schemas").items():
        writer.schema(schema, name, "")
    for path, item in _object(document, "paths").items():
        for method in _METHODS:
            if is_object(item) and is_object(item.get(method)):
                writer.operation(method, str(path), item[method], item)
    names = sorted(writer.models.items())
    writer.put("models/__init__", "".join(f"from .{m} import {n}\n" for n, m in names))


class _Writer:
    def __init__(self, document: Mapping[str, Any], folder: Path) -> None:
        self.document = document
        self.folder = folder
        self.models: dict[str, str] = {}
        self._active: set[str] = set()

    def put(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def schema(self, schema: Any, name: str, parent: str) -> str:
        """Return the annotation of a schema; write the class that it becomes, if any."""
        if not is_object(schema):
            return "Any"
        if isinstance(schema.get("$ref"), str):
            return self._reference(schema["$ref"])
        title = str(schema.get("title") or name)
        for key in ("oneOf", "anyOf"):
            if is_array(schema.get(key)):
                options = [
                    self.schema(each, f"{title}_type_{i}", parent)
                    for i, each in enumerate(schema[key])
                ]
                return " | ".join(dict.fromkeys(options)) or "Any"
        if is_array(schema.get("enum")):
            return self._enum(schema["enum"], class_name(f"{parent}{class_name(title)}"))
        kinds = schema.get("type")
        return self._typed(schema, kinds if is_array(kinds) else [kinds], title, parent)

    def _typed(self, schema: dict[str, Any], kinds: list[Any], title: str, parent: str) -> str:
        found: list[str] = ["None"] if schema.get("nullable") is True else []
        for kind in kinds:
            if kind == "array":
                inner = self.schema(schema.get("items"), f"{title}_item", parent)
                found.append(f"list[{inner}]")
            elif kind == "object" or "properties" in schema or "allOf" in schema:
                found.append(self._model(schema, title, parent))
            else:
                found.append("None" if kind == "null" else _PLAIN.get(str(kind), "Any"))
        return " | ".join(dict.fromkeys(found)) or "Any"

    def _reference(self, ref: str) -> str:
        name = ref.rpartition("/")[2]
        target = _object(_object(self.document, "components"), "schemas").get(name)
        if name in self._active or class_name(name) in self.models:
            return f'"{class_name(name)}"'
        self._active.add(name)
        try:
            return self.schema(target, name, "")
        finally:
            self._active.discard(name)

    def _enum(self, values: list[Any], name: str) -> str:
        if name not in self.models:
            self._class(name, "from enum import StrEnum\n", "StrEnum", _enum_members(values))
        return f'"{name}"'

    def _model(self, schema: dict[str, Any], title: str, parent: str) -> str:
        is_named = bool(schema.get("title")) or not parent
        name = class_name(title if is_named else f"{parent}{class_name(title)}")
        if name not in self.models:
            self.models[name] = snake_case(name)  # it may refer to itself
            # As in the generator: required fields first, then those with a default.
            fields = sorted(self._fields(schema, name), key=lambda field: not field[3])
            wire = json.dumps({python: key for python, key, _, _ in fields})
            lines = [f"    _wire_names = {wire}"]
            for python, _, annotation, required in fields:
                kind = annotation if required else f"{annotation} | Unset"
                lines.append(f"    {python}: {kind}" + ("" if required else " = UNSET"))
            lines.append("    def to_dict(self) -> dict[str, Any]: ...")
            lines.append("    @classmethod")
            lines.append("    def from_dict(cls, src_dict) -> Self: ...")
            self._class(name, "", "", lines)
        return f'"{name}"'

    def _class(self, name: str, imports: str, base: str, lines: list[str]) -> None:
        module = self.models[name] = snake_case(name)
        head = "from __future__ import annotations\nfrom typing import Any, Self\n"
        head += "from ..types import UNSET, Unset\nfrom . import *\n"
        body = "\n".join(lines) or "    pass"
        self.put(f"models/{module}", f"{head}{imports}\nclass {name}({base}):\n{body}\n")

    def _fields(
        self, schema: dict[str, Any], owner: str, depth: int = 0
    ) -> Iterator[tuple[str, str, str, bool]]:
        parts: Any = schema.get("allOf")
        for part in parts if is_array(parts) and depth < 8 else ():
            yield from self._fields(self._composed(part), owner, depth + 1)
        listed: Any = schema.get("required")
        known: set[Any] = {*listed} if is_array(listed) else set()
        for key, value in _object(schema, "properties").items():
            yield identifier(key), key, self.schema(value, key, owner), key in known

    def _composed(self, part: Any) -> dict[str, Any]:
        ref = part.get("$ref") if is_object(part) else None
        if isinstance(ref, str):
            part = _object(_object(self.document, "components"), "schemas").get(
                ref.rpartition("/")[2]
            )
        return part if is_object(part) else {}

    def operation(
        self, method: str, path: str, operation: dict[str, Any], item: dict[str, Any]
    ) -> None:
        tags = operation.get("tags")
        name = operation.get("operationId")
        module = endpoint_module(
            method,
            path,
            name if isinstance(name, str) else None,
            [str(tag) for tag in tags] if is_array(tags) and tags else None,
        )
        owner = class_name(module.rpartition(".")[2])
        parameters = self._parameters(operation, item, owner)
        positional = [f"{n}: {a}" for n, _, location, a, _ in parameters if location == "path"]
        keywords = [
            f"{n}: {a}" if required else f"{n}: {a} | Unset = UNSET"
            for n, _, location, a, required in parameters
            if location != "path"
        ]
        body = self._content(operation.get("requestBody"), f"{owner}Body")
        keywords = [
            "client: AuthenticatedClient | Client",
            *([f"body: {body}"] if body else []),
            *keywords,
        ]
        signature = ", ".join([*positional, "*", *keywords])
        result = self._result(operation, owner)
        depth = "." * (module.count(".") + 1)
        self.put(
            module.replace(".", "/"),
            "from __future__ import annotations\nfrom typing import Any\n"
            f"from {depth}client import AuthenticatedClient, Client\n"
            f"from {depth}types import UNSET, Response, Unset\nfrom {depth}models import *\n"
            f"{_kwargs(method, path, signature, parameters)}"
            f"def sync_detailed({signature}) -> Response[{result}]: ...\n"
            f"def sync({signature}) -> {result} | None: ...\n"
            f"async def asyncio_detailed({signature}) -> Response[{result}]: ...\n"
            f"async def asyncio({signature}) -> {result} | None: ...\n",
        )
        package = module.rpartition(".")[0].replace(".", "/")
        self.put(f"{package}/__init__", "")

    def _parameters(
        self, operation: dict[str, Any], item: dict[str, Any], owner: str
    ) -> list[tuple[str, str, str, str, bool]]:
        found: dict[tuple[str, str], tuple[str, str, str, str, bool]] = {}
        for source in (item, operation):
            listed = source.get("parameters")
            for each in listed if is_array(listed) else []:
                node = self._followed(each)
                name, location = str(node.get("name")), str(node.get("in"))
                annotation = self.schema(node.get("schema"), name, owner)
                required = node.get("required") is True
                found[location, name] = (identifier(name), name, location, annotation, required)
        return list(found.values())

    def _followed(self, node: Any) -> dict[str, Any]:
        for _ in range(8):
            ref = node.get("$ref") if is_object(node) else None
            if not isinstance(ref, str):
                break
            _, section, name = (*ref.removeprefix("#/").split("/", 2), "", "")[:3]
            node = _object(_object(self.document, "components"), section).get(name)
        return node if is_object(node) else {}

    def _content(self, node: Any, name: str) -> str:
        content = _object(self._followed(node), "content")
        for media, each in content.items():
            if "json" in media or "form" in media:
                return self.schema(
                    _object(content, media).get("schema") if each else None, name, ""
                )
        return ""

    def _result(self, operation: dict[str, Any], owner: str) -> str:
        found: dict[str, None] = {}
        for status, response in _object(operation, "responses").items():
            kind = self._content(response, f"{owner}Response{status}")
            found[kind or "Any"] = None
        return " | ".join(found) or "Any"


def _kwargs(
    method: str, path: str, signature: str, parameters: list[tuple[str, str, str, str, bool]]
) -> str:
    names = {"query": "params", "header": "headers", "cookie": "cookies"}
    lines = [
        f"    {names[location]}[{key!r}] = {python}"
        for python, key, location, _, _ in parameters
        if location in names
    ]
    request = f"    return {{'method': {method!r}, 'url': {path!r}}}"
    return "\n".join([f"def _get_kwargs({signature}):", *lines, request, ""])


def _enum_members(values: list[Any]) -> list[str]:
    lines: list[str] = []
    for number, value in enumerate(values):
        if value is None:
            continue
        text = snake_case(str(value)).upper() if isinstance(value, str) else f"VALUE_{value}"
        name = text if text.isidentifier() else f"VALUE_{number}"
        lines.append(f"    {name} = {value!r}")
    return lines


def _object(node: Any, key: str) -> dict[str, Any]:
    found = node.get(key) if is_object(node) else None
    return found if is_object(found) else {}
