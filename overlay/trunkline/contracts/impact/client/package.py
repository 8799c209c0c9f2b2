"""A package that openapi-python-client generated: its operations and models, read from source."""

from __future__ import annotations

import ast
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline.contracts.errors import ContractError
from trunkline.contracts.impact.inference.modules import (
    Assigned,
    ClassInfo,
    FunctionInfo,
    ModuleInfo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.impact.inference.world import World

__all__ = ["ClientPackage", "Endpoint", "locate", "template"]

#: The functions of an endpoint module that send the request.
CALLABLES: Final = ("sync", "sync_detailed", "asyncio", "asyncio_detailed")
_KWARGS: Final = ("_get_kwargs", "get_kwargs")
_LOCATIONS: Final = {"params": "query", "headers": "header", "cookies": "cookie"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The module of one operation.

    Attributes:
        module: its dotted name.
        method: upper-case HTTP method.
        path: the path template with the names of its parameters blanked.
        functions: symbols of the functions that send the request or build it.
        parameters: Python name by (location, wire name); location is query, header, cookie or path.
    """

    module: str
    method: str
    path: str
    functions: tuple[str, ...]
    parameters: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])


def template(path: str) -> str:
    """Return a path template with the names of its parameters blanked."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def locate(client: str | os.PathLike[str]) -> tuple[str, Path]:
    """Return a package's dotted import name and folder, given either; nothing is imported.

    Raises:
        ContractError: there is no such package.
    """
    folder = Path(client)
    if folder.is_dir():
        return _dotted_name(folder.resolve()), folder.resolve()
    parts = os.fspath(client).split(".")
    for entry in sys.path:
        found = Path(entry or ".").joinpath(*parts)
        if found.is_dir():
            return ".".join(parts), found.resolve()
    raise ContractError(
        f"no package {os.fspath(client)!r}: give its folder, or its import name if it is installed"
    )


def _dotted_name(folder: Path) -> str:
    parts = [folder.name]
    while (folder.parent / "__init__.py").is_file():
        folder = folder.parent
        parts.insert(0, folder.name)
    return ".".join(parts)


class ClientPackage:
    """The generated package that a consumer's code, or an overlay, calls.

    Args:
        world: the modules, which must include the package.
        name: dotted import name.
        folder: where it is.
    """

    def __init__(self, world: World, name: str, folder: Path) -> None:
        self.world = world
        self.name = name
        self.folder = folder
        self._endpoints: list[Endpoint] | None = None
        self._wire_names: dict[str, dict[str, str]] = {}
        self._classes: dict[str, ClassInfo] | None = None

    @property
    def endpoints(self) -> list[Endpoint]:
        """Every operation of the package."""
        if self._endpoints is None:
            files = sorted((self.folder / "api").rglob("*.py"))
            modules = [self.world.at(path) for path in files if not path.name.startswith("_")]
            found = [_endpoint(module) for module in modules if module is not None]
            self._endpoints = [each for each in found if each is not None]
        return self._endpoints

    @property
    def classes(self) -> dict[str, ClassInfo | Assigned]:
        """The models and enums by name; a `Literal` alias is an assignment."""
        found: dict[str, ClassInfo | Assigned] = {}
        for path in sorted((self.folder / "models").glob("*.py")):
            module = self.world.at(path)
            for name, each in module.scope.items() if module else ():
                if path.name == "__init__.py" or name.startswith("_"):
                    continue
                if isinstance(each, ClassInfo | Assigned):
                    found[name] = each
        return found

    def wire_names(self, symbol: str) -> dict[str, str]:
        """Return a model's attributes with the names of the properties that they hold."""
        if symbol not in self._wire_names:
            info = self.world.symbol(symbol)
            found = _wire_names(info) if isinstance(info, ClassInfo) else {}
            self._wire_names[symbol] = found
        return self._wire_names[symbol]

    def attribute_of(self, symbol: str, wire: str) -> str | None:
        """Return the attribute of a model that holds a property."""
        for name, each in self.wire_names(symbol).items():
            if each == wire:
                return name
        return None


def _endpoint(module: ModuleInfo) -> Endpoint | None:
    kwargs = next((module.scope[name] for name in _KWARGS if name in module.scope), None)
    if not isinstance(kwargs, FunctionInfo):
        return None
    request = _request(kwargs.node)
    if request is None:
        return None
    names = [name for name in (*CALLABLES, *_KWARGS) if name in module.scope]
    functions = tuple(f"{module.key}::{name}" for name in names)
    method, path = request
    return Endpoint(module.key, method, path, functions, dict(_parameters(kwargs.node)))


def _request(node: ast.AST) -> tuple[str, str] | None:
    for each in ast.walk(node):
        if isinstance(each, ast.Dict):
            items = {
                key.value: value
                for key, value in zip(each.keys, each.values, strict=True)
                if isinstance(key, ast.Constant)
            }
            method, url = items.get("method"), items.get("url")
            if isinstance(method, ast.Constant) and url is not None:
                return str(method.value).upper(), _url(url)
    return None


def _url(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return template(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _url(node.func.value)
    return ""


def _parameters(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
) -> Iterator[tuple[tuple[str, str], str]]:
    args = node.args
    own = {arg.arg for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs]}
    sources = {name: {name} for name in own}
    stores = [
        (each.targets[0] if isinstance(each, ast.Assign) else each.target, each.value)
        for each in ast.walk(node)
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None
    ]
    for target, value in [*stores, *stores]:  # `ast.walk` may yield a use before its source
        if isinstance(target, ast.Name):
            sources.setdefault(target.id, set()).update(_origin(value, sources))
    for target, value in stores:
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            name = target.value.id if isinstance(target.value, ast.Name) else ""
            location = _LOCATIONS.get(name)
            origin = _origin(value, sources)
            if location and len(origin) == 1:
                yield (location, str(target.slice.value)), origin.pop()
    for arg in [*args.posonlyargs, *args.args]:
        yield ("path", arg.arg), arg.arg


def _origin(value: ast.expr, sources: dict[str, set[str]]) -> set[str]:
    used = {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}
    return {name for inner in used for name in sources.get(inner, ())}


def _wire_names(info: ClassInfo) -> dict[str, str]:
    declared = info.scope.get("_wire_names")
    if isinstance(declared, Assigned) and declared.values:
        table = declared.values[0]
        if isinstance(table, ast.Dict):
            pairs = [(k, v) for k, v in zip(table.keys, table.values, strict=True)]
            return {
                str(k.value): str(v.value)
                for k, v in pairs
                if isinstance(k, ast.Constant) and isinstance(v, ast.Constant)
            }
    reader = info.scope.get("from_dict")
    fields = [name for name, each in info.scope.items() if _is_field(name, each)]
    keys = _popped(reader.node) if isinstance(reader, FunctionInfo) else []
    # The generator writes both in the order of the properties.
    return dict(zip(fields, keys, strict=True)) if len(fields) == len(keys) else {}


def _is_field(name: str, each: object) -> bool:
    is_own = isinstance(each, Assigned) and each.annotation is not None
    return is_own and name != "additional_properties" and not name.startswith("_")


def _popped(node: ast.AST) -> list[str]:
    calls = [
        (each.lineno, each.col_offset, each.args[0].value)
        for each in ast.walk(node)
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "pop"
        and each.args
        and isinstance(each.args[0], ast.Constant)
    ]
    return list(dict.fromkeys(str(key) for _, _, key in sorted(calls)))
