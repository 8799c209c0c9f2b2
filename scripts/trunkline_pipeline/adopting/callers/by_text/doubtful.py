"""Find possible uses of changed operations by their text, where types are unknown."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from trunkline_pipeline.adopting.changes import Kind
from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.adopting.tree import CODE

from . import plain, values
from .searches import edited, marked, removed, search_for
from .texts import mentions, modules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.callers.calls import Position
    from trunkline_pipeline.adopting.changes import Changes, FieldChange
    from trunkline_pipeline.checks.source.facts import Facts

    from .searches import Line, Search


class Call(NamedTuple):
    """A call that likely calls the operation: it passes all that was required.

    Attributes:
        file: its file, in tests, examples or scripts.
        position: that of the called name.
        change: the change to apply to it.
    """

    file: str
    position: Position
    change: FieldChange


class _Hit(NamedTuple):
    """A line that may use what has changed; with position and change if it likely does."""

    line: int
    said: str
    position: Position | None = None
    change: FieldChange | None = None


def find(root: Path, facts: Facts, changes: Changes, known: set[Line]) -> Iterator[Todo | Call]:
    """Yield the lines that may use what has changed, and the calls that likely do.

    Args:
        root: the repository.
        facts: the overlay as it is, with the old contracts.
        changes: what differs.
        known: the lines that the analysis has found; they are left out.
    """
    searches = [s for each in changes.operations if (s := search_for(facts, each))]
    if not searches:
        return
    names = {name for each in searches for name in each.callees} | removed(searches)
    names |= {f.field.name for s in searches for f in s.change.fields if f.kind is Kind.OTHER}
    wanted = map(re.escape, names.union(*(plain.siblings(each.change) for each in searches)))
    given = "|".join(map(re.escape, removed(searches))) or "(?!)"
    words = re.compile(rf"[.\"'?&](?:{'|'.join(wanted)})(?!\w)|[ (](?:{given})=")
    owners = {m.module.name.split(".")[1] for m in marked(facts, searches)}
    others = {each.partition("_")[0] for each in facts.methods.keys() - owners}
    known = known.union(edited(facts, searches))
    for path in modules(root):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        if mentions(file, text, {changes.package, *owners}) and (
            words.search(text) or any(s.moved() or s.may_lack_query(text) for s in searches)
        ):
            caller = file.startswith(CODE)
            # Another provider may have a resource of the same name.
            alone = caller and not mentions(file, text, facts.methods.keys() - owners)
            for hit in _in_module(ast.parse(text), searches, others, caller=caller):
                if (file, hit.line) in known:
                    continue
                if alone and hit.position and hit.change:
                    yield Call(file, hit.position, hit.change)
                else:
                    yield Todo(file, hit.line, hit.said)


def _in_module(
    tree: ast.Module, searches: list[Search], others: set[str], *, caller: bool
) -> Iterator[_Hit]:
    """Yield the lines of a module; ``others`` are the first words of the other providers."""
    nodes = list(ast.walk(tree))
    calls = {id(each.func): each for each in nodes if isinstance(each, ast.Call)}
    parts = {id(p) for each in nodes if isinstance(each, ast.JoinedStr) for p in each.values}
    given = {id(each.value): each.arg for each in nodes if isinstance(each, ast.keyword)}
    names = {name for each in searches for name in each.words.union(each.callees)}
    asked = {id(arg): call for call in calls.values() for arg in call.args}
    optional = values.optional(nodes)
    for node in (each for each in nodes if _may_matter(each, names)):
        for search in searches:
            if isinstance(node, ast.Attribute) and node.attr in search.callees:
                if ast.unparse(node).partition(".")[0] not in others:
                    yield from _used(node, calls.get(id(node)), search, optional)
            elif isinstance(node, ast.Call) and _looks_up(node, search):
                yield from _told(node.lineno, ast.unparse(node), search)
            elif isinstance(node, ast.Constant | ast.JoinedStr):
                if id(node) not in parts:
                    yield from _requested(node, search, asked.get(id(node)))
            elif caller or isinstance(node, ast.Dict):
                yield from (_Hit(*each) for each in plain.given(node, search.change))
                if caller and isinstance(node, ast.Dict):
                    lacking = plain.lacking(node, search.change, given.get(id(node)))
                    yield from (_Hit(*each) for each in lacking)


def _may_matter(node: ast.AST, names: set[str]) -> bool:
    """Return whether to check a node; a filter, because there are many nodes and searches."""
    if isinstance(node, ast.Attribute):
        return node.attr in names
    if isinstance(node, ast.Constant):
        text = node.value if isinstance(node.value, str) else ""
        return "/" in text or "=" in text or text in names
    return isinstance(node, ast.Call | ast.Dict | ast.Tuple | ast.List | ast.Set | ast.JoinedStr)


def _used(
    node: ast.Attribute, call: ast.Call | None, search: Search, optional: set[str]
) -> Iterator[_Hit]:
    text = f".{ast.unparse(node)}"
    ends = {*search.callees[node.attr], f"self.{node.attr}"}
    known = any(text.endswith(f".{end}") for end in ends)
    line, column = node.end_lineno or 0, (node.end_col_offset or 0) - len(node.attr) + 1
    for hit in _told(line, text[1:], search, call, optional):
        if not known:
            # The object is not a known resource, but the call passes a removed argument by name.
            if hit.change and hit.change.lost and text.split(".")[-2] not in search.others:
                yield hit
            continue
        likely = call is not None and text.isascii() and _gives_all(call, search)
        yield hit._replace(position=(line, column) if likely else None)


def _gives_all(call: ast.Call, search: Search) -> bool:
    """Return whether a call passes all that was required, without unpacking arguments."""
    if any(isinstance(each, ast.Starred) for each in call.args):
        return False
    given = {each.arg for each in call.keywords}
    needed = [f for f in search.change.old.fields if f.required] if search.change.old else []
    left = [each for each in needed if each.python_name not in given]
    return None not in given and len(left) <= len(call.args)


def _told(
    line: int,
    text: str,
    search: Search,
    call: ast.Call | None = None,
    optional: Collection[str] = (),
) -> Iterator[_Hit]:
    if search.gone:
        yield _Hit(line, f"{text} may be called here: {search.gone}")
    keywords = call.keywords if call else [ast.keyword(value=ast.Constant(None))]
    # Methods may take `format` where generated code has `format_`.
    given = {each.arg and each.arg.rstrip("_"): each.value for each in keywords}
    for change in search.change.fields:
        if said := values.told(given.get(change.argument.rstrip("_")), change, optional):
            yield _Hit(line, f"{text} may be called here: {said}")
        elif _matters(change, given.keys()):
            said = f"{text} may be called here: {change.said}"
            yield _Hit(line, said, change=change)


def _matters(change: FieldChange, given: Collection[str | None]) -> bool:
    """Return whether a call with these keywords must change; None stands for ``**more``."""
    name = change.argument.rstrip("_")
    if change.lost:
        return name in given
    return change.needed and name not in given


def _looks_up(call: ast.Call, search: Search) -> bool:
    """Return whether a method is looked up by its name, with ``getattr``."""
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == "getattr"
        and any(isinstance(a, ast.Constant) and a.value in search.callees for a in call.args)
    )


def _requested(
    node: ast.Constant | ast.JoinedStr, search: Search, call: ast.Call | None
) -> Iterator[_Hit]:
    text, moved = _text(node), search.moved()
    found = search.path.search(text)
    if found and call is not None:
        yield from (_Hit(*each) for each in plain.lacking_query(call, text, search.change))
    elif found and isinstance(node, ast.JoinedStr) and text.endswith(found.group()):
        yield from (_Hit(*each) for each in plain.lacking_in(node.lineno, text, search.change))
    if moved and found:
        yield _Hit(node.lineno, f"it requests {found.group()}: {moved}")
    elif moved and text in search.words:
        yield _Hit(node.lineno, f"{text!r} may stand for it: {moved}")
    for change in search.change.fields:
        if change.former and re.search(rf"(?:^|[?&]){re.escape(change.former)}=", text):
            yield _Hit(node.lineno, plain.lost(change))


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a string, with a placeholder for each value of an f-string."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_text(each) if isinstance(each, ast.Constant) else "x" for each in node.values)
