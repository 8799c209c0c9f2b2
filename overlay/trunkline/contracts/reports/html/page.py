"""The page around the findings: summary, filters, and the style and script inside the file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Final

from trunkline.contracts.reports.html.elements import Element, Node, code, element, serialise
from trunkline.contracts.reports.html.finding import badge, finding_element, python_element
from trunkline.contracts.reports.phrases import counted, notes, title, totals, unexplained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trunkline.contracts.model import DocumentInfo, Finding, Level
    from trunkline.contracts.reports.review import Review

__all__ = ["render"]

#: In a report with at most this many findings, all of them are shown open.
_FEW: Final = 3


def render(review: Review) -> str:
    """Return the report as an HTML document in UTF-8.

    Its content security policy allows only its own style and script.
    """
    style, script = _asset("page.css"), _asset("page.js")
    html = element("html", _head(review, style, script), _body(review, script), lang="en")
    return f"<!doctype html>\n{serialise(html)}\n"


def _asset(name: str) -> str:
    text = files("trunkline.contracts.reports.html").joinpath(name).read_text(encoding="utf-8")
    return f"\n{text.strip()}\n"


def _raw(tag: str, text: str) -> Element:
    # The text of these two elements is not escaped, and must match its hash.
    made = Element(tag)
    made.text = text
    return made


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _head(review: Review, style: str, script: str) -> Element:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{totals(review)}: {title(review)}"),
        _raw("style", style),
    )


def _body(review: Review, script: str) -> Element:
    reached = _numbers(_lists(review))
    main = element("main", *_groups(review), id="findings", tabindex="-1", data_reached=reached)
    return element(
        "body",
        element("a", "Skip to the findings", href="#findings", class_="skip"),
        _header(review),
        _filters(review),
        main,
        _unexplained(review),
        _suppressed(review),
        _help(),
        _raw("script", script),
    )


def _header(review: Review) -> Element:
    sides = element(
        "p", *_side(review.report.old), " \u2192 ", *_side(review.report.new), class_="sides"
    )
    theme = element("button", "Dark", type="button", id="theme", hidden=True)
    keys = element("button", "Keys", type="button", id="keys", hidden=True)
    buttons = element("div", keys, theme, class_="buttons")
    items = [element("li", note) for note in notes(review)]
    return element(
        "header",
        element("div", element("p", "Contract drift", class_="eyebrow"), buttons, class_="bar"),
        element("h1", title(review)),
        sides,
        element("p", _verdict(review), class_="verdict"),
        element("ul", *items, class_="notes") if items else None,
    )


def _side(info: DocumentInfo) -> Iterator[Node]:
    yield code(info.source)
    if info.version:
        yield f" {info.version}"


def _verdict(review: Review) -> str:
    operations = {name for f in review.report.findings for name in f.operation_names}
    parts = [totals(review), f"{counted(len(operations), 'operation')} reached"]
    if review.code_checked:
        lines = {(s.file, s.line) for f in review.report.findings for s in f.used}
        parts.append(f"{counted(len(lines), 'line')} of your code hit")
    parts.append("the check fails" if review.failed else "the check passes")
    return "; ".join(parts) + "."


def _filters(review: Review) -> Element:
    present = [level for level, number in review.counts.items() if number and level >= review.show]
    toggles = [_toggle(level, review.counts[level]) for level in present]
    used = element("input", type="checkbox", id="used")
    return element(
        "form",
        element("fieldset", element("legend", "Levels"), *toggles, class_="levels"),
        element("label", "Operation ", _operations(review), class_="operation"),
        element("label", "Search ", element("input", type="search", id="search"), class_="search"),
        element("label", used, " with call sites", class_="used") if review.code_checked else None,
        element("button", "Open all", type="button", id="all"),
        element("p", counted(len(review.findings), "finding"), id="count", aria_live="polite"),
        class_="filters",
        role="search",
        aria_label="Filter the findings",
        hidden=True,
    )


def _toggle(level: Level, number: int) -> Element:
    return element(
        "button",
        badge(level),
        element("span", f" {number}", class_="number"),
        type="button",
        data_toggle=level.label,
        aria_pressed="true",
        class_=f"toggle {level.label}",
    )


def _operations(review: Review) -> Element:
    counts = Counter(name for finding in review.findings for name in finding.operation_names)
    options = [
        element("option", f"{name} ({number})", value=name)
        for name, number in sorted(counts.items())
    ]
    return element("select", element("option", "all", value=""), *options, id="operation")


def _lists(review: Review) -> dict[tuple[str, ...], int]:
    """Return the lists of operations that findings reach; many findings share a long list."""
    distinct = dict.fromkeys(finding.operation_names for finding in review.findings)
    return {names: number for number, names in enumerate(distinct)}


def _numbers(lists: Iterable[tuple[str, ...]]) -> str:
    """Return lists in which an operation is its index among the options of the filter."""
    names = sorted({name for each in lists for name in each})
    numbers = {name: number for number, name in enumerate(names)}
    return json.dumps([[numbers[name] for name in each] for each in lists])


def _groups(review: Review) -> Iterator[Element]:
    opened = len(review.findings) <= _FEW
    lists = _lists(review)
    for level, group in groupby(review.findings, review.level_of):
        findings = [
            finding_element(review, finding, lists[finding.operation_names], opened=opened)
            for finding in group
        ]
        heading = element("h2", f"{level.label.capitalize()} ", _number(len(findings)))
        yield element("section", heading, *findings, class_="group")
    if not review.findings:
        yield element("p", "Nothing to show: " + totals(review) + ".", class_="empty")
    yield element("p", "No finding matches the filters.", id="none", hidden=True, class_="empty")


def _number(number: int) -> Element:
    return element("span", str(number), class_="number")


def _unexplained(review: Review) -> Element | None:
    changes = unexplained(review)
    if not changes:
        return None
    text = f"{counted(len(changes), 'change')} of the Python client beside the findings"
    items = element("ul", *map(python_element, changes))
    return element("details", element("summary", text), items, class_="unexplained")


def _suppressed(review: Review) -> Element | None:
    rows = [*((each.finding, each.reason) for each in review.ignored)]
    rows += [(finding, "in the baseline") for finding in review.known]
    if not rows:
        return None
    summary = element("summary", f"{counted(len(rows), 'suppressed finding')}")
    items = [_suppressed_item(finding, reason) for finding, reason in rows]
    return element("details", summary, element("ul", *items), class_="suppressed")


def _suppressed_item(finding: Finding, reason: str) -> Element:
    return element("li", finding.message, " ", code(finding.fingerprint), f" {reason}")


def _help() -> Element:
    keys = (
        ("j, k", "next and previous finding"),
        ("Enter", "open or close a finding"),
        ("a", "open or close all"),
        ("/", "search"),
        ("Escape", "clear the filters"),
        ("?", "this list"),
    )
    rows = [node for key, text in keys for node in (element("dt", key), element("dd", text))]
    close = element("button", "Close", value="close")
    form = element("form", close, method="dialog")
    return element("dialog", element("h2", "Keys"), element("dl", *rows), form, id="help")
