"""A sample of the seeded changes of ``scripts/check_soak.py``, one each of some kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pipeline.mutations.contracts import contract_mutations
from tests.pipeline.mutations.mutation import Mutation, always
from tests.pipeline.mutations.overlay import overlay_mutations
from tests.pipeline.mutations.run import ROOT, chosen, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Kinds that were once missed, and the files (with text of the line) or schemas to change.
_ONCE_SILENT = {
    "nested field's need": "whispey_ingest SttMetrics.duration",
    "event unlisted": "webhooks/events/pamela.py",
    "handler's name": "sandbox/providers/whispey/records.py call_id",
    "argument added": "whispey/_async/client.py",
    "export dropped": "campaigns/__init__.py",
    "id unchecked": "stateset_voice/_async/calls.py",
    "converter dropped": "stateset_voice/_async/calls.py number =",
}


def test_the_check_names_changes_that_matter_and_no_others() -> None:
    """A change that a user would notice has a finding; new prose and response fields have none."""
    for mutation, found in outcomes(chosen(5, 1, 1)):
        assert bool(found) == mutation.noticeable, (mutation.kind, mutation.place, found)


def test_the_check_names_what_it_was_silent_about() -> None:
    """For example, a nested required field, or a check in a method without its own operation."""
    asked = list(_once_silent())
    assert {each.kind for each in asked} == _ONCE_SILENT.keys()
    for mutation, found in outcomes(asked):
        assert found, (mutation.kind, mutation.place)


def test_a_method_that_is_given_up_refuses_everything() -> None:
    """Its docstring still says that it refuses some values, which is not a finding."""
    file = "overlay/trunkline/stateset_voice/_async/calls.py"
    text = (ROOT / file).read_text(encoding="utf-8")
    check = 'sid = identifier("call_sid", call_sid)'
    assert check in text
    error = "from trunkline.errors import RemovedOperationError"
    given_up = text.replace(check, f'{error}\n\n        raise RemovedOperationError("It is gone.")')
    [(_, found)] = outcomes([Mutation("given up", "wait", file, always(given_up))])
    assert [each for each in found if each.rule == "argument/unchecked"] == []


def _once_silent() -> Iterator[Mutation]:
    """Yield the first change of each kind in its file."""
    left = dict(_ONCE_SILENT)
    for each in [*contract_mutations(ROOT), *overlay_mutations(ROOT)]:
        place, _, words = left.get(each.kind, "-").partition(".py ")
        if each.place.startswith(place) and words in _line(each.place):
            del left[each.kind]
            yield each


def _line(place: str) -> str:
    file, colon, line = place.partition(":")
    text = (ROOT / "overlay/trunkline" / file).read_text(encoding="utf-8") if colon else ""
    return text.splitlines()[int(line) - 1] if colon else ""
