"""Compare webhooks with event classes by name, both ways, and check the sandbox's handlers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.webhooks import event_names, unmatched_names
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.modules import constant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.modules import Module

_EVENTS: Final = "trunkline.webhooks.events"
#: The decorator of classes of removed webhooks.
REMOVED: Final = "removed_webhook"


def check(facts: Facts) -> Iterator[Finding]:
    """Yield events and operations that only one side has."""
    for package, document in facts.documents.items():
        module = module_of(facts, package)
        names = [
            n for key, item in document.get("webhooks", {}).items() for n in event_names(key, item)
        ]
        known = _keys(module, "EVENTS") if module else {}
        file = module.file if module else f"overlay/{_EVENTS.replace('.', '/')}/__init__.py"
        for name in names:
            if name not in known:
                text = f"the webhook event {name} has no class"
                yield Finding(file, 0, "event/missing", text, package, pointer="/webhooks")
        removed = (
            {event_of(e) for e in module.classes() if _is_removed(e)} if module else set[str]()
        )
        for name, line in known.items():
            if name not in names and name not in removed:
                yield Finding(file, line, "event/gone", f"no webhook sends {name}", package)
            elif name in names and name in removed:
                text = f"a webhook sends {name}, which is marked as removed"
                yield Finding(file, line, "event/mark", text, package)
        for text in unmatched_names(document):
            yield Finding(file, 0, "event/name", text, package, pointer="/webhooks")
        if module:
            yield from _classes(module, package)
    yield from _handlers(facts)


def module_of(facts: Facts, package: str) -> Module | None:
    """Return the module of a contract's event classes."""
    index = facts.sources.module(_EVENTS)
    homes: dict[str, str] = (constant(index.definition("_MODULES")) if index else None) or {}
    return facts.sources.module(f"{_EVENTS}.{homes.get(package, '-')}")


def event_of(node: ast.ClassDef) -> str:
    """Return the name of a class's event, empty where it declares none."""
    mark = _mark(node)
    return str(constant(mark.value)) if mark else ""


def _is_removed(node: ast.ClassDef) -> bool:
    return any(ast.unparse(each) == REMOVED for each in node.decorator_list)


def _keys(module: Module, name: str) -> dict[str, int]:
    """Return the keys of a table with their lines, including those of a table unpacked in it."""
    found = module.definition(name)
    keys: dict[str, int] = {}
    if isinstance(found, ast.Call):  # made from the classes of a union
        for each in module.classes():
            if each.name in _names(module, ast.unparse(found.args[0])) and (mark := _mark(each)):
                keys[str(constant(mark.value))] = mark.lineno
    if isinstance(found, ast.Dict):
        for key, value in zip(found.keys, found.values, strict=True):
            if key is None:
                keys |= _keys(module, ast.unparse(value))
            else:
                keys[str(constant(key))] = key.lineno
    return keys


def _mark(node: ast.ClassDef) -> ast.AnnAssign | None:
    marks = (each for each in node.body if isinstance(each, ast.AnnAssign))
    return next(
        (each for each in marks if ast.unparse(each.target) == "event" and each.value), None
    )


def _classes(module: Module, package: str) -> Iterator[Finding]:
    """Check that every event class is in ``__all__`` and in the union, with one event name."""
    public: set[str] = set(constant(module.definition("__all__")) or ())
    for name in {"EVENTS", "parse"} - public:
        yield Finding(module.file, 0, "event/list", f"{name} is not in __all__", package)
    union = next((_names(module, n) for n in public if n.endswith("Event")), set[str]())
    for each in module.classes():
        mark = _mark(each)
        if mark is None:
            continue
        for where, names in (("__all__", public), ("the union of events", union)):
            if each.name not in names:
                text = f"{each.name} is not in {where}"
                yield Finding(module.file, each.lineno, "event/list", text, package)
        if f"Literal['{constant(mark.value)}']" != ast.unparse(mark.annotation):
            text = f"{each.name}: its default and its Literal name different events"
            yield Finding(module.file, mark.lineno, "event/name", text, package)


def _names(module: Module, name: str) -> set[str]:
    """Return the names in a union, and in the unions that it refers to."""
    found = module.definition(name)
    if not isinstance(found, ast.expr):
        return {name}
    inner = {each.id for each in ast.walk(found) if isinstance(each, ast.Name)}
    return {deep for each in inner for deep in _names(module, each)}


def _handlers(facts: Facts) -> Iterator[Finding]:
    """Check that the sandbox only handles existing operations."""
    for path in sorted((facts.sources.root / "overlay/trunkline/sandbox/providers").rglob("*.py")):
        parts = path.relative_to(facts.sources.root / "overlay").with_suffix("").parts
        module = facts.sources.module(".".join(parts))
        for each in module.classes() if module else ():
            package = _constant_of(each, "package")
            known = {o[0].operation_id for key, o in facts.operations.items() if key[0] == package}
            known |= set(_further(facts, path)) if known else set()
            for node in ast.walk(each) if known else ():
                for key in _handler_keys(node):
                    if constant(key) not in known and module:
                        text = f"the sandbox handles {constant(key)!r}, which is not an operation"
                        yield Finding(
                            module.file, key.lineno, "sandbox/unknown-operation", text, package
                        )


def _further(facts: Facts, path: Path) -> Iterator[str]:
    """Yield the operations that the sandbox has beyond the contract, in a file's folder."""
    for other in path.parent.glob("*.py"):
        if b'"operationId"' not in other.read_bytes():
            continue
        parts = other.relative_to(facts.sources.root / "overlay").with_suffix("").parts
        module = facts.sources.module(".".join(parts))
        for node in ast.walk(module.tree) if module else ():
            for key, value in (
                zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
            ):
                if constant(key) == "operationId":
                    yield str(constant(value))


def _constant_of(node: ast.ClassDef, name: str) -> str:
    for each in node.body:
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == name:
            return str(constant(each.value))
    return ""


def _handler_keys(node: ast.AST) -> list[Any]:
    targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    value = getattr(node, "value", None)
    named = any(ast.unparse(target).endswith("handlers") for target in targets)
    return [key for key in value.keys if key] if named and isinstance(value, ast.Dict) else []
