"""The ignore file: one finding or a class of them, with a reason and an optional expiry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.contracts.reports.samples import ENUM, REMOVED, REPORT, REQUIRED

from trunkline.contracts.reports import Review
from trunkline.contracts.reports.suppression import IgnoreFile, SuppressionError
from trunkline.contracts.reports.suppression.globs import matches

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 28)


def applied(folder: Path, text: str, today: date = TODAY) -> Review:
    path = folder / "ignore.toml"
    path.write_text(text, encoding="utf-8")
    return IgnoreFile.read(str(path)).apply(Review(REPORT), today)


def ignored(review: Review) -> list[str]:
    return [each.finding.rule for each in review.ignored]


def test_a_fingerprint_means_one_finding(tmp_path: Path) -> None:
    """It is taken out of the report and kept with its reason."""
    review = applied(
        tmp_path,
        f'[[ignore]]\nfingerprint = "{REMOVED.fingerprint}"\nreason = "We never read it."\n',
    )
    assert [each.reason for each in review.ignored] == ["We never read it."]
    assert REMOVED not in review.report.findings
    assert review.failures == (REQUIRED,)
    assert review.notes == ()


@pytest.mark.parametrize(
    ("rule", "pointer"),
    [
        ("property-removed", "components/schemas/Call/**"),
        ("property-removed.received", "components/schemas/*/properties/duration"),
        ("property-*", "/components/schemas/Call/properties/*"),  # the document's own pointer
    ],
)
def test_a_rule_with_a_glob_means_a_class(tmp_path: Path, rule: str, pointer: str) -> None:
    """A rule or a row of the level table, and a pointer in the unit or in the document."""
    text = f'[[ignore]]\nrule = "{rule}"\npointer = "{pointer}"\nreason = "r"\n'
    assert ignored(applied(tmp_path, text)) == ["property-removed"]


def test_a_rule_alone_means_every_place(tmp_path: Path) -> None:
    """Without a pointer only the rule is compared."""
    review = applied(tmp_path, '[[ignore]]\nrule = "*-changed"\nreason = "names only"\n')
    assert ignored(review) == ["operation-id-changed", "description-changed"]


def test_an_entry_holds_until_the_end_of_its_day(tmp_path: Path) -> None:
    """On the next day the finding is reported again and the entry is named."""
    text = f'[[ignore]]\nfingerprint = "{ENUM.fingerprint}"\nreason = "r"\nexpires = 2026-11-28\n'
    assert ignored(applied(tmp_path, text)) == ["enum-value-added"]
    late = applied(tmp_path, text, date(2026, 11, 29))
    assert late.ignored == ()
    assert "entry 1 (0000000000000003: r) expired on 2026-11-28" in late.notes[0]


def test_an_entry_that_matches_nothing_is_named(tmp_path: Path) -> None:
    """Also one whose findings an earlier entry already covers."""
    text = (
        '[[ignore]]\nrule = "enum-*"\nreason = "first"\n'
        '[[ignore]]\nrule = "enum-value-added"\nreason = "second"\n'
    )
    review = applied(tmp_path, text)
    assert [each.reason for each in review.ignored] == ["first"]
    assert len(review.notes) == 1
    assert "entry 2 (enum-value-added **: second) matches no finding" in review.notes[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[ignore", "is not TOML"),
        ('[ignore]\nrule = "x"', "'ignore' is unexpected"),
        ("ignored = []", "'ignored' is unexpected"),
        ("ignore = [1]", "entry 1: it must be a table"),
        ('[[ignore]]\nrule = "x"', "entry 1: reason is missing"),
        ('[[ignore]]\nrule = "x"\nreason = " "', "reason must be text that is not empty"),
        ('[[ignore]]\nreason = "r"', "give either fingerprint or rule"),
        ('[[ignore]]\nreason = "r"\nrule = "x"\nfingerprint = "y"', "give either"),
        ('[[ignore]]\nreason = "r"\npointer = "x"\nfingerprint = "y"', "pointer goes with rule"),
        ('[[ignore]]\nreason = "r"\nrule = "x"\nuntil = "y"', "'until' is not known; use expires"),
        ('[[ignore]]\nreason = "r"\nrule = "x"\nexpires = "soon"', "such as 2027-01-31"),
        ('[[ignore]]\nreason = "r"\nrule = "x"\nexpires = 2026-01-01T00:00:00Z', "a date"),
    ],
)
def test_a_mistake_is_named_with_its_entry(tmp_path: Path, text: str, problem: str) -> None:
    """A typo never silently ignores nothing, or everything."""
    with pytest.raises(SuppressionError, match=r"ignore\.toml") as raised:
        applied(tmp_path, text)
    assert problem in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, and bytes that are not UTF-8."""
    with pytest.raises(SuppressionError, match="No such file"):
        IgnoreFile.read(str(tmp_path / "missing.toml"))
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SuppressionError, match="is not TOML"):
        IgnoreFile.read(str(tmp_path / "binary.toml"))


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("a/*/c", "a/b/c", True),
        ("a/*/c", "a/b/b/c", False),
        ("a/**", "a/b/c", True),
        ("a/**", "a", True),
        ("a/**", "ab", False),
        ("**/c", "a/b/c", True),
        ("a?", "ab", True),
        ("a?", "a/", False),
        ("GET /calls/{id}", "GET /calls/{id}", True),
        ("a.c", "abc", False),
        ("[ab]", "a", False),
    ],
)
def test_globs_stay_within_a_segment(pattern: str, text: str, *, fits: bool) -> None:
    """Only ``**`` crosses a slash, and every other character is literal."""
    assert matches(pattern, text) is fits
