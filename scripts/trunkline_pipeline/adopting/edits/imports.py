"""Add imports to a module, at run time or only for type checkers; ruff sorts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .forms import Import


def added(
    module: cst.Module, imports: Iterable[Import], typing: Iterable[Import] = ()
) -> cst.Module:
    """Return a module that additionally imports these names."""
    imports = list(imports)
    narrow = _ForRunTime(imports)
    body = [
        cst.ensure_type(each.visit(narrow), cst.If) if _types_of(each) else each
        for each in module.body
    ]
    known = {*_known(body), *(each for line in body for each in _known(_types_of(line)))}
    typed = [each for each in dict.fromkeys(typing) if each not in known]
    plain = [each for each in typed if each[0] == "typing"]
    typed = [each for each in typed if each[0] != "typing"]
    if typed and not any(map(_types_of, body)):
        plain.append(("typing", "TYPE_CHECKING"))
        body.insert(_end(body), cst.ensure_type(cst.parse_statement(_EMPTY), cst.If))
    for number, line in enumerate(body):
        if typed and _types_of(line):
            body[number] = _with_types(cst.ensure_type(line, cst.If), typed)
    known = set(_known(body))
    index = _end(body)
    further = dict.fromkeys([*imports, *plain])
    body[index:index] = [_statement(each) for each in further if each not in known]
    return module.with_changes(body=body)


_EMPTY: Final = "if TYPE_CHECKING:\n    pass\n"


def _types_of(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """Return the statements of a block for type checkers, none for anything else."""
    is_block = (
        isinstance(node, cst.If)
        and isinstance(node.test, cst.Name)
        and node.test.value == "TYPE_CHECKING"
    )
    return cst.ensure_type(node, cst.If).body.body if is_block else ()


class _ForRunTime(cst.CSTTransformer):
    """Removes imports from a block for type checkers that are now imported at run time."""

    def __init__(self, imports: Iterable[Import]) -> None:
        super().__init__()
        self._imports = set(imports)

    def leave_ImportFrom(
        self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom
    ) -> cst.ImportFrom | cst.RemovalSentinel:
        del original_node
        if isinstance(updated_node.names, cst.ImportStar):
            return updated_node
        home = _home(updated_node)
        names = [n for n in updated_node.names if (home, n.evaluated_name) not in self._imports]
        if not names:
            return cst.RemoveFromParent()
        names[-1] = names[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return updated_node.with_changes(names=names)


def _home(node: cst.ImportFrom) -> str:
    return cst.Module([]).code_for_node(node.module) if node.module else ""


def _with_types(node: cst.If, typed: Iterable[Import]) -> cst.If:
    lines = [each for each in node.body.body if not _is_pass(each)]
    made = node.body.with_changes(body=[*lines, *map(_statement, typed)])
    return node.with_changes(body=made)


def _statement(each: Import) -> cst.SimpleStatementLine:
    text = f"from {each[0]} import {each[1]}" if each[0] else f"import {each[1]}"
    return cst.ensure_type(cst.parse_statement(f"{text}\n"), cst.SimpleStatementLine)


def _known(body: Sequence[cst.CSTNode]) -> Iterable[Import]:
    for line in body:
        for each in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(each, cst.ImportFrom) and not isinstance(each.names, cst.ImportStar):
                yield from ((_home(each), name.evaluated_name) for name in each.names)
            elif isinstance(each, cst.Import):
                yield from (("", name.evaluated_name) for name in each.names)


def _is_pass(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[0], cst.Pass)


def _end(body: Sequence[cst.CSTNode]) -> int:
    """Return the index after the imports at the top."""
    found = 0
    for number, line in enumerate(body):
        if isinstance(line, cst.SimpleStatementLine) and isinstance(
            line.body[0], cst.Import | cst.ImportFrom
        ):
            found = number + 1
        elif isinstance(line, cst.If):
            break
    return found
