"""A sample of the seeded changes of ``scripts/check_soak.py``, one of some kinds each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pipeline.mutations.contracts import contract_mutations
from tests.pipeline.mutations.overlay import overlay_mutations
from tests.pipeline.mutations.run import ROOT, chosen, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pipeline.mutations.mutation import Mutation

#: Kinds and files or schemas whose changes nothing named at first.
_ONCE_SILENT = {
    "nested field's need": "whispey_ingest SttMetrics.duration",
    "event unlisted": "webhooks/events/pamela.py:18",
    "handler's name": "sandbox/providers/whispey/records.py:88",
    "argument added": "whispey/_async/client.py",
    "export dropped": "campaigns/__init__.py",
}


def test_the_check_names_changes_that_matter_and_no_others() -> None:
    """A change that a user would notice has a finding; new words and new response fields none."""
    for mutation, found in outcomes(chosen(5, 1, 1)):
        assert bool(found) == mutation.noticeable, (mutation.kind, mutation.place, found)


def test_the_check_names_what_it_was_silent_about() -> None:
    """A need of an inner object, an export, a constructor's argument, the payload of an event."""
    asked = list(_once_silent())
    assert {each.kind for each in asked} == _ONCE_SILENT.keys()
    for mutation, found in outcomes(asked):
        assert found, (mutation.kind, mutation.place)


def _once_silent() -> Iterator[Mutation]:
    """Yield the first change of each kind in its place."""
    left = dict(_ONCE_SILENT)
    for each in [*contract_mutations(ROOT), *overlay_mutations(ROOT)]:
        if each.place.startswith(left.get(each.kind, "-")):
            del left[each.kind]
            yield each
