from __future__ import annotations

from datetime import date

import pytest
from tests.contracts import documents
from tests.contracts.comparing import schema_cases
from tests.contracts.comparing.operation_cases import CASES, Case

from trunkline import contracts


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind} {case.label}".strip())
def test_level_of_each_direction(case: Case) -> None:
    """An edit outside schemas gets the table's level, once."""
    report = documents.compare(case.old, case.new, today=date(2026, 1, 1))
    found = documents.found(report, case.kind)
    assert len(found) == 1
    shown = {verdict.direction.value: verdict.level.label for verdict in found[0].verdicts}
    assert shown == case.levels


def test_every_kind_of_edit_has_a_case() -> None:
    """No row of the table is without an example."""
    tried = {case.kind for case in (*CASES, *schema_cases.CASES)}
    assert {row.edit for row in contracts.rules()} == tried
