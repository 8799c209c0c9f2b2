"""Find the callers of changed operations: tests, examples, scripts, and code on the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline.contracts.impact import analyse
from trunkline.contracts.model import Confidence
from trunkline_pipeline.adopting.changes import Kind
from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.checks.static.forwarders import forwarders_of

from . import calls, failing, marks, positional
from .by_text import doubtful, sentences, tables, texts
from .by_text.searches import search_for
from .by_text.texts import GENERIC
from .examples import example_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts.model import CallSite, Finding
    from trunkline_pipeline.adopting.changes import Changes, FieldChange, OperationChange
    from trunkline_pipeline.checks.contract.operations import Operation
    from trunkline_pipeline.checks.source.facts import Facts

    from .by_text.texts import Wanted
    from .calls import Position

#: A temporary folder for the code of the pages.
SCRATCH: Final = ".fences"
#: Code blocks of a page; those in a list have an indent.
FENCE: Final = re.compile(r"^( *)```python[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
#: Callers that are programs, not tests of the call.
_PROGRAMS: Final = ("examples/", "scripts/", f"{SCRATCH}/")


@dataclass(slots=True)
class Usage:
    """Where callers use what has changed: the changes of their calls by file and position."""

    calls: dict[str, dict[Position, list[FieldChange]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    doubtful: list[Todo] = field(default_factory=list[Todo])


def find(root: Path, facts: Facts, changes: Changes) -> Usage:
    """Find the calls that the edits affect, by the impact analysis of the unchanged tree."""
    usage = Usage()
    wanted = {
        (each.former or each.field.name, str(change.old)): (
            each,
            set(_words(facts, change, methods=each.kind is not Kind.KEPT)),
        )
        for change in changes.operations
        if change.old is not None
        for each in change.fields
        if each.needed or each.former
    }
    operations = {str(each.old): each.old for each in changes.operations if each.old}
    modules = [(each, {operations[key].key[1]}) for (_, key), (each, _) in wanted.items()]
    if wanted or changes.lost_fields:
        _analyse(root, changes, wanted, modules, usage)
    usage.doubtful += texts.reads(root, facts, changes)
    known = {(file, line) for file, by_position in usage.calls.items() for line, _ in by_position}
    known |= {(each.file, each.line) for each in usage.doubtful}
    for each in doubtful.find(root, facts, changes, known):
        if isinstance(each, Todo):
            usage.doubtful.append(each)
        else:
            usage.calls[each.file][each.position].append(each.change)
    own = [each for each in facts.methods if changes.package in facts.packages(each)]
    positional.left_out(root, own, usage.calls)
    usage.doubtful += _example_values(root, usage, changes)
    usage.doubtful += [
        *failing.listed(root, usage.calls),
        *tables.listed(root, changes),
        *marks.listed(root, changes),
    ]
    every = [
        (each, ways)
        for each in changes.operations
        if each.old and (ways := _ways(facts, each, each.old))
    ]
    pages = [each for each in pages_of(root) if each.stem not in facts.methods or each.stem in own]
    usage.doubtful += sentences.listed(root, pages, every)
    return usage


def _ways(facts: Facts, change: OperationChange, old: Operation) -> set[str]:
    """Return the names by which callers reach an operation; only clear names if it was removed."""
    if change.new is None:
        search = search_for(facts, change)
        ends = search.callees.values() if search else ()
        return {each for end in ends for each in end if "." in each}
    return {old.key[1], *_words(facts, change, methods=True)} - GENERIC


def _analyse(
    root: Path,
    changes: Changes,
    wanted: Mapping[tuple[str, str], Wanted],
    modules: list[Wanted],
    usage: Usage,
) -> None:
    scratch = root / SCRATCH
    callers = texts.candidates(root, [*wanted.values(), *modules], changes.lost_fields)
    paths = [*_fences(root, scratch), *callers]
    client = root / "generated" / "trunkline_generated" / changes.package
    report = analyse(
        changes.report, paths, client, root / "overlay" / "trunkline", generator=False, cache=False
    )
    for finding in report.findings:
        if finding.message in changes.lost_fields.values():
            usage.doubtful += _reads(root, changes, finding)
        keys = ((finding.edit.subject, name) for name in finding.operation_names)
        for change, words in filter(None, map(wanted.get, keys)):
            for site in finding.used:
                found = _call(site) if site.symbol == change.argument else site
                if found.symbol.rpartition(".")[2] in words:
                    _note(usage, root, found, change)
    called = [each for each in wanted.values() if each[0].kind is not Kind.KEPT]
    usage.doubtful += texts.programs(root, changes.package, called)


def _example_values(root: Path, usage: Usage, changes: Changes) -> Iterator[Todo]:
    """Yield the programs and pages whose new query parameter has an example value."""
    for file, by_position in usage.calls.items():
        for (line, _), found in by_position.items() if file.startswith(_PROGRAMS) else ():
            for each in found:
                if each.needed and each.field.location == "query":
                    value = example_of(each.field, changes.new)
                    said = f"is {value} the right {each.field.python_name} here?"
                    yield Todo(*_line(root, file, line), said)


def _call(site: CallSite) -> CallSite:
    """Return the site of the call, given the site of one of its arguments."""
    text = Path(site.file).read_text(encoding="utf-8")
    found = calls.with_argument(text, (site.line, site.column))
    if found is None:
        return site
    name, (line, column) = found
    return replace(site, symbol=name, line=line, column=column)


def _reads(root: Path, changes: Changes, finding: Finding) -> Iterator[Todo]:
    """Yield reads of a response field that are certain or in a file about the API."""
    for site in finding.used:
        file, line = _line(root, site.file, site.line)
        text = (root / file).read_text(encoding="utf-8")
        if site.confidence is Confidence.CERTAIN or texts.mentions(file, text, [changes.package]):
            yield Todo(file, line, f"{site.symbol} is used here: {finding.message}")


def _line(root: Path, file: str, line: int) -> tuple[str, int]:
    """Return file and line of a site; for code of a page, those in the page."""
    file = file.removeprefix(f"{root.as_posix()}/")
    if not file.startswith(f"{SCRATCH}/"):
        return file, line
    page, _, number = file.removeprefix(f"{SCRATCH}/").removesuffix(".py").rpartition(".")
    name = f"{page.replace('~', '/')}.md"
    text = (root / name).read_text(encoding="utf-8")
    start = [match.start(2) for match in FENCE.finditer(text)][int(number)]
    return name, text.count("\n", 0, start) + line


def _note(usage: Usage, root: Path, site: CallSite, change: FieldChange) -> None:
    file = site.file.removeprefix(f"{root.as_posix()}/")
    if site.confidence is Confidence.CERTAIN:
        usage.calls[file][site.line, site.column].append(change)
    else:
        text = f"{site.symbol} may be called here: {change.said}"
        usage.doubtful.append(Todo(*_line(root, site.file, site.line), text))


def _words(facts: Facts, change: OperationChange, *, methods: bool) -> Iterator[str]:
    """Yield the names by which callers reach an operation, with or without its methods."""
    if change.old is None:
        return
    yield from GENERIC
    for media in change.old.definition.get("requestBody", {}).get("content", {}).values():
        if "$ref" in media.get("schema", {}):
            yield class_name(media["schema"]["$ref"].rpartition("/")[2])
    for method in facts.marked(change.old.key) if methods else ():
        yield method.node.name
        yield from (each.node.name for each in forwarders_of(facts, method))


def _fences(root: Path, scratch: Path) -> Iterator[Path]:
    """Write each code block of the pages to a file, so that it can be searched."""
    for page in pages_of(root):
        text = page.read_text(encoding="utf-8")
        for number, match in enumerate(FENCE.finditer(text)):
            if match[1]:
                continue
            target = scratch / page.relative_to(root).as_posix().replace("/", "~")
            target = target.with_suffix(f".{number}.py")
            target.parent.mkdir(exist_ok=True)
            target.write_text(match[2], encoding="utf-8")
            yield target


def pages_of(root: Path) -> list[Path]:
    """Return the pages of the documentation."""
    return [
        *sorted((root / "docs").glob("*.md")),
        *filter(lambda p: p.is_file(), [root / "README.md"]),
    ]
