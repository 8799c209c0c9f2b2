"""What a room exports: everything that its methods take and return, in all places alike."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.checks.findings import Finding

from .source import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Facts
    from .source import Module, Sources


def check(facts: Facts) -> Iterator[Finding]:
    """Yield names that are in one of a room's tables and not in the others."""
    for room in facts.sources.rooms():
        module = facts.sources.module(f"trunkline.{room}")
        if module is None:
            continue
        public: set[str] = set(constant(_value(module, "__all__")) or ())
        homes: dict[str, str] = constant(_value(module, "_EXPORTS")) or {}
        typed = {name: home for name, (home, _) in module.imports.items() if _is_export(name, home)}
        for name in sorted(public ^ typed.keys()):
            where = "__all__" if name in public else "the imports for type checkers"
            yield _found(module, "export/list", f"{name} is in {where} alone")
        for name in sorted(public & typed.keys()):
            yield from _home(module, room, name, typed[name], homes.get(name))
        yield from _reachable(facts, room, module, public)


def _is_export(name: str, home: str) -> bool:
    return home.startswith("trunkline") and not home.endswith("._lazy") and name != "lazy"


def _home(module: Module, room: str, name: str, typed: str, home: str | None) -> Iterator[Finding]:
    generated = typed.startswith("trunkline_generated.")
    full = f"trunkline.{room}{home}" if (home or "").startswith(".") else home
    if generated == (home is not None) or (home is not None and full != typed):
        yield _found(
            module, "export/list", f"{name} is imported from {typed}, and {home} at run time"
        )


def _reachable(facts: Facts, room: str, module: Module, public: set[str]) -> Iterator[Finding]:
    main, *_ = facts.packages(room) or [""]
    names: set[str] = set()
    for method in facts.methods[room]:
        if method.key and method.key[0] == main:
            nodes = [method.node.returns, *(a.annotation for a in method.arguments.values())]
            for node in nodes:
                names |= set(_generated(node, method.module))
    for name in sorted(_closure(names, main, facts.sources) - public):
        text = f"{name} is taken or returned by a method, and not exported"
        yield _found(module, "export/missing", text)


def _generated(node: Any, module: Module) -> Iterator[str]:
    for each in ast.walk(node) if node is not None else ():
        if isinstance(each, ast.Name):
            home, name = module.imports.get(each.id, ("", ""))
            if ".models." in home and not name.endswith("Value"):
                yield name


def _closure(names: set[str], package: str, sources: Sources) -> set[str]:
    """Return the models that are fields of these models, and so on."""
    index = sources.module(f"trunkline_generated.{package}.models")
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name in seen or index is None or not _is_model(name, index):
            continue
        seen.add(name)
        home = sources.module(index.imports[name][0])
        definition = home.definition(name) if home else None
        for node in definition.body if isinstance(definition, ast.ClassDef) else ():
            if isinstance(node, ast.AnnAssign):
                found = {
                    each.id for each in ast.walk(node.annotation) if isinstance(each, ast.Name)
                }
                todo += found & index.imports.keys()
    return seen


def _is_model(name: str, index: Module) -> bool:
    return index.imports.get(name, ("", ""))[0].startswith(f"{index.name}.")


def _value(module: Module, name: str) -> Any:
    found = module.definition(name)
    return found if isinstance(found, ast.expr) else None


def _found(module: Module, rule: str, text: str) -> Finding:
    return Finding(module.file, module.line_of("__all__"), rule, text)
