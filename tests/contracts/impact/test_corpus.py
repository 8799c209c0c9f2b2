from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts.impact import corpus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.contracts.impact.corpus import Mark

    from trunkline.contracts import Report


@pytest.fixture(scope="module")
def analysed(voice_client: Path) -> dict[str, Report]:
    clients: dict[str, dict[str, Any]] = {
        kind: {"client": voice_client} for kind in corpus.GENERATED
    }
    return {
        kind: corpus.report(kind, *corpus.documents(kind), **clients.get(kind, {}))
        for kind in ("generated", "clients", "backends", "overlay", "styles", "services")
    }


def _scored(analysed: dict[str, Report]) -> tuple[set[Mark], set[Mark]]:
    wanted = {mark for kind in analysed for mark in corpus.marks(kind)}
    certain = {mark for report in analysed.values() for mark, _ in corpus.found(report)}
    return wanted, certain


def test_precision_of_certain_sites(analysed: dict[str, Report]) -> None:
    """At least 98 of 100 sites called certain are marked as hits in the corpus."""
    wanted, certain = _scored(analysed)
    wrong = sorted(certain - wanted)
    assert len(certain & wanted) / len(certain) >= 0.98, wrong


def test_recall_of_certain_sites(analysed: dict[str, Report]) -> None:
    """At least 90 of 100 marked hits are called certain."""
    wanted, certain = _scored(analysed)
    missed = sorted(wanted - certain)
    assert len(certain & wanted) / len(wanted) >= 0.90, missed


def test_doubtful_sites_are_possible(analysed: dict[str, Report]) -> None:
    """A line marked as doubtful is reported as possible."""
    wanted = {mark for kind in analysed for mark in corpus.marks(kind, "maybe")}
    possible = {m for report in analysed.values() for m, _ in corpus.found(report, "possible")}
    assert wanted <= possible, sorted(wanted - possible)


def test_the_corpus_is_large_enough() -> None:
    """At least twelve programs, using the generated client and the overlay."""
    assert len(corpus.programs("generated")) + len(corpus.programs("overlay")) >= 12


def test_every_edit_of_the_contracts_is_met_by_some_program(analysed: dict[str, Report]) -> None:
    """Every edit of the corpus has a marked line, so every kind of rule is measured."""
    for kind in ("generated", "backends", "overlay"):
        report = analysed[kind]
        marked = {mark.edit for mark in corpus.marks(kind)}
        urgent = {
            corpus.label(f) for f in report.findings if f.level.label in {"breaking", "warning"}
        }
        assert urgent <= marked, sorted(urgent - marked)
