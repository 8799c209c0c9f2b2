"""The methods of a provider, with their marks and arguments."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .modules import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .modules import Module, Sources

    Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a method; ``default`` is None if it is required."""

    name: str
    annotation: ast.expr | None
    default: ast.expr | None
    line: int


@dataclass(frozen=True, slots=True)
class Method:
    """One public method.

    Attributes:
        module: the module that defines it.
        owner: the name of its class.
        node: its definition.
        key: generated package and endpoint module of its mark, None without one.
        declared: the keywords of its mark: intended differences from the contract.
    """

    module: Module
    owner: str
    node: Function
    key: tuple[str, str] | None
    declared: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.owner}.{self.node.name}"

    @property
    def arguments(self) -> dict[str, Argument]:
        """The arguments by name, positional ones included, without ``self``."""
        given = self.node.args
        plain = [*given.posonlyargs, *given.args]
        defaults = [None] * (len(plain) - len(given.defaults)) + list(given.defaults)
        pairs = [*zip(plain, defaults, strict=True)][1:]
        pairs += zip(given.kwonlyargs, given.kw_defaults, strict=True)
        return {a.arg: Argument(a.arg, a.annotation, d, a.lineno) for a, d in pairs}

    @property
    def takes_any(self) -> bool:
        """Whether ``**fields`` takes further fields of the body, not the extra arguments."""
        more = self.node.args.kwarg
        return more is not None and more.arg != "extra"


def methods(sources: Sources, provider: str) -> Iterator[Method]:
    """Yield the public methods of a provider's classes, in the async source and in ``compat``."""
    modules = list(sources.resources(provider))
    modules += filter(None, [sources.module(f"trunkline.{provider}.compat")])
    for module in modules:
        for each in module.classes():
            for node in each.body:
                if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                if node.name[0] != "_" and not is_property(node):
                    yield Method(module, each.name, node, *_mark(module, node))


def constructors(sources: Sources, provider: str) -> Iterator[tuple[ast.ClassDef, Method]]:
    """Yield the classes of a provider that define a constructor."""
    for module in sources.resources(provider):
        for each in module.classes():
            for node in each.body:
                if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                    yield each, Method(module, each.name, node, None, {})


def is_property(node: Function) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "property" for each in node.decorator_list)


def _mark(module: Module, node: Function) -> tuple[tuple[str, str] | None, dict[str, Any]]:
    for each in node.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "operation" and each.args:
            name = ast.unparse(each.args[0])
            source, attribute = module.imports.get(name, ("", name))
            package = source.split(".")[1] if source.startswith("trunkline_generated.") else ""
            declared = {one.arg: constant(one.value) for one in each.keywords if one.arg}
            return (package, attribute), declared
    return None, {}


def attributes(sources: Sources, provider: str) -> dict[str, str]:
    """Return the class of each resource by the client's attribute."""
    client = sources.module(f"trunkline.{provider}._async.client")
    return {
        node.name: node.returns.id
        for each in (client.classes() if client else ())
        for node in each.body
        if isinstance(node, ast.FunctionDef) and is_property(node)
        if isinstance(node.returns, ast.Name)
    }
