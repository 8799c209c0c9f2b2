"""What callers write and read: arguments of public methods, fields of event classes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from .methods import is_property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Facts
    from .methods import Method
    from .source import Module

#: Stands for an argument that must be given.
NEEDED: Final = "must be given"


def signatures(facts: Facts) -> dict[str, str]:
    """Return annotation and default of everything that callers name, by its own name."""
    found: dict[str, str] = {}
    for room, methods in facts.methods.items():
        for each in methods:
            found |= dict(_method(f"{room} {each}", each))
        for module in facts.sources.resources(room):
            found |= dict(_properties(room, module))
    for path in sorted((facts.sources.root / "overlay/trunkline/webhooks/events").glob("[!_]*.py")):
        module = facts.sources.module(f"trunkline.webhooks.events.{path.stem}")
        public = [c for c in module.classes() if c.name[0] != "_"] if module else []
        for each in public:
            for node in each.body:
                if isinstance(node, ast.AnnAssign):
                    name = f"events {path.stem} {each.name}.{ast.unparse(node.target)}"
                    found[name] = ast.unparse(node.annotation)
    return found


def _properties(room: str, module: Module) -> Iterator[tuple[str, str]]:
    for each in module.classes():
        for node in each.body:
            if isinstance(node, ast.FunctionDef) and is_property(node) and node.returns:
                yield f"{room} {each.name}.{node.name}", ast.unparse(node.returns)


def _method(name: str, method: Method) -> Iterator[tuple[str, str]]:
    returns = method.node.returns
    yield f"{name}()", ast.unparse(returns) if returns else "nothing"
    for each in method.arguments.values():
        kind = ast.unparse(each.annotation) if each.annotation else "any"
        default = NEEDED if each.default is None else ast.unparse(each.default)
        yield f"{name}({each.name})", f"{kind} = {default}"
