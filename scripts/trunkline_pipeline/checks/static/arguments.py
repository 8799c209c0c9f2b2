"""Compare the arguments of a marked method with the fields of its operation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.operations import properties, required_names
from trunkline_pipeline.checks.contract.sample_values import one_variant
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.modules import constant
from trunkline_pipeline.checks.source.pairing import EXTRA, OPEN_BODY
from trunkline_pipeline.checks.source.types import typed_fields, words

from .schema_words import missing, needed, surplus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from trunkline_pipeline.checks.contract.operations import Field
    from trunkline_pipeline.checks.source.methods import Argument, Method
    from trunkline_pipeline.checks.source.modules import Module, Sources
    from trunkline_pipeline.checks.source.pairing import Pairing

    Check = Callable[["Comparison", Argument, Field], Iterator[tuple[str, str]]]

_BOUNDS: Final = "bounded_int"


class Comparison:
    """Compares one method with one operation.

    Args:
        method: the marked method.
        pairing: its arguments with the fields of its operation.
        document: the patched contract.
        sources: the modules of the repository.
    """

    def __init__(
        self, method: Method, pairing: Pairing, document: Mapping[str, Any], sources: Sources
    ) -> None:
        self.method, self.pairing = method, pairing
        self.document, self.sources = document, sources
        self.bounds = _bounds(method, sources)
        self._used: set[tuple[str, str]] = set()

    def findings(self) -> Iterator[Finding]:
        """Yield everything that differs."""
        for field in self.pairing.missing:
            yield self.finding("argument/missing", f"{self.method} has no argument for {field}")
        operation = self.pairing.operation
        if operation.open_body and not self._takes_open_body():
            text = f"{self.method} has no `**fields` and no mapping for the open body"
            yield self.finding("argument/missing", text)
        for name in self.pairing.unknown:
            text = f"{self.method} takes {name}, which the contract does not have"
            yield self.finding("argument/unknown", text, self.method.arguments[name].line)
        for name, field in self.pairing.arguments.items():
            argument = self.method.arguments[name]
            for check in _CHECKS:
                for rule, text in check(self, argument, field):
                    yield self.finding(rule, f"{self.method}: {text}", argument.line)
        yield from self._unused()

    def finding(self, rule: str, message: str, line: int = 0) -> Finding:
        """Return a finding about the method."""
        operation, node = self.pairing.operation, self.method.node
        return Finding(
            self.method.module.file,
            line or node.lineno,
            rule,
            message,
            operation.key[0],
            operation.operation_id,
            operation.pointer,
        )

    def declares(self, kind: str, name: str) -> bool:
        """Return whether the mark declares this for an argument, and record it as used."""
        known = name in (self.method.declared.get(kind) or ())
        if known:
            self._used.add((kind, name))
        return known

    def _takes_open_body(self) -> bool:
        return self.method.takes_any or bool(OPEN_BODY & self.method.arguments.keys())

    def _unused(self) -> Iterator[Finding]:
        for name in self.method.declared.get("own") or ():
            if (
                name not in self.method.arguments
                or name in EXTRA
                or any(f.python_name == name for f in self.pairing.missing)
            ):
                yield self._stale("own", name)
        renames: dict[str, str] = self.method.declared.get("renames") or {}
        for name, wire in renames.items():
            taken = self.pairing.arguments.get(name)
            if taken is None or taken.name != wire:
                yield self._stale("renames", name)
        for kind in ("optional", "converts", "bounds", "defaults"):
            for name in self.method.declared.get(kind) or ():
                if (kind, name) not in self._used:
                    yield self._stale(kind, name)

    def _stale(self, kind: str, name: str) -> Finding:
        return self.finding(
            "declaration/unused", f"{self.method} declares {kind} of {name}, and nothing needs it"
        )


def _required(
    comparison: Comparison, argument: Argument, field: Field
) -> Iterator[tuple[str, str]]:
    only = "const" in field.schema and constant(argument.default) == field.schema["const"]
    lenient = field.required and argument.default is not None and not only
    kinds = ("optional", "defaults")
    if lenient and not any(comparison.declares(kind, argument.name) for kind in kinds):
        yield "argument/required", f"{argument.name} has a default, but {field} is required"
    needless = not field.required and argument.default is None
    if needless and not comparison.declares("optional", argument.name):
        yield "argument/optional", f"{argument.name} must be given, but {field} is optional"


def _default(comparison: Comparison, argument: Argument, field: Field) -> Iterator[tuple[str, str]]:
    if argument.default is None:
        return
    value = constant(argument.default)
    known = field.schema.get("default", field.schema.get("const"))
    plain = isinstance(argument.default, ast.Constant)
    meant = plain and (value is None or value == known)
    if not meant and not comparison.declares("defaults", argument.name):
        sent = ast.unparse(argument.default)
        text = f"{argument.name} is {sent} unasked; the contract has {known!r}"
        yield "argument/default", text


def _type(comparison: Comparison, argument: Argument, field: Field) -> Iterator[tuple[str, str]]:
    taken = words(argument.annotation, comparison.method.module, comparison.sources)
    wanted = needed(field.schema, field.reference, comparison.document)
    is_open = one_variant(field.schema, comparison.document).get("x-open-enum") is True
    if is_open and "text" in taken:
        taken = taken | {word for word in wanted if word.startswith("enum ")}
    if lacking := missing(wanted, taken):
        rule = "argument/enum" if any("enum " in word for word in lacking) else "argument/type"
        yield rule, f"{argument.name} does not take {_listed(lacking)}, which {field} is"
    further = surplus(wanted, taken, is_open=is_open)
    if further and not comparison.declares("converts", argument.name):
        yield "argument/type", f"{argument.name} takes {_listed(further)}, which {field} is not"


def _listed(found: set[str]) -> str:
    return ", ".join(sorted(found))


def _bound(comparison: Comparison, argument: Argument, field: Field) -> Iterator[tuple[str, str]]:
    schema = one_variant(field.schema, comparison.document)
    wanted = (schema.get("minimum"), schema.get("maximum"))
    found = comparison.bounds.get(argument.name, (None, None))
    if wanted != found and not comparison.declares("bounds", argument.name):
        yield (
            "argument/bound",
            (
                f"{argument.name} is taken from {found[0]} to {found[1]}, "
                f"but the contract has {wanted[0]} to {wanted[1]}"
            ),
        )


def _nested(comparison: Comparison, argument: Argument, field: Field) -> Iterator[tuple[str, str]]:
    module, document = comparison.method.module, comparison.document
    taken = words(argument.annotation, module, comparison.sources)
    schema = one_variant(field.schema, document)
    schema = one_variant(schema.get("items", schema), document)
    for name in (word.rpartition("typed ")[2] for word in taken if "typed " in word):
        home = _home(name, module, comparison.sources)
        found = typed_fields(name, home, comparison.sources)
        needs = required_names(schema, document)
        wanted = {key: key in needs for key in properties(schema, document)}
        for key in sorted(wanted.keys() ^ found.keys()):
            where = "the contract" if key in wanted else f"its {name}"
            yield "argument/nested", f"{argument.name}: only {where} has the field {key}"
        for key in sorted(wanted.keys() & found.keys()):
            if wanted[key] != found[key]:
                state = "required" if wanted[key] else "optional"
                yield "argument/nested", f"{argument.name}: {name} must have {key} {state}"


def _home(name: str, module: Module, sources: Sources) -> Module:
    found = sources.lookup(module, name)
    return found[0] if found else module


_CHECKS: Final[tuple[Check, ...]] = (_required, _default, _type, _bound, _nested)


def _bounds(method: Method, sources: Sources) -> dict[str, tuple[Any, Any]]:
    """Return the bounds checked by a method, or by a function of its provider that it calls."""
    found: dict[str, tuple[Any, Any]] = {}
    for call in _calls(method.node):
        name = ast.unparse(call.func)
        if name == _BOUNDS:
            found |= _bounds_of(call)
            continue
        home, target = sources.lookup(method.module, name) or (method.module, None)
        if not isinstance(target, ast.FunctionDef) or "_engine" in home.name:
            continue
        for inner in _calls(target):
            if ast.unparse(inner.func) == _BOUNDS:
                found |= _bounds_of(inner)
    return found


def _bounds_of(call: ast.Call) -> dict[str, tuple[Any, Any]]:
    name, _, low, *high = call.args
    return {constant(name): (constant(low), constant(high[0]) if high else None)}


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))
