"""Formats for programs: each is checked with its published schema or a parser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.contracts.reports.samples import ATTACKS, ENUM, PARTIAL, REMOVED, REPORT, hostile

from trunkline.contracts import Level, Report
from trunkline.contracts.reports import FORMATS, Ignored, Protect, Review, render
from trunkline.contracts.reports.json_report import schema

HERE = Path(__file__).parent
SARIF = json.loads((HERE / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
SUPPRESSED = Review(
    Report(REPORT.old, REPORT.new, (REMOVED,)),
    ignored=(Ignored(ENUM, "We treat unknown values as 'ended'."),),
    known=REPORT.findings[3:5],
    notes=("ignore file: entry 2 matches no finding; delete it",),
    code_checked=True,
    fail_on_used=Level.BREAKING,
)
REVIEWS = [
    Review(REPORT),
    Review(REPORT, code_checked=True, python_checked=True, protect=Protect.BOTH, show=Level.DOC),
    Review(Report(REPORT.old, REPORT.new), fail_on=None),
    Review(PARTIAL, code_checked=True, python_checked=True),
    SUPPRESSED,
    *(Review(hostile(attack), code_checked=True) for attack in ATTACKS),
]


@pytest.mark.parametrize("review", REVIEWS)
def test_json_fits_the_published_schema(review: Review) -> None:
    """Every report is valid, and so is the schema itself."""
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema())
    validator(schema()).validate(json.loads(render(review, "json")))


def test_json_keeps_three_levels_apart() -> None:
    """Wire, Python, and the resulting level."""
    report = json.loads(render(REPORT, "json", protect=Protect.PYTHON))
    renamed = next(f for f in report["findings"] if f["rule"] == "operation-id-changed")
    levels = renamed["level"], renamed["wire_level"], renamed["python_level"]
    assert levels == ("breaking", "info", "breaking")


def test_json_holds_what_the_analysis_left_over() -> None:
    """Unsearched files, changes without an edit, and the function around a line."""
    report = json.loads(render(PARTIAL, "json"))
    assert report["skipped"] == [{"file": "app/old.py", "reason": "invalid syntax (line 3)"}]
    assert [change["path"] for change in report["python"]] == [PARTIAL.python[0].path]
    functions = [site["function"] for site in report["findings"][0]["used"]]
    assert functions == ["", "Bill.total", ""]


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_code_hosts_are_told_what_was_not_searched(form: str) -> None:
    """An unsearched file is reported in the run."""
    assert "app/old.py was not searched: invalid syntax (line 3)" in render(PARTIAL, form)


def test_json_names_what_fails_the_run() -> None:
    """Programs can tell which findings fail the run without knowing the limits."""
    assert json.loads(render(SUPPRESSED, "json"))["failures"] == [REMOVED.fingerprint]


@pytest.mark.parametrize("review", REVIEWS)
def test_sarif_fits_the_standard(review: Review) -> None:
    """The log is valid under the OASIS schema."""
    log = json.loads(render(review, "sarif"))
    jsonschema.Draft4Validator(SARIF, format_checker=jsonschema.FormatChecker()).validate(log)


def results(review: Review) -> list[dict[str, Any]]:
    return json.loads(render(review, "sarif"))["runs"][0]["results"]


def test_sarif_points_at_the_call_site_and_relates_the_documents() -> None:
    """The consumer's line is the location; both locations in the vendor's document are related."""
    first, second, third = (r for r in results(SUPPRESSED) if r["level"] == "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "app/jobs.py"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (14, 12)
    related = [each["physicalLocation"] for each in first["relatedLocations"]]
    assert [each["artifactLocation"]["uri"] for each in related] == ["new/api.json", "old/api.json"]
    assert [each["region"]["startLine"] for each in related] == [21, 11]
    prints = [each["partialFingerprints"] for each in (first, second, third)]
    assert {each["trunklineFinding/v1"] for each in prints} == {REMOVED.fingerprint}
    assert len({each["trunklineLocation/v1"] for each in prints}) == 3


def test_sarif_keeps_the_fingerprint_of_a_line_that_moves() -> None:
    """Adding code above a call site does not create a new alert."""
    moved = tuple(_moved(site) for site in REMOVED.used)
    before, after = (
        [r["partialFingerprints"] for r in results(Review(Report(REPORT.old, REPORT.new, (f,))))]
        for f in (REMOVED, replace(REMOVED, used=moved))
    )
    assert before == after


def _moved(site: Any) -> Any:
    return replace(site, line=site.line + 100, end_line=site.line + 100)


def test_sarif_tells_suppressed_and_known_findings() -> None:
    """An ignored finding has its reason, a known one is unchanged, others are new."""
    by_rule = {each["ruleId"]: each for each in results(SUPPRESSED)}
    suppression = by_rule["enum-value-added"]["suppressions"][0]
    assert suppression["justification"] == "We treat unknown values as 'ended'."
    assert by_rule["parameter-added"]["baselineState"] == "unchanged"
    assert by_rule["property-removed"]["baselineState"] == "new"


@pytest.mark.parametrize(
    ("document", "uri"),
    [
        ("./api/v1 draft.json", "api/v1%20draft.json"),
        ("main:api.json", "main%3Aapi.json"),
        ("https://voice.example/api.json?v=1", "https://voice.example/api.json?v=1"),
        ("/srv/api.json", "file:///srv/api.json"),
        ("C:\\specs\\api.json", "file:///C:/specs/api.json"),
    ],
)
def test_sarif_writes_places_as_uris(document: str, uri: str) -> None:
    """Paths stay relative to the checkout; a colon in a path does not make it a scheme."""
    edit = replace(ENUM.edit, new=replace(ENUM.edit.new, document=document))
    report = Report(REPORT.old, REPORT.new, (replace(ENUM, edit=edit),))
    location = results(Review(report))[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("review", REVIEWS)
def test_junit_counts_what_it_lists(review: Review) -> None:
    """The counts in the header match the cases; dashboards add them up."""
    suite = ET.fromstring(render(review, "junit"))[0]
    cases = suite.findall("testcase")
    assert int(suite.get("tests", "")) == len(cases) > 0
    failures = [case for case in cases if case.find("failure") is not None]
    assert int(suite.get("failures", "")) == len(failures) == len(review.failures)
    skipped = [case for case in cases if case.find("skipped") is not None]
    assert int(suite.get("skipped", "")) == len(skipped) == len(review.ignored)


def test_junit_shows_a_failure_below_the_listed_level() -> None:
    """A finding that fails the run is never hidden."""
    review = Review(Report(REPORT.old, REPORT.new, (ENUM,)), show=Level.BREAKING)
    failing = Review(review.report, show=Level.BREAKING, fail_on=Level.WARNING)
    assert "<failure" not in render(review, "junit")
    assert "<failure" in render(failing, "junit")


@pytest.mark.parametrize("review", REVIEWS)
def test_gitlab_gets_the_members_that_it_requires(review: Review) -> None:
    """Each issue has a description, a check, a unique fingerprint, a severity and a line."""
    issues = json.loads(render(review, "gitlab"))
    for issue in issues:
        assert set(issue) == {
            "description",
            "check_name",
            "fingerprint",
            "severity",
            "location",
        }
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_github_annotates_the_line_that_is_hit() -> None:
    """A finding is shown at its call sites, else at its location in the document."""
    lines = render(Review(REPORT, code_checked=True), "github").splitlines()
    assert lines[0].startswith(
        "::error file=app/jobs.py,line=14,endLine=14,col=12,endColumn=25,title=property-removed "
    )
    assert any(line.startswith("::warning file=new/api.json,line=23,col=9,") for line in lines)


@pytest.mark.parametrize("attack", ATTACKS)
def test_github_commands_cannot_be_forged(attack: str) -> None:
    """No text from a document starts a line, or ends a property or the message."""
    for line in render(Review(hostile(attack), code_checked=True), "github").splitlines():
        command, _, properties = line.removeprefix("::").split("::", 2)[0].partition(" ")
        assert command in {"error", "warning", "notice"}
        assert all("=" in each for each in properties.split(",")) or properties == ""


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    """Processes with different seeds write the same bytes in every format."""
    program = (
        "import sys; from tests.contracts.reports.samples import REPORT\n"
        "from trunkline.contracts.reports import FORMATS, Review, render\n"
        "for form in FORMATS: sys.stdout.write(render(Review(REPORT, code_checked=True), form))"
    )
    written = set()
    for seed in ("0", "1", "4242"):
        path = os.pathsep.join(["overlay", "generated", "."])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        run = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program],
            env=environment,
            cwd=HERE.parents[2],
            capture_output=True,
            check=True,
        )
        written.add(run.stdout)
    assert len(written) == 1
    assert len(FORMATS) == 10
