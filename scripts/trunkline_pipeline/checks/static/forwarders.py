"""Check methods that pass their arguments on to a marked one: none may be lost."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.checks.source.facts import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline_pipeline.checks.findings import Finding
    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Method


def check(facts: Facts) -> Iterator[Finding]:
    """Yield arguments that forwarders of clients and ``compat`` modules pass on wrongly."""
    for provider, found in facts.methods.items():
        by_name = {(each.owner, each.node.name): each for each in found}
        for method in found:
            if method.key is None:
                for call, target in _handed_on(method, facts.attributes[provider], by_name):
                    for rule, text in _compare(method, call, target):
                        yield about(method, rule, f"{method}: {text}")


def forwarders_of(facts: Facts, target: Method) -> Iterator[Method]:
    """Yield the methods that pass their arguments on to a marked one."""
    for provider, found in facts.methods.items():
        by_name = {(each.owner, each.node.name): each for each in found}
        for method in found:
            if method.key is None:
                called = _handed_on(method, facts.attributes[provider], by_name)
                if any(each is target for _, each in called):
                    yield method


def _handed_on(
    method: Method, attributes: dict[str, str], by_name: dict[tuple[str, str], Method]
) -> Iterator[tuple[ast.Call, Method]]:
    for call in (each for each in ast.walk(method.node) if isinstance(each, ast.Call)):
        parts = ast.unparse(call.func).split(".")
        if len(parts) == 3 and parts[0] == "self":
            target = by_name.get((attributes.get(parts[1], ""), parts[2]))
            if target is not None:
                yield call, target


def _compare(method: Method, call: ast.Call, target: Method) -> Iterator[tuple[str, str]]:
    wanted, own = target.arguments, method.arguments
    positional = [each.arg for each in [*target.node.args.posonlyargs, *target.node.args.args][1:]]
    given = dict(zip(positional, call.args, strict=False))
    given |= {one.arg: one.value for one in call.keywords if one.arg}
    for name in sorted(given.keys() - wanted.keys()):
        yield "forwarder/unknown", f"it gives {name}, which {target} does not take"
    for name, argument in wanted.items():
        if name not in given and (argument.default is None or not _is_compat(method)):
            yield "forwarder/missing", f"it does not give {name} to {target}"
    for name, value in given.items():
        used = {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}
        if name in own and name not in used:
            yield "forwarder/other", f"it gives {target} another value than {name} as {name}"
    used = {each.id for each in ast.walk(method.node) if isinstance(each, ast.Name)}
    for name in own:
        if name not in used:
            yield "forwarder/ignored", f"it takes {name} and does nothing with it"
    if not _is_compat(method):
        yield from _declarations(method, target)


def _declarations(method: Method, target: Method) -> Iterator[tuple[str, str]]:
    for name, argument in target.arguments.items():
        own = method.arguments.get(name)
        if own is not None and _text(own) != _text(argument):
            yield "forwarder/declaration", f"{name} is not declared as in {target}"
    if ast.dump(method.node.returns or ast.Pass()) != ast.dump(target.node.returns or ast.Pass()):
        yield "forwarder/declaration", f"it does not return the type of {target}"


def _text(argument: Any) -> tuple[str, ...]:
    parts = (argument.annotation, argument.default)
    return tuple(ast.unparse(part) if part is not None else "" for part in parts)


def _is_compat(method: Method) -> bool:
    return method.module.name.endswith(".compat")
