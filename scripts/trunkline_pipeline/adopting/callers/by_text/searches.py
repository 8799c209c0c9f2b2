"""Search patterns: how callers may have written the use of a changed operation."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.changes import Kind
from trunkline_pipeline.checks.static.forwarders import forwarders_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trunkline_pipeline.adopting.changes import OperationChange
    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Method

    #: A file relative to the repository, and a line in it.
    Line = tuple[str, int]

#: The function of a generated module that builds a request, used by methods that send it.
_GENERATED: Final = "get_kwargs"


@dataclass(frozen=True, slots=True)
class Search:
    """The forms in which a changed operation may be used.

    Attributes:
        change: the operation.
        callees: the ends of the called expressions: ``calls.make``, ``make_call``.
        path: the path, with any values for its parameters.
        others: the attributes of other resources.
    """

    change: OperationChange
    callees: dict[str, set[str]]
    path: re.Pattern[str]
    others: set[str]

    @property
    def gone(self) -> str:
        """The remark that the operation was removed, empty if it still exists."""
        return f"{self.change.old} is gone" if self.change.new is None else ""

    def moved(self) -> str:
        """Return what became of the path, empty if it is unchanged."""
        return f"{self.change.old} is now {self.change.new}" if self.change.moved else self.gone

    def may_lack_query(self, text: str) -> bool:
        """Return whether a text has the path, if the query has newly required fields."""
        needed = any(e.needed and e.field.location == "query" for e in self.change.fields)
        return needed and self.path.search(text) is not None

    @property
    def words(self) -> set[str]:
        """Strings that alone may mean the operation: a method's name, the end of a path."""
        ends = [each.path.rpartition("/")[2] for each in (self.change.old, self.change.new) if each]
        words = {*self.callees} - {_GENERATED} if self.gone else set[str]()
        return words | ({ends[0]} - {*ends[1:]} if self.moved() else set())


def marked(facts: Facts, searches: Iterable[Search]) -> Iterator[Method]:
    for each in searches:
        if each.change.old is not None:
            yield from facts.marked(each.change.old.key)


def edited(facts: Facts, searches: Iterable[Search]) -> Iterator[Line]:
    """Yield the lines of methods that are edited automatically: marked ones and forwarders."""
    for method in marked(facts, searches):
        for each in (method, *forwarders_of(facts, method)):
            lines = range(each.node.lineno, (each.node.end_lineno or 0) + 1)
            yield from ((each.module.file, line) for line in lines)


def removed(searches: Iterable[Search]) -> set[str]:
    """Return the names on the wire that may no longer be passed."""
    return {each.former for search in searches for each in search.change.fields if each.former}


def search_for(facts: Facts, change: OperationChange) -> Search | None:
    if change.old is None or not _may_break(change):
        return None
    callees: dict[str, set[str]] = {_GENERATED: {f"{change.old.key[1]}.{_GENERATED}"}}
    others: set[str] = set()
    for method in facts.marked(change.old.key):
        for each in (method, *forwarders_of(facts, method)):
            callees.setdefault(each.node.name, set()).update(_ends(facts, each))
        provider = method.module.name.split(".")[1]
        for name in _wrapping(facts, provider, change.old.key[1]):
            callees.setdefault(name, set()).add(name)
        attributes = facts.attributes[provider]
        others |= {name for name, owner in attributes.items() if owner != method.owner}
    return Search(change, callees, _path(change.old.path), others)


def _wrapping(facts: Facts, provider: str, module: str) -> Iterator[str]:
    """Yield functions outside the resources that use a generated module, as another client does."""
    folder = facts.sources.root / "overlay" / "trunkline" / provider
    for path in sorted(folder.glob("[!_]*/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _uses(node, module):
                yield node.name


def _uses(function: ast.AST, module: str) -> bool:
    attributes = (each for each in ast.walk(function) if isinstance(each, ast.Attribute))
    return any(isinstance(a.value, ast.Name) and a.value.id == module for a in attributes)


def _path(template: str) -> re.Pattern[str]:
    """Return a pattern for a path, also without its prefix, which clients may add."""
    path = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
    before, parameter, after = path.partition("/[^/]+")
    home, _, last = before.rpartition("/")
    start = rf"(?:{home}|(?<![\w./}}-]))/{last}" if last else before
    return re.compile(rf"{start}{parameter}{after}(?![\w/])")


def _may_break(change: OperationChange) -> bool:
    fields = any(e.needed or e.former or e.kind is Kind.OTHER for e in change.fields)
    return change.new is None or change.moved or fields


def _ends(facts: Facts, method: Method) -> Iterator[str]:
    """Yield the possible ends of the expression that calls a method."""
    provider, name = method.module.name.split(".")[1], method.node.name
    found = [a for a, owner in facts.attributes[provider].items() if owner == method.owner]
    if not found:
        yield name
    for attribute in found:
        yield f"{attribute}.{name}"
        yield f"{attribute}.with_raw_response.{name}"
