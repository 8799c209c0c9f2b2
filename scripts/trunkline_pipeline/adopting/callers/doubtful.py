"""Where callers may use what has changed, and no analysis of types can tell: by what is written."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.checks.contract.naming import identifier
from trunkline_pipeline.checks.static.forwarders import forwarders_of

from .texts import DERIVED, mentions, modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, FieldChange, OperationChange
    from trunkline_pipeline.checks.static.facts import Facts
    from trunkline_pipeline.checks.static.methods import Method

    #: A file relative to the repository, and a line of it.
    Line = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Search:
    """What may be written where a changed operation is used.

    Attributes:
        change: the operation.
        callees: the ends of what is called: ``calls.make``, ``make_call``.
        path: the path, with anything for its parameters.
    """

    change: OperationChange
    callees: dict[str, set[str]]
    path: re.Pattern[str]

    @property
    def gone(self) -> str:
        """What a call has come to, empty where only its arguments differ."""
        return f"{self.change.old} is gone" if self.change.new is None else ""

    def moved(self) -> str:
        """Return what became of the path, empty where it is the same."""
        if self.change.new is None or str(self.change.new) == str(self.change.old):
            return self.gone
        return f"{self.change.old} is now {self.change.new}"


def find(root: Path, facts: Facts, changes: Changes, known: set[Line]) -> Iterator[Todo]:
    """Yield the lines that may use what has changed.

    Args:
        root: the repository.
        facts: the overlay as it is, with the old contracts.
        changes: what differs.
        known: the lines that the analysis has found; they are left out.
    """
    yield from _read(root, facts, changes)
    searches = [s for each in changes.operations if (s := _search(facts, each))]
    if not searches:
        return
    names = "|".join({name for each in searches for name in each.callees} | _removed(searches))
    words = re.compile(rf"[.\"'](?:{names})\b")
    owners = {m.module.name.split(".")[1] for m in _marked(facts, searches)}
    others = {each.partition("_")[0] for each in facts.methods.keys() - owners}
    edited = set(_edited(facts, searches))
    for path in modules(root):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        if mentions(file, text, {changes.package, *owners}) and (
            words.search(text) or any(s.moved() for s in searches)
        ):
            for line, said in _in_module(ast.parse(text), searches, others):
                if (file, line) not in known | edited:
                    yield Todo(file, line, said)


def _read(root: Path, facts: Facts, changes: Changes) -> Iterator[Todo]:
    """Yield the lines of the provider's own package that may read a field that is gone."""
    lost = {identifier(name): said for name, said in changes.lost_fields.items()}
    own = [p for p in facts.methods if lost and changes.package in facts.packages(p)]
    for path in (p for each in own for p in (root / "overlay/trunkline" / each).rglob("*.py")):
        if DERIVED & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Attribute) and node.attr in lost:
                file, said = path.relative_to(root).as_posix(), lost[node.attr]
                yield Todo(file, node.lineno, f"{ast.unparse(node)} may be read here: {said}")


def _marked(facts: Facts, searches: Iterable[_Search]) -> Iterator[Method]:
    for each in searches:
        if each.change.old is not None:
            yield from facts.marked(each.change.old.key)


def _edited(facts: Facts, searches: Iterable[_Search]) -> Iterator[Line]:
    """Yield the lines of the methods that follow by themselves: marked ones, and forwarders."""
    for method in _marked(facts, searches):
        for each in (method, *forwarders_of(facts, method)):
            lines = range(each.node.lineno, (each.node.end_lineno or 0) + 1)
            yield from ((each.module.file, line) for line in lines)


def _removed(searches: Iterable[_Search]) -> set[str]:
    """Return the names on the wire that are not to be given any more."""
    return {each.lost for search in searches for each in search.change.fields if each.lost}


