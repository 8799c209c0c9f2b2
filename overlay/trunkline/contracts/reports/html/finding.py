"""One finding as an expandable element: what changed, what it reaches, and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trunkline.contracts.model import Direction, OperationKind
from trunkline.contracts.reports.html.elements import Element, Node, append, code, element, prose
from trunkline.contracts.reports.html.values import side_by_side
from trunkline.contracts.reports.phrases import counted, headline, levels, located, position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import CallSite, Finding, Level, OperationRef, PythonChange
    from trunkline.contracts.reports.review import Review

__all__ = ["badge", "finding_element", "python_element"]

#: Each level has its own shape, for readers who do not distinguish the colours.
_SHAPES: Final = {"breaking": "\u25a0", "warning": "\u25b2", "info": "\u25cf", "doc": "\u25cb"}
#: Further operations are only counted: a page with tens of thousands of lines is not useful.
_LISTED: Final = 100
_ARROW: Final = " \u203a "
_WAYS: Final = {Direction.SENT: "\u2192 sent", Direction.RECEIVED: "\u2190 received"}


def badge(level: Level) -> Element:
    """Return a level as shape and word."""
    shape = element("span", _SHAPES[level.label], aria_hidden="true")
    return element("span", shape, f" {level.label}", class_=f"badge {level.label}")


def finding_element(review: Review, finding: Finding, reached: int, *, opened: bool) -> Element:
    """Return a finding as ``<details>`` with the data that the page's filters read.

    Args:
        review: the report that contains it.
        finding: the finding to show.
        reached: number of the page's list of the operations that it reaches.
        opened: whether it is shown open.
    """
    level = review.level_of(finding)
    summary = element(
        "summary",
        badge(level),
        element("span", *prose(headline(finding)), class_="message"),
        element("span", *_meta(review, finding), class_="meta"),
    )
    sections = [each for each in _sections(finding) if each is not None]
    return element(
        "details",
        summary,
        element("div", *sections, class_="body"),
        id=f"f-{finding.fingerprint}",
        class_=f"finding {level.label}",
        data_level=level.label,
        data_reached=str(reached),
        data_used=str(len(finding.used)),
        open=opened,
    )


def _meta(review: Review, finding: Finding) -> Iterator[Node]:
    location = element("code", element("b", finding.edit.unit), class_="place")
    append(location, (f" {finding.edit.pointer}",) if finding.edit.pointer else ())
    yield location
    yield element("span", counted(len(finding.operation_names), "operation"))
    if review.code_checked:
        sites = counted(len(finding.used), "call site")
        yield element("span", sites, class_="hit" if finding.used else None)
    if both := levels(finding):
        yield element("span", both)
    yield element("span", finding.rule, class_="rule")


def _sections(finding: Finding) -> Iterator[Element | None]:
    if finding.remedy:
        yield element(
            "p", element("strong", "What to do: "), *prose(finding.remedy), class_="remedy"
        )
    yield side_by_side(finding.edit)
    yield _section("Call sites", map(_site, finding.used))
    yield _section("Overlay methods", map(_name, finding.overlay), "ul", "columns")
    yield _section("Python client", map(python_element, finding.python), "ul")
    yield _section("Operations", _operations(finding), "ul", "columns")
    yield _section("Why", _verdicts(finding), "ul")
    yield element("footer", *_locations(finding))


def _section(
    name: str, items: Iterator[Element], tag: str = "div", class_: str | None = None
) -> Element | None:
    inner = element(tag, class_=class_)
    append(inner, items)
    return element("section", element("h3", name), inner) if len(inner) else None


def _site(site: CallSite) -> Element:
    where = position(site.file, site.line, site.column)
    caption = element(
        "figcaption",
        element("code", where),
        element("span", f" {site.confidence}", class_=f"confidence {site.confidence}"),
        element("span", f" in {site.function}") if site.function else None,
        element("span", f" via {_ARROW.join(site.via)}") if site.via else None,
    )
    number = element("span", f"{site.line}", class_="number")
    source = element("code", *_marked(site))
    line = element("pre", number, source, tabindex="0", role="group", aria_label=where)
    reason = element("p", *prose(site.reason)) if site.reason else None
    return element("figure", caption, line, reason, class_="site")


def _marked(site: CallSite) -> Iterator[Node]:
    """Yield the line with the used name marked, if the line contains it."""
    name = site.symbol.rpartition(".")[2]
    before, found, after = site.code.partition(name) if name else (site.code, "", "")
    yield before
    if found:
        yield element("mark", found)
        yield after


def _name(name: str) -> Element:
    return element("li", code(name))


def python_element(change: PythonChange) -> Element:
    """Return a change of the generated client as an item of a list."""
    item = element("li", badge(change.level), " ", *prose(change.message))
    if change.path not in change.message:
        append(item, (" ", code(change.path)))
    if change.before or change.after:
        old, new = code(change.before or "(absent)"), code(change.after or "(absent)")
        append(item, (element("br"), old, " \u2192 ", new))
    return item


def _operations(finding: Finding) -> Iterator[Element]:
    yield from map(_operation, finding.operations[:_LISTED])
    if len(finding.operations) > _LISTED:
        yield element("li", f"and {len(finding.operations) - _LISTED} more")


def _operation(operation: OperationRef) -> Element:
    kind = "" if operation.kind is OperationKind.PATH else f" ({operation.kind})"
    identity = f" {operation.operation_id}" if operation.operation_id else ""
    return element(
        "li",
        element("span", operation.method, class_="method"),
        code(operation.path),
        element("span", f"{identity}{kind}", class_="identity"),
        element("span", _WAYS[operation.direction], class_="way"),
    )


def _verdicts(finding: Finding) -> Iterator[Element]:
    for verdict in finding.verdicts:
        yield element("li", badge(verdict.level), f" {verdict.sentence} ", code(verdict.key))


def _locations(finding: Finding) -> Iterator[Node]:
    for name, location in (("old", finding.edit.old), ("new", finding.edit.new)):
        if location is not None:
            pointer = code(location.pointer or "/")
            yield element("span", f"{name}: ", code(located(location)), " ", pointer)
    button = element("button", "Copy ignore entry", type="button", class_="copy", hidden=True)
    yield element("span", "id ", element("code", finding.fingerprint, class_="id"), " ", button)
