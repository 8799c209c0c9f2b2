"""Text for people: the terminal's report, one line each, and Markdown."""

from __future__ import annotations

import unicodedata

import pytest
from markdown_it import MarkdownIt
from tests.contracts.reports.samples import ATTACKS, ENUM, PARTIAL, REMOVED, REPORT, hostile

from trunkline.contracts import Level, Report
from trunkline.contracts.reports import FORMATS, Protect, Review, render
from trunkline.errors import InvalidArgumentError


def test_each_edit_is_reported_once_with_everything_that_it_reaches() -> None:
    """One cause is one block, with its operations, methods and lines of code."""
    text = render(Review(REPORT, code_checked=True), "text")
    block = text[text.index("components/schemas/Call\n") :].split("\n\n")[0]
    assert text.count("The required property 'duration' was removed") == 1
    assert "reaches 3 operations, 2 overlay methods, 3 call sites (received)" in block
    assert "used    app/jobs.py:14:12 (certain) minutes = call.duration / 60" in block
    assert "at      old/api.json:11:7" in block


def test_the_function_around_a_line_is_named() -> None:
    """Text and Markdown name the function that contains a line, if there is one."""
    assert "app/jobs.py:31:12 in Bill.total (certain)" in render(REPORT, "text")
    assert "`app/jobs.py:31:12 in Bill.total` (certain)" in render(REPORT, "markdown")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_no_finding_explains_is_told_behind_them(form: str) -> None:
    """Changes of the client without an edit, and files that were not searched."""
    text = render(PARTIAL, form).replace("\\", "")
    assert "Python client, beside the findings above" in text
    assert "The class 'CallStatus1' was removed." in text
    assert "app/old.py was not searched: invalid syntax (line 3)" in text
    assert "beside the findings" not in render(REPORT, form)


def test_the_most_urgent_findings_come_first() -> None:
    """Breaking findings come first; documentation changes are counted but not listed."""
    text = render(REPORT, "text")
    places = [text.index(word) for word in ("breaking  ", "warning   ", "info      ")]
    assert places == sorted(places)
    assert "description-changed" not in text
    assert "2 breaking, 1 warning, 2 info, 1 doc\n1 finding below info not listed\n" in text


def test_call_sites_are_not_counted_unless_code_was_searched() -> None:
    """A comparison of documents alone says nothing about call sites."""
    assert "call site" not in render(Report(REPORT.old, REPORT.new, (ENUM,)), "text")


def test_what_is_protected_decides_the_level() -> None:
    """A renamed operation is info on the wire, and breaks the generated client."""
    wire, python = render(REPORT, "oneline"), render(REPORT, "oneline", protect=Protect.PYTHON)
    assert "info: The operationId changed" in wire
    assert "breaking: The operationId changed" in python
    assert "became-required" not in python  # the generated client is the same
    assert "breaking: Requests must" in render(REPORT, "oneline", protect=Protect.BOTH)
    assert "level   wire info, Python breaking" in render(REPORT, "text")


def test_the_listed_level_can_be_lowered() -> None:
    """Documentation changes are listed on request."""
    assert "doc: The description changed" in render(REPORT, "oneline", show=Level.DOC)


def test_no_difference_is_said_so() -> None:
    """An empty report says that there are no differences."""
    assert "no differences" in render(Report(REPORT.old, REPORT.new), "text")


def test_an_unknown_format_is_refused() -> None:
    """The message lists the formats."""
    with pytest.raises(InvalidArgumentError, match="'yaml' is not a format: use one of text, "):
        render(REPORT, "yaml")


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("form", FORMATS)
def test_no_format_prints_what_a_terminal_obeys(form: str, attack: str) -> None:
    """Escape sequences, bidirectional overrides and half characters are spelled out."""
    text = render(Review(hostile(attack), code_checked=True), form)
    text.encode()
    bad = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    escaped = form in {
        "json",
        "sarif",
        "gitlab",
        "compat-ids",
    }  # JSON escapes control characters
    allowed = {"\n", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028"} if escaped else {"\n"}
    assert bad <= allowed | ({"\u2060"} if form == "markdown" else set())


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_finding_stays_on_its_line(attack: str) -> None:
    """Text with line breaks cannot forge a second finding."""
    assert len(render(hostile(attack), "oneline").splitlines()) == 2


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_shows_hostile_text_literally(attack: str) -> None:
    """It creates no link, image, emphasis, heading, HTML or mention."""
    text = render(Review(hostile(attack), code_checked=True), "markdown")
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tokens = [inner for token in parser.parse(text) for inner in (token, *(token.children or []))]
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "em_open", "fence"}
    assert "table_open" not in kinds
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len(headings) == 3  # the title, "Breaking", and the client's changes
    shown = "".join(token.content for token in tokens if token.type == "text")
    assert "@octocat" not in shown
    assert "#1" not in shown


def test_markdown_fits_a_comment() -> None:
    """At the host's limit it stops after a complete finding and says how many are left."""
    many = Report(REPORT.old, REPORT.new, (REMOVED,) * 400)
    text = render(many, "markdown")
    assert len(text) < 65_536
    assert text.rstrip().endswith("more: see the full report.")
