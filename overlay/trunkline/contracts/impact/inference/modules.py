"""Modules read from source, without importing them: what they define and what they import."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Assigned",
    "ClassInfo",
    "Definition",
    "FunctionInfo",
    "Import",
    "ModuleInfo",
    "read_module",
]

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
#: `type X = ...`, which Python 3.11 does not parse.
_TYPE_STATEMENT: Any = getattr(ast, "TypeAlias", ())


@dataclass(slots=True, eq=False)
class Import:
    """A name that stands for a module, or for something in one."""

    module: str
    level: int
    name: str | None
    node: ast.AST


@dataclass(slots=True, eq=False)
class Assigned:
    """A variable of a module or an attribute of a class: its annotation and its values."""

    module: ModuleInfo
    annotation: ast.expr | None = None
    values: list[ast.expr] = field(default_factory=list[ast.expr])
    #: Names of the type parameters of `type X[T] = ...`.
    parameters: tuple[str, ...] = ()
    #: Functions of the module that assign it with `global`.
    writers: list[FunctionInfo] = field(default_factory=list["FunctionInfo"])


@dataclass(slots=True, eq=False)
class FunctionInfo:
    """A function or method; `symbol` is `module::qualified.name`."""

    symbol: str
    node: FunctionNode
    module: ModuleInfo
    owner: ClassInfo | None = None
    #: The enclosing function; its names are looked up before those of the module.
    parent: FunctionInfo | None = None
    overloads: list[FunctionNode] = field(default_factory=list[FunctionNode])
    #: The last part of each decorator's name, such as `property`.
    decorators: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.decorators = frozenset(_last(each) for each in self.node.decorator_list)

    @property
    def name(self) -> str:
        """The name without its module."""
        return self.symbol.partition("::")[2]


@dataclass(slots=True, eq=False)
class ClassInfo:
    """A class; `symbol` is `module::qualified.name`."""

    symbol: str
    node: ast.ClassDef
    module: ModuleInfo
    scope: dict[str, Definition] = field(default_factory=dict[str, "Definition"])

    @property
    def methods(self) -> list[FunctionInfo]:
        """The functions defined in its body."""
        return [each for each in self.scope.values() if isinstance(each, FunctionInfo)]

    def constants(self, value: object) -> list[str]:
        """Return the names that are assigned this value in its body, as members of an enum are."""
        return [
            name
            for name, found in self.scope.items()
            if isinstance(found, Assigned)
            and any(isinstance(v, ast.Constant) and v.value == value for v in found.values)
        ]


@dataclass(slots=True, eq=False)
class ModuleInfo:
    """A module: `key` is its dotted name in a library, its path in a consumer's code."""

    key: str
    path: Path
    dotted: str
    is_package: bool
    library: bool
    tree: ast.Module
    lines: list[str]
    scope: dict[str, Definition] = field(default_factory=dict[str, "Definition"])
    stars: list[Import] = field(default_factory=list[Import])
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.path.parent  # each path object caches its hash

    @property
    def package(self) -> str:
        """The package against which its relative imports are resolved."""
        return self.dotted if self.is_package else self.dotted.rpartition(".")[0]


Definition: TypeAlias = Import | Assigned | FunctionInfo | ClassInfo | ModuleInfo


def read_module(  # noqa: D417 - the rest is described by ModuleInfo
    key: str, path: Path, text: str, *, dotted: str, is_package: bool, library: bool
) -> ModuleInfo:
    """Parse a module.

    Args:
        text: its source, decoded.

    Raises:
        SyntaxError: it is not Python.
        ValueError: it holds a NUL character (Python 3.11).
        RecursionError, MemoryError: it is nested too deeply for the parser.
    """
    tree = ast.parse(text)
    module = ModuleInfo(key, path, dotted, is_package, library, tree, text.splitlines())
    _collect(tree.body, module, module.scope, "", None)
    return module


def _collect(
    body: list[ast.stmt],
    module: ModuleInfo,
    scope: dict[str, Definition],
    prefix: str,
    owner: ClassInfo | None,
) -> None:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            _function(node, module, scope, prefix, owner)
        elif isinstance(node, ast.ClassDef):
            info = ClassInfo(f"{module.key}::{prefix}{node.name}", node, module)
            scope[node.name] = info
            _collect(node.body, module, info.scope, f"{prefix}{node.name}.", info)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            _imports(node, module, scope)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            _assigned(node, module, scope)
        elif isinstance(node, _TYPE_STATEMENT):
            _alias(node, module, scope)
        else:
            for inner in _blocks(node):
                _collect(inner, module, scope, prefix, owner)


def _alias(node: Any, module: ModuleInfo, scope: dict[str, Definition]) -> None:
    names = tuple(each.name for each in node.type_params)
    scope[node.name.id] = Assigned(module, None, [node.value], parameters=names)


def _blocks(node: ast.stmt) -> list[list[ast.stmt]]:
    if isinstance(node, ast.If | ast.For | ast.While):
        return [node.body, node.orelse]
    if isinstance(node, ast.With | ast.AsyncWith):
        return [node.body]
    if isinstance(node, ast.Try):
        handlers = [handler.body for handler in node.handlers]
        return [*handlers, node.body, node.orelse, node.finalbody]
    return []


def _function(
    node: FunctionNode,
    module: ModuleInfo,
    scope: dict[str, Definition],
    prefix: str,
    owner: ClassInfo | None,
) -> None:
    before = scope.get(node.name)
    names = [_last(each) for each in node.decorator_list]
    if isinstance(before, FunctionInfo) and {"setter", "deleter"} & set(names):
        return
    info = FunctionInfo(f"{module.key}::{prefix}{node.name}", node, module, owner)
    if isinstance(before, FunctionInfo) and "overload" in before.decorators:
        info.overloads = [*before.overloads, before.node]
    scope[node.name] = info
    if owner is None and not prefix:
        _globals_of(info, module)


def _globals_of(info: FunctionInfo, module: ModuleInfo) -> None:
    for inner in info.node.body:
        if isinstance(inner, ast.Global):
            for name in inner.names:
                found = module.scope.setdefault(name, Assigned(module))
                if isinstance(found, Assigned):
                    found.writers.append(info)


def _imports(
    node: ast.Import | ast.ImportFrom, module: ModuleInfo, scope: dict[str, Definition]
) -> None:
    if isinstance(node, ast.Import):
        for alias in node.names:
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            scope[alias.asname or name] = Import(name, 0, None, node)
        return
    for alias in node.names:
        found = Import(node.module or "", node.level, alias.name, alias)
        if alias.name == "*":
            module.stars.append(found)
        else:
            scope[alias.asname or alias.name] = found


def _assigned(
    node: ast.Assign | ast.AnnAssign, module: ModuleInfo, scope: dict[str, Definition]
) -> None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        if isinstance(target, ast.Name):
            found = scope.get(target.id)
            if not isinstance(found, Assigned):
                # A name that is imported or defined in one branch keeps that meaning.
                if found is not None and _is_nothing(node.value):
                    continue
                found = scope[target.id] = Assigned(module)
            if isinstance(node, ast.AnnAssign):
                found.annotation = node.annotation
            if node.value is not None:
                found.values.append(node.value)


def _is_nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
