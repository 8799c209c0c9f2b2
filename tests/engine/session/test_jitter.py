"""The draws for waits: within bounds, even, and different in every process."""

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
    """As of random.uniform."""
    assert low <= EvenJitter().uniform(low, low + width) <= low + width


@given(st.integers(20, 400))
def test_draws_fill_an_interval_evenly(count: int) -> None:
    """Of any number of draws, no twentieth of the interval gets two more than its share."""
    dice = EvenJitter()
    bins = Counter(int(dice.uniform(0, 20)) for _ in range(count))
    assert max(bins.values()) < count / 20 + 3


def test_two_dice_do_not_march_in_step() -> None:
    """Each begins somewhere else."""
    assert len({EvenJitter().uniform(0, 1) for _ in range(20)}) == 20


if sys.platform != "win32":

    def test_a_forked_child_begins_anew() -> None:
        """Workers of one parent do not come back in the same instants."""
        dice = EvenJitter()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, repr(dice.uniform(0, 1)).encode())
            os._exit(0)
        os.waitpid(child, 0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            assert float(pipe.read()) != dice.uniform(0, 1)
