"""Add imports to a module, at run time or for type checkers alone; ruff sorts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .forms import Import


def added(
    module: cst.Module, imports: Iterable[Import], typing: Iterable[Import] = ()
) -> cst.Module:
    """Return a module that imports these names besides its own."""
    body, known = list(module.body), set(_known(module.body))
    block = next((n for n, each in enumerate(body) if _is_for_types(each)), None)
    inner = body[block].body.body if block is not None else ()  # type: ignore[attr-defined]  # an If
    known_typed = known | set(_known(inner))
    typed = [each for each in dict.fromkeys(typing) if each not in known_typed]
    plain = [each for each in dict.fromkeys(imports) if each not in known]
    runtime = [each for each in typed if each[0] in {"typing"}]
    typed = [each for each in typed if each not in runtime]
    if typed and block is None:
        body.insert(_end(body), cst.parse_statement("if TYPE_CHECKING:\n    pass\n"))
        runtime.append(("typing", "TYPE_CHECKING"))
        block = next(n for n, each in enumerate(body) if _is_for_types(each))
    if typed and block is not None:
        node: cst.If = body[block]  # type: ignore[assignment]  # found as one
        lines = [each for each in node.body.body if not _is_pass(each)]
        body[block] = node.with_changes(
            body=node.body.with_changes(body=[*lines, *map(_statement, typed)])
        )
    place = _end(body)
    body[place:place] = [_statement(each) for each in [*plain, *runtime] if each not in known]
    return module.with_changes(body=body)


def _statement(each: Import) -> cst.BaseStatement:
    text = f"from {each[0]} import {each[1]}" if each[0] else f"import {each[1]}"
    return cst.parse_statement(f"{text}\n")


def _known(body: Sequence[cst.CSTNode]) -> Iterable[Import]:
    for line in body:
        for each in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(each, cst.ImportFrom) and not isinstance(each.names, cst.ImportStar):
                home = cst.Module([]).code_for_node(each.module) if each.module else ""
                yield from ((home, name.evaluated_name) for name in each.names)
            elif isinstance(each, cst.Import):
                yield from (("", name.evaluated_name) for name in each.names)


def _is_for_types(node: cst.CSTNode) -> bool:
    return (
        isinstance(node, cst.If)
        and isinstance(node.test, cst.Name)
        and node.test.value == "TYPE_CHECKING"
    )


def _is_pass(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[0], cst.Pass)


def _end(body: Sequence[cst.CSTNode]) -> int:
    """Return the place after the imports at the top."""
    found = 0
    for number, line in enumerate(body):
        if isinstance(line, cst.SimpleStatementLine) and isinstance(
            line.body[0], cst.Import | cst.ImportFrom
        ):
            found = number + 1
        elif isinstance(line, cst.If):
            break
    return found
