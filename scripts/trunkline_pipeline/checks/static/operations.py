"""Compare operations and methods, in both directions; check results, and unresolved imports."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.naming import class_name, inline_class
from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source import docstrings
from trunkline_pipeline.checks.source.facts import about
from trunkline_pipeline.checks.source.methods import constructors
from trunkline_pipeline.checks.source.pairing import best, pair
from trunkline_pipeline.checks.source.types import words
from trunkline_pipeline.generation.schema_annotations import resolve

from .arguments import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.checks.contract.operations import Operation
    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Method

_PAGES: Final = frozenset({"AsyncPaginator", "Page"})


def check(facts: Facts) -> Iterator[Finding]:
    """Yield differences between the operations and the methods marked with them."""
    for key, variants in facts.operations.items():
        yield from _reached(facts, key, variants)
    for provider in facts.methods.values():
        for method in provider:
            if method.key and method.key in facts.operations:
                yield from _compared(facts, method)
            elif method.key:
                text = f"{method} is marked with {'.'.join(method.key)}, which no contract has"
                yield about(method, "operation/gone", text)
            elif docstrings.described(method):  # a forwarder may refer to its target's docstring
                for rule, text in docstrings.arguments(method):
                    yield about(method, rule, text)
    yield from _constructors(facts)
    yield from _imports(facts)


def _constructors(facts: Facts) -> Iterator[Finding]:
    """Yield differences between the docstring of a class and its constructor."""
    for provider in facts.methods:
        for owner, method in constructors(facts.sources, provider):
            if docstrings.described(method, owner):
                for rule, text in docstrings.arguments(method, owner):
                    yield about(method, rule, text)


def _reached(facts: Facts, key: tuple[str, str], variants: list[Operation]) -> Iterator[Finding]:
    found, document = facts.marked(key), facts.documents[key[0]]
    for each in variants if found else variants[:1]:
        if not any(not pair(method, each, document).missing for method in found):
            names = [field.name for field in each.fields if field.location == "json"]
            text = (
                f"no method takes the body of {', '.join(names)}"
                if found
                else (f"no public method reaches {each}")
            )
            if not found or len(variants) > 1:
                yield Finding(
                    f"generated/trunkline_generated/{key[0]}/openapi.json",
                    0,
                    "operation/missing",
                    text,
                    key[0],
                    each.operation_id,
                    each.pointer,
                )


def _compared(facts: Facts, method: Method) -> Iterator[Finding]:
    key = method.key or ("", "")
    document = facts.documents[key[0]]
    pairing = best(method, facts.operations[key], document)
    yield from Comparison(method, pairing, document, facts.sources).findings()
    for rule, message in docstrings.check(method, pairing, document):
        yield about(method, rule, message, pairing.operation)
    taken = _returned(method, facts)
    wanted = set(_results(pairing.operation, document))
    if not taken & wanted:
        yield about(
            method,
            "response/type",
            f"{method} returns {', '.join(sorted(taken)) or 'nothing'}, "
            f"the contract has {', '.join(sorted(wanted))}",
            pairing.operation,
        )


def _returned(method: Method, facts: Facts) -> set[str]:
    node = method.node.returns
    is_pages = isinstance(node, ast.Subscript) and ast.unparse(node.value) in _PAGES
    if is_pages and isinstance(node, ast.Subscript):
        return {f"array of {w}" for w in words(node.slice, method.module, facts.sources)}
    return words(node, method.module, facts.sources)


def _results(operation: Operation, document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a method may return: the body, an object in it, or a list in it."""
    for status, media_type, schema in operation.successes(document):
        if not media_type:
            yield from ("null", "boolean")
        elif media_type.startswith("text/"):
            yield "text"
        elif "json" not in media_type:
            yield "class SavedFile"
        else:
            if "properties" in schema:
                name = inline_class(operation.operation_id, schema, f"response_{status}")
                yield f"model {name}"
            yield from _of_body(schema, document)


def _of_body(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    parts = [*schema.get("oneOf", ()), *schema.get("anyOf", ())] or [schema]
    for part in parts:
        yield from _of_part(part, document)
        for each in properties(part, document).values() if "$ref" in part else ():
            yield from _of_part(each, document)


def _of_part(part: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    for each in [part, *part.get("anyOf", ()), *part.get("oneOf", ()), *part.get("allOf", ())]:
        if "$ref" in each:
            yield f"model {class_name(each['$ref'].rpartition('/')[2])}"
        found = resolve(each, document)
        if "items" in found and "$ref" in found["items"]:
            yield f"array of model {class_name(found['items']['$ref'].rpartition('/')[2])}"


def _imports(facts: Facts) -> Iterator[Finding]:
    folder = facts.sources.root / "overlay" / "trunkline"
    for path in sorted(folder.rglob("*.py")):
        if "/_sync/" in path.as_posix() or "/resources/" in path.as_posix():
            continue
        if b"trunkline_generated" not in path.read_bytes():
            continue
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        module = facts.sources.module(name.removesuffix(".__init__"))
        for node, home in module.froms if module else ():
            if home.startswith("trunkline_generated."):
                for alias in node.names:
                    yield from _import(facts, module.file if module else "", node, alias.name)
    for file, (line, text) in facts.sources.broken.items():
        yield Finding(file, line, "import/failed", f"the file cannot be read: {text}")


def _import(facts: Facts, file: str, node: ast.ImportFrom, name: str) -> Iterator[Finding]:
    source = facts.sources.module(node.module or "")
    if source is None:
        yield Finding(file, node.lineno, "import/gone", f"{node.module} is not generated any more")
        return
    known = source.definition(name) is not None or name in source.imports
    if not known and facts.sources.module(f"{source.name}.{name}") is None:
        text = f"{node.module} has no {name} any more"
        yield Finding(file, node.lineno, "import/gone", text)
