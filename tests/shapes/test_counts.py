"""Counts add up across processes, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shapes.answers import Recording, document

from trunkline._shapes.counts import merge, rounded, total

if TYPE_CHECKING:
    from trunkline._shapes.counts import Counts

CALLS = "list_call_logs"
#: Values in a call log: usual ones, and every kind of deviation.
ANY: list[Any] = [None, "completed", 1, 1.0, 2.5, True, [], {}, "+15555550123"]
VALUES = st.sampled_from(ANY)
FIELDS = st.sampled_from(
    ["id", "direction", "status", "duration_seconds", "new_field", "escalated"]
)
LOGS = st.dictionaries(FIELDS, VALUES, max_size=4)
BODIES = st.one_of(
    st.lists(LOGS, max_size=3).map(lambda logs: {"data": logs, "total": 3}),
    st.lists(LOGS, min_size=1, max_size=3).map(lambda logs: {"calls": logs}),
    VALUES,
)
ANSWERS = st.tuples(BODIES, st.sampled_from([200, 202, 404, 418]), st.sampled_from(["05", "06"]))
PROCESSES = st.lists(ANSWERS, max_size=6)


def counted(answers: list[tuple[Any, int, str]]) -> Counts:
    """Return the counts of a process that saw these responses."""
    recording = Recording(document("stateset_voice_public"))
    for body, status, day in answers:
        recording.add(CALLS, body, status, day=f"2026-11-{day}")
    return recording.counts


@pytest.mark.hypothesis
@given(first=PROCESSES, second=PROCESSES, third=PROCESSES)
def test_merging_is_that_of_a_commutative_monoid(
    first: list[Any], second: list[Any], third: list[Any]
) -> None:
    """Neither order nor grouping of files matters, and empty counts add nothing."""
    a, b, c = counted(first), counted(second), counted(third)
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c)) == total([a, b, c])
    assert merge(a, {}) == merge({}, a) == a


@pytest.mark.hypothesis
@given(answers=st.lists(ANSWERS, min_size=1, max_size=6))
def test_two_processes_count_what_one_would(answers: list[Any]) -> None:
    """Objects and types are the same whether one process or two saw the responses."""
    together = counted(answers)
    apart = merge(counted(answers[:3]), counted(answers[3:]))
    for part in ("objects", "operations"):
        for name, node in together[part].items():
            other = apart[part][name]
            assert node.get("objects") == other.get("objects")
            assert node["answers"] == other["answers"]
            for field, values in node.get("fields", {}).items():
                assert values["types"] == other["fields"][field]["types"]
                assert values.get("absent", 0) == other["fields"][field].get("absent", 0)


def test_a_thousand_shapes_are_counted_like_few() -> None:
    """With too many key combinations, objects are counted field by field."""
    recording = Recording(document("stateset_voice_public"))
    fields = ["id", "direction", "status", "escalated", "summary", "from_number", "to_number"]
    for number in range(128):
        log = {name: "x" for bit, name in enumerate(fields) if number >> bit & 1}
        recording.shapes.operations[CALLS].answers = 0  # record every response in full
        recording.add(CALLS, {"data": [{"call_sid": "CA1", **log}]})
    counts = recording.counts["objects"]["#/components/schemas/CallLog"]
    assert counts["objects"] == 128
    assert {name: counts["fields"][name]["types"]["string"] for name in fields} == dict.fromkeys(
        fields, 64
    )
    assert counts["fields"]["call_sid"]["types"] == {"string": 128}


@pytest.mark.parametrize(("exact", "written"), [(7, 7), (99, 99), (101, 100), (1449, 1400)])
def test_a_file_has_two_digits_of_a_count(exact: int, written: int) -> None:
    """Exact business figures are not written to disk."""
    assert rounded({"a": {"b": exact, "first": "2026-11-28"}}) == {
        "a": {"b": written, "first": "2026-11-28"}
    }
