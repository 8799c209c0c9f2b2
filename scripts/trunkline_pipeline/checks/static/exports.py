"""Check exports: a provider exports all models of its methods, a package all that it loads."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.modules import constant
from trunkline_pipeline.generation.export_tables import Models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.modules import Module


def models_of(facts: Facts) -> dict[str, Models]:
    """Return the models of each provider that callers use, for the tables of its package."""
    found: dict[str, Models] = {}
    for provider in facts.sources.providers():
        for package in facts.packages(provider)[:1]:
            index = facts.sources.module(f"trunkline_generated.{package}.models")
            known = {n for n in index.imports if _is_model(n, index)} if index else set[str]()
            found[provider] = Models(
                _closure(_named(facts, provider, package), package, facts), known
            )
    return found


def _named(facts: Facts, provider: str, package: str) -> set[str]:
    methods = (each for each in facts.methods[provider] if each.key and each.key[0] == package)
    return {
        name
        for method in methods
        for node in (method.node.returns, *(a.annotation for a in method.arguments.values()))
        for name in _generated(node, method.module)
    }


def _generated(node: Any, module: Module) -> Iterator[str]:
    for each in ast.walk(node) if node is not None else ():
        if isinstance(each, ast.Name):
            home, name = module.imports.get(each.id, ("", ""))
            if ".models." in f"{home}.":
                yield name.removesuffix("Value")  # the texts of an enumeration


def _closure(names: set[str], package: str, facts: Facts) -> set[str]:
    """Return the models that are fields of these models, recursively."""
    index = facts.sources.module(f"trunkline_generated.{package}.models")
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name in seen or index is None or not _is_model(name, index):
            continue
        seen.add(name)
        home = facts.sources.module(index.imports[name][0])
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


def check(facts: Facts) -> Iterator[Finding]:
    """Yield names that a package loads, at once or lazily, and does not export."""
    overlay = facts.sources.root / "overlay"
    for path in sorted((overlay / "trunkline").rglob("__init__.py")):
        module = facts.sources.module(".".join(path.parent.relative_to(overlay).parts))
        if module is None or not (listed := constant(module.definition("__all__"))):
            continue
        used = {each.id for each in ast.walk(module.tree) if isinstance(each, ast.Name)}
        own = {n for n, (home, _) in module.imports.items() if home.startswith(f"{module.name}.")}
        own = {name for name in own - used if name[0] != "_"}
        own |= (constant(module.definition("_EXPORTS")) or {}).keys()
        for name in sorted(own - set(listed)):
            yield Finding(module.file, 0, "export/list", f"{name} is not in __all__")
