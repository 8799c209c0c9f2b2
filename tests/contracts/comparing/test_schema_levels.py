from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts import documents
from tests.contracts.comparing.schema_cases import CASES, Case

from trunkline import contracts
from trunkline.contracts import Direction, Level
from trunkline.contracts._rules.table import table

if TYPE_CHECKING:
    from collections.abc import Callable

#: Edits reported in one direction only, and what the reverse reports instead.
UNLIKE = {"sunset-invalid": "sunset-removed", "stability-invalid": "stability-increased"}
TODAY = date(2026, 1, 1)
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} {case.label}".strip())


def judged(make: Callable[[Any], dict[str, Any]], case: Case) -> dict[Direction, Level]:
    report = documents.compare(make(case.old), make(case.new), today=TODAY)
    return documents.levels(report, case.kind)


@EACH
def test_sent_in_a_request_body(case: Case) -> None:
    """Narrowing breaks what a client sends."""
    assert judged(documents.sent, case) == {Direction.SENT: Level.parse(case.sent)}


@EACH
def test_received_in_a_response(case: Case) -> None:
    """Widening breaks what a client receives."""
    assert judged(documents.received, case) == {Direction.RECEIVED: Level.parse(case.received)}


@EACH
def test_a_webhook_swaps_the_directions(case: Case) -> None:
    """The request of a webhook is received, and its response is sent."""
    request, response = judged(documents.hook_sends, case), judged(documents.hook_response, case)
    assert request == {Direction.RECEIVED: Level.parse(case.received)}
    assert response == {Direction.SENT: Level.parse(case.sent)}


@EACH
def test_a_callback_swaps_the_directions(case: Case) -> None:
    """The request of a callback is received."""
    found = judged(documents.callback_sends, case)
    assert found == {Direction.RECEIVED: Level.parse(case.received)}


@EACH
def test_an_error_response_counts_one_level_lower(case: Case) -> None:
    """A schema used only with an error status is one level less urgent, but at least info."""
    level = Level.parse(case.received)
    lower = Level(max(level - 1, Level.INFO)) if level > Level.DOC else Level.DOC
    assert judged(documents.failed, case) == {Direction.RECEIVED: lower}


@EACH
def test_the_opposite_edit_is_its_inverse(case: Case) -> None:
    """Compared in reverse, an edit is the inverse named in the table."""
    report = documents.compare(documents.sent(case.new), documents.sent(case.old), today=TODAY)
    inverse = UNLIKE.get(case.kind, table().kinds[case.kind].inverse)
    assert documents.found(report, inverse)


def test_every_row_has_a_sentence_and_a_level() -> None:
    """The table has a level and a sentence for every edit in both directions."""
    rows = contracts.rules()
    kinds = {row.edit for row in rows}
    assert {(row.edit, row.direction) for row in rows if not row.guard} == {
        (kind, direction) for kind in kinds for direction in Direction
    }
    assert all(row.sentence.endswith(".") for row in rows)
