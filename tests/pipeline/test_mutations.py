"""A sample of the seeded changes of ``scripts/check_soak.py``, one of some kinds each."""

from __future__ import annotations

from tests.pipeline.mutations.run import chosen, outcomes


def test_the_check_names_changes_that_matter_and_no_others() -> None:
    """A change that a user would notice has a finding; new words and new response fields none."""
    for mutation, found in outcomes(chosen(5, 1, 1)):
        assert bool(found) == mutation.noticeable, (mutation.kind, mutation.place, found)