def _search(facts: Facts, change: OperationChange) -> _Search | None:
    if change.old is None or not _may_break(change):
        return None
    callees: dict[str, set[str]] = {}
    for method in facts.marked(change.old.key):
        for each in (method, *forwarders_of(facts, method)):
            callees.setdefault(each.node.name, set()).update(_ends(facts, each))
    path = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(change.old.path))
    return _Search(change, callees, re.compile(rf"{path}(?![\w/])"))


def _may_break(change: OperationChange) -> bool:
    moved = change.new is None or str(change.new) != str(change.old)
    return moved or any(each.needed or each.lost for each in change.fields)


def _ends(facts: Facts, method: Method) -> Iterator[str]:
    """Yield what the expression of a call ends with."""
    provider, name = method.module.name.split(".")[1], method.node.name
    found = [a for a, owner in facts.attributes[provider].items() if owner == method.owner]
    if not found:
        yield name
    for attribute in found:
        yield f"{attribute}.{name}"
        yield f"{attribute}.with_raw_response.{name}"


def _in_module(
    tree: ast.Module, searches: list[_Search], others: set[str]
) -> Iterator[tuple[int, str]]:
    """Yield the lines of a module; ``others`` are the first words of the other providers."""
    nodes = list(ast.walk(tree))
    calls = {id(each.func): each for each in nodes if isinstance(each, ast.Call)}
    parts = {id(p) for each in nodes if isinstance(each, ast.JoinedStr) for p in each.values}
    for node in nodes:
        for search in searches:
            if isinstance(node, ast.Attribute) and node.attr in search.callees:
                if ast.unparse(node).partition(".")[0] not in others:
                    yield from _used(node, calls.get(id(node)), search)
            elif isinstance(node, ast.Call) and _looks_up(node, search):
                yield from _told(node.lineno, ast.unparse(node), search)
            elif isinstance(node, ast.Dict):
                yield from _given(node, search)
            elif isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in parts:
                yield from _requested(node, search)


def _used(node: ast.Attribute, call: ast.Call | None, search: _Search) -> Iterator[tuple[int, str]]:
    text = f".{ast.unparse(node)}"
    ends = {*search.callees[node.attr], f"self.{node.attr}"}
    if any(text.endswith(f".{end}") for end in ends):
        yield from _told(node.end_lineno or 0, text[1:], search, call)


def _told(
    line: int, text: str, search: _Search, call: ast.Call | None = None
) -> Iterator[tuple[int, str]]:
    if search.gone:
        yield line, f"{text} may be called here: {search.gone}"
    given: set[str | None] = {each.arg for each in call.keywords} if call else {None}
    for change in search.change.fields:
        if _matters(change, given):
            yield line, f"{text} may be called here: {change.field} is {change.kind}"


def _matters(change: FieldChange, given: set[str | None]) -> bool:
    """Return whether a call with these keywords has to follow; None stands for ``**more``."""
    name = change.argument
    if change.lost:
        return name in given
    return change.needed and name not in given


def _looks_up(call: ast.Call, search: _Search) -> bool:
    """Return whether a method is fetched by its name, with ``getattr``."""
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == "getattr"
        and any(isinstance(a, ast.Constant) and a.value in search.callees for a in call.args)
    )


def _given(node: ast.Dict, search: _Search) -> Iterator[tuple[int, str]]:
    """Yield the keys of a plain object, such as ``params``, that are not taken any more."""
    keys = {k.value: k.lineno for k in node.keys if isinstance(k, ast.Constant)}
    if search.change.old is None or keys.keys() - {f.name for f in search.change.old.fields}:
        return  # an object of something else
    for change in search.change.fields:
        if change.lost in keys:
            yield (
                keys[change.lost],
                f"{change.old or change.field} may be given here: {change.kind}",
            )


def _requested(node: ast.Constant | ast.JoinedStr, search: _Search) -> Iterator[tuple[int, str]]:
    if (moved := search.moved()) and (found := search.path.search(_text(node))):
        yield node.lineno, f"it requests {found.group()}: {moved}"


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a text with something for each place of a formatted one."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_text(each) if isinstance(each, ast.Constant) else "x" for each in node.values)
