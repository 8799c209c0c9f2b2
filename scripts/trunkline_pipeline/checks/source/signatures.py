"""What callers use: arguments of public methods, fields of event classes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from .methods import is_property
from .modules import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Facts
    from .methods import Method
    from .modules import Module

#: The default of a required argument.
NEEDED: Final = "must be given"


def signatures(facts: Facts) -> dict[str, str]:
    """Return annotation and default of everything that callers use, by its full name."""
    found: dict[str, str] = {}
    for provider, methods in facts.methods.items():
        for method in methods:
            found |= dict(_method(f"{provider} {method}", method))
        for module in facts.sources.resources(provider):
            found |= dict(_properties(provider, module))
    found |= dict(_exports(facts))
    for path in sorted((facts.sources.root / "overlay/trunkline/webhooks/events").glob("[!_]*.py")):
        if events := facts.sources.module(f"trunkline.webhooks.events.{path.stem}"):
            found |= dict(_events(path.stem, events))
    return found


def _exports(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the names that every public package exports."""
    folder = facts.sources.root / "overlay"
    for path in sorted((folder / "trunkline").rglob("__init__.py")):
        parts = path.parent.relative_to(folder).parts
        module = facts.sources.module(".".join(parts)) if "/_" not in "/".join(parts) else None
        for name in (module and constant(module.definition("__all__"))) or ():
            yield f"{'.'.join(parts)}.{name}", "exported"


def _events(sender: str, module: Module) -> Iterator[tuple[str, str]]:
    for each in module.classes():
        for node in each.body if each.name[0] != "_" else ():
            if isinstance(node, ast.AnnAssign):
                name = f"events {sender} {each.name}.{ast.unparse(node.target)}"
                yield name, ast.unparse(node.annotation)


def _properties(provider: str, module: Module) -> Iterator[tuple[str, str]]:
    for each in module.classes():
        for node in each.body:
            if isinstance(node, ast.FunctionDef) and is_property(node) and node.returns:
                yield f"{provider} {each.name}.{node.name}", ast.unparse(node.returns)


def _method(name: str, method: Method) -> Iterator[tuple[str, str]]:
    returns = method.node.returns
    yield f"{name}()", ast.unparse(returns) if returns else "nothing"
    for each in method.arguments.values():
        kind = ast.unparse(each.annotation) if each.annotation else "any"
        default = NEEDED if each.default is None else ast.unparse(each.default)
        yield f"{name}({each.name})", f"{kind} = {default}"
