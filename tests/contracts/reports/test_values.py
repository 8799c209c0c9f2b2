"""Values of a document in the outputs: long, deep, and not representable in JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.contracts.reports.samples import ENUM, LIST, RENAMED, REPORT

from trunkline.contracts import Report
from trunkline.contracts.reports import FORMATS, render


def report(before: Any, after: Any = None) -> Report:
    edit = replace(ENUM.edit, before=before, after=after)
    return Report(REPORT.old, REPORT.new, (replace(ENUM, edit=edit),))


def test_numbers_that_json_lacks_become_text() -> None:
    """YAML has infinity and dates; in JSON both are strings."""
    value = {"maximum": float("inf"), "default": float("nan"), "since": date(2026, 1, 2)}
    edit = json.loads(render(report(value), "json"))["findings"][0]["edit"]
    assert edit["before"] == {"maximum": "inf", "default": "nan", "since": "2026-01-02"}


def test_deep_values_are_cut_instead_of_ending_the_report() -> None:
    """Python's JSON encoder fails at ten thousand levels."""
    value: Any = "innermost"
    for _ in range(10_000):
        value = {"a": [value]}
    for form in FORMATS:
        assert "innermost" not in render(report(value), form)


def test_long_values_are_shortened_for_people_and_whole_for_programs() -> None:
    """A line of text has the beginning, the page a limited number of lines."""
    value = [f"value {number}" for number in range(1000)]
    assert len(max(render(report(value), "text").splitlines(), key=len)) < 160
    page = render(report(value), "html")
    assert "value 300" in page
    assert "value 600" not in page
    assert "more lines" in page
    assert "value 999" in render(report(value), "json")


def test_spaces_of_other_widths_stay_spaces() -> None:
    """A no-break space in a message is printed as a space, not as a code."""
    finding = replace(ENUM, message="10\u00a0EUR\u2003a minute")
    assert "10 EUR a minute" in render(Report(REPORT.old, REPORT.new, (finding,)), "oneline")


def test_text_of_every_script_is_shown_as_it_is() -> None:
    """Letters, emoji and combining marks are not control characters."""
    finding = replace(ENUM, message="Äußerst 電話 هاتف \U0001f4de")
    for form in ("text", "markdown", "html", "junit"):
        assert finding.message in render(Report(REPORT.old, REPORT.new, (finding,)), form)


def test_a_page_counts_what_would_be_too_long_to_read() -> None:
    """The page lists a hundred operations of a finding; the JSON output has them all."""
    reached = tuple(replace(LIST, path=f"/calls/{number}") for number in range(150))
    report = Report(REPORT.old, REPORT.new, (replace(ENUM, operations=reached),))
    page = render(report, "html")
    assert page.count('<span class="method">') == 100
    assert "<li>and 50 more</li>" in page
    written = json.loads(render(report, "json"))
    assert written["findings"][0]["operation_count"] == 150
    assert len(written["reached"][written["findings"][0]["reached"]]) == 150


@pytest.mark.parametrize(
    "form", ["text", "oneline", "json", "markdown", "github", "sarif", "junit", "gitlab", "html"]
)
def test_outputs_grow_with_the_edits_and_not_with_all_that_they_reach(form: str) -> None:
    """If two findings reach the same operations, the second adds only a few lines."""
    reached = tuple(replace(LIST, path=f"/calls/{number}") for number in range(3_000))
    found = [replace(ENUM, operations=reached, fingerprint=f"{number:016x}") for number in range(2)]
    one, two = (
        len(render(Report(REPORT.old, REPORT.new, tuple(found[:number])), form))
        for number in (1, 2)
    )
    assert two - one < 17_000


def test_an_edit_without_places_is_still_reported() -> None:
    """A renamed component of a parsed document may have neither line nor file."""
    edit = replace(RENAMED.edit, old=None, new=None, before=None, after=None)
    bare = Report(REPORT.old, REPORT.new, (replace(RENAMED, edit=edit, operations=()),))
    for form in ("text", "oneline", "markdown", "html", "junit", "json"):
        assert "perationId changed" in render(bare, form)
    assert "reaches no operation" in render(bare, "text")


def test_a_place_without_a_line_is_named_by_its_pointer() -> None:
    """Lines are looked up on request only."""
    old, new = (replace(each, line=None, column=None) for each in (ENUM.edit.old, ENUM.edit.new))
    edit = replace(ENUM.edit, old=old, new=new)
    text = render(Report(REPORT.old, REPORT.new, (replace(ENUM, edit=edit),)), "text")
    assert "new/api.json#/components/schemas/CallStatus/enum" in text
