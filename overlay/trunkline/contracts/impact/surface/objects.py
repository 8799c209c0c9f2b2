"""The public surface of a generated package: modules, functions, classes and their attributes."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Attribute", "Class", "Function", "Module", "Parameter", "read"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `kind` is `positional`, `keyword`, `args` or `kwargs`."""

    name: str
    kind: str
    annotation: str
    default: str | None

    @property
    def required(self) -> bool:
        """Whether a caller must pass it."""
        return self.default is None and self.kind in {"positional", "keyword"}


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its parameters in order and the type that it returns."""

    parameters: tuple[Parameter, ...]
    returns: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field of a model, a member of an enum, or a name of a module."""

    annotation: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Class:
    """A class: its bases and its public attributes; `fields` are those of its constructor."""

    bases: tuple[str, ...]
    attributes: dict[str, Attribute] = field(default_factory=dict[str, Attribute])

    @property
    def fields(self) -> dict[str, Attribute]:
        """The attributes that the constructor takes, in order."""
        return {name: each for name, each in self.attributes.items() if each.annotation}


@dataclass(frozen=True, slots=True)
class Module:
    """A module and what it defines under public names.

    `request` is the method and URL of an operation's module.
    """

    members: dict[str, Function | Class | Attribute] = field(
        default_factory=dict[str, "Function | Class | Attribute"]
    )
    request: str = ""


def read(folder: Path) -> dict[str, Module]:
    """Return the modules of operations and models by their dotted name below the package."""
    found: dict[str, Module] = {}
    for part in ("api", "models"):
        for path in sorted((folder / part).rglob("*.py")):
            if path.name != "__init__.py":
                name = ".".join(path.relative_to(folder).with_suffix("").parts)
                tree = ast.parse(path.read_text(encoding="utf-8"))
                request = _request(tree) if part == "api" else ""
                found[name] = Module(dict(_members(tree)), request)
    return found


def _request(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
            if "method" in keys and "url" in keys:
                return " ".join(map(ast.unparse, node.values[:2]))
    return ""


def _members(tree: ast.Module) -> Iterator[tuple[str, Function | Class | Attribute]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if not node.name.startswith("_"):
                yield node.name, _function(node)
        elif isinstance(node, ast.ClassDef):
            yield node.name, Class(tuple(map(ast.unparse, node.bases)), dict(_attributes(node)))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if not name.startswith("_") and not _is_type_variable(node.value):
                yield name, Attribute("", ast.unparse(node.value))


def _is_type_variable(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "TypeVar"


def _attributes(node: ast.ClassDef) -> Iterator[tuple[str, Attribute]]:
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            value = None if each.value is None else ast.unparse(each.value)
            is_shown = not each.target.id.startswith("_") and "ClassVar" not in ast.unparse(
                each.annotation
            )
            if is_shown and "init=False" not in (value or ""):
                yield each.target.id, Attribute(_plain(each.annotation), value)
        elif isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            yield from _member(each.targets[0].id, each.value)


def _member(name: str, value: ast.expr) -> Iterator[tuple[str, Attribute]]:
    if not name.startswith("_"):
        yield name, Attribute("", ast.unparse(value))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    args = node.args
    positional = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(positional) - len(args.defaults)) + list(args.defaults)
    parameters = [
        _parameter(arg, "positional", default)
        for arg, default in zip(positional, defaults, strict=True)
    ]
    pairs = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    parameters += [_parameter(arg, "keyword", default) for arg, default in pairs]
    if args.kwarg is not None:
        parameters.append(_parameter(args.kwarg, "kwargs", None))
    return Function(tuple(parameters), _plain(node.returns))


def _parameter(arg: ast.arg, kind: str, default: ast.expr | None) -> Parameter:
    value = None if default is None else ast.unparse(default)
    return Parameter(arg.arg, kind, _plain(arg.annotation), value)


def _plain(node: ast.expr | None) -> str:
    """Return an annotation without quotes around names that are defined later."""
    if node is None:
        return ""
    text = ast.unparse(node)
    return text.replace("'", "").replace('"', "") if "Literal" not in text else text
