"""Every rule of the contract check finds its violations and their location."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.pipeline.rule_breaks import BREAKS, WHOLE_FILES
from tests.pipeline.trees import copied, remove, replace

from trunkline_pipeline.checks import complete
from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.checks.rules import RULES
from trunkline_pipeline.checks.static.check import findings
from trunkline_pipeline.inputs import manifest

if TYPE_CHECKING:
    from trunkline_pipeline.checks.findings import Finding

PAIRS = [(rule, each) for each in BREAKS for rule in each.rules.split()]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """The findings of one run on a tree with all breaks."""
    tree = copied(tmp_path_factory.mktemp("broken"))
    for each in BREAKS:
        change = replace(each.file, each.old, each.new) if each.old else remove(each.file)
        change(tree)
    probe = complete.start_probe(tree)
    facts = facts_of(manifest.load(tree / complete.TABLE), tree)
    return [*findings(facts), *complete.probe_findings(probe)]


def test_an_unknown_operation_is_named(found: list[Finding]) -> None:
    """It once crashed the probe of the sandbox."""
    assert any("omits has sendLog, which is not an operation" in each.message for each in found)


def test_every_rule_is_broken_by_a_test() -> None:
    """A rule without a violation in the tests is not tested."""
    assert {rule for rule, _ in PAIRS} | WHOLE_FILES == RULES.keys()


@pytest.mark.parametrize(("rule", "index"), [(r, BREAKS.index(b)) for r, b in PAIRS])
def test_a_break_is_reported_by_its_rule(found: list[Finding], rule: str, index: int) -> None:
    """Its rule reports it, and each finding has a file and a message."""
    assert RULES[rule].summary.endswith(".")
    assert RULES[rule].remedy
    broken = BREAKS[index]
    spoken = [each for each in found if each.rule == rule]
    assert spoken, broken
    assert all(each.file and each.message for each in spoken)
