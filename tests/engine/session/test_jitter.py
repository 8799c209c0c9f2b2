"""The jitter of waits: within bounds, even, and different in every process."""

from __future__ import annotations

import os
import sys
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from trunkline._engine.runtime import EvenJitter

finite = st.floats(0, 1e6)


@given(finite, finite)
def test_a_draw_lies_between_its_bounds(low: float, width: float) -> None:
    """Like random.uniform."""
    assert low <= EvenJitter().uniform(low, low + width) <= low + width


@given(st.integers(20, 400))
def test_draws_fill_an_interval_evenly(count: int) -> None:
    """For any number of draws, no twentieth of the interval gets three more than its share."""
    jitter = EvenJitter()
    bins = Counter(int(jitter.uniform(0, 20)) for _ in range(count))
    assert max(bins.values()) < count / 20 + 3


def test_two_instances_draw_different_numbers() -> None:
    """Each starts with another value."""
    assert len({EvenJitter().uniform(0, 1) for _ in range(20)}) == 20


if sys.platform != "win32":

    def test_a_forked_child_begins_anew() -> None:
        """Workers of one parent do not retry at the same times."""
        jitter = EvenJitter()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, repr(jitter.uniform(0, 1)).encode())
            os._exit(0)
        os.waitpid(child, 0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            assert float(pipe.read()) != jitter.uniform(0, 1)
