"""The baseline: findings that existed when checking started do not count."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.contracts.reports.samples import ENUM, REMOVED, REPORT, REQUIRED

from trunkline.contracts import Level, Report
from trunkline.contracts.reports import Review, render
from trunkline.contracts.reports.suppression import Baseline, SuppressionError

if TYPE_CHECKING:
    from pathlib import Path


def review_of(*findings: object) -> Review:
    return Review(Report(REPORT.old, REPORT.new, findings))  # type: ignore[arg-type]


def test_what_was_written_is_known_afterwards(tmp_path: Path) -> None:
    """The same report no longer fails, and says how many findings are known."""
    path = str(tmp_path / "baseline.json")
    Baseline.of(Review(REPORT)).write(path)
    review = Baseline.read(path).apply(Review(REPORT))
    assert review.failures == ()
    assert len(review.known) == len(REPORT.findings)
    assert "no differences" not in render(review, "text")
    assert f"{len(REPORT.findings)} known" in render(review, "text")


def test_a_new_finding_still_fails(tmp_path: Path) -> None:
    """Only the fingerprints in the file are known."""
    path = str(tmp_path / "baseline.json")
    Baseline.of(review_of(REMOVED)).write(path)
    assert Baseline.read(path).apply(review_of(REMOVED, REQUIRED)).failures == (REQUIRED,)


def test_a_known_finding_that_became_worse_is_new(tmp_path: Path) -> None:
    """For example, a warning becomes breaking when its sunset date has passed."""
    path = str(tmp_path / "baseline.json")
    Baseline.of(review_of(ENUM)).write(path)
    worse = replace(ENUM, level=Level.BREAKING)
    assert Baseline.read(path).apply(review_of(worse)).failures == (worse,)


def test_findings_that_are_gone_are_counted(tmp_path: Path) -> None:
    """Obsolete entries are reported, since they would hide a finding that comes back."""
    path = str(tmp_path / "baseline.json")
    Baseline.of(review_of(REMOVED, ENUM)).write(path)
    assert "1 finding is no longer there" in Baseline.read(path).apply(review_of(ENUM)).notes[0]


def test_the_file_can_be_reviewed(tmp_path: Path) -> None:
    """One finding per line, sorted, with the rule and the location."""
    path = tmp_path / "baseline.json"
    Baseline.of(Review(REPORT)).write(str(path))
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "rule" in line]
    assert len(lines) == len(REPORT.findings)
    assert lines == sorted(lines)
    assert (
        json.loads(lines[0].rstrip(","))["location"]
        == "components/schemas/Call/properties/duration"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["baseline.json"]


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": {}, "x": [}',
        '{"version": 1, "findings": [{"fingerprint": "a"}]}',
        '{"version": 1, "findings": [{"fingerprint": "a", "level": "bad"}]}',
        '{"version": 1, "findings": [1]}',
        "[" * 100_000,
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    """The message names the file and says to write it again."""
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuppressionError, match=r"baseline\.json is not a baseline: write it again"):
        Baseline.read(str(path))


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    """The message names the option that writes it."""
    with pytest.raises(SuppressionError, match="write it first with --update-baseline"):
        Baseline.read(str(tmp_path / "missing.json"))


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """The message says that the file cannot be written."""
    with pytest.raises(SuppressionError, match="cannot be written: No such file"):
        Baseline.of(Review(REPORT)).write(str(tmp_path / "missing" / "baseline.json"))
