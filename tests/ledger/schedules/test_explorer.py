"""The state machine over every interleaving of a small world."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.ledger.schedules.explorer import NEEDED, SMALL, explore, without

if TYPE_CHECKING:
    from tests.ledger.schedules.model import Rules

pytestmark = pytest.mark.untraced  # thousands of states of a model; others run the ledger itself


@pytest.mark.parametrize(
    "rules",
    [
        SMALL,
        replace(SMALL, readable=False),
        replace(SMALL, crashes=0, jumps=0, redial="blind"),
        replace(SMALL, jumps=0, readable=False, redial="blind"),
        replace(SMALL, crashes=0, jumps=0, late_accepts=True, redial="never"),
    ],
    ids=["readable", "not readable", "redial_after", "not readable, redial_after", "never redial"],
)
def test_no_schedule_breaks_a_promise(rules: Rules) -> None:
    """No two calls, no forgotten call, nothing stuck, in every order of events."""
    found = explore(rules)
    assert found.problem == "", "\n".join(found.trace)
    assert found.states > 1000


@pytest.mark.parametrize(("rule", "setting", "problem"), NEEDED)
def test_each_rule_is_needed(rule: str, setting: Rules, problem: str) -> None:
    """Without the rule there is a schedule that breaks a promise; it is the shortest one."""
    found = explore(without(rule, setting))
    assert found.problem == problem
    assert 5 <= len(found.trace) <= 25


@pytest.mark.parametrize(("quiet", "holds"), [(2, False), (3, True)])
def test_the_quiet_time_is_exact(quiet: int, *, holds: bool) -> None:
    """Send-by, latest acceptance and lag are all needed, and together suffice."""
    found = explore(replace(SMALL, quiet=quiet))
    assert (found.problem == "") is holds
