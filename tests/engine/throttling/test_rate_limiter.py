"""The client-side rate limiter: never above a rate, even, fair and shared."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.rate_limits import FAR, _keys, core_with, limiter_for, most_in_any
from tests.engine.support import Clock

from trunkline._engine.provider import Rate
from trunkline._engine.session.rate_limiter import GCRA
from trunkline.phone_ai._provider import PROVIDER as PHONE_AI
from trunkline.stateset_voice._provider import PROVIDER as STATESET_VOICE
from trunkline.whispey._provider import PROVIDER as WHISPEY


@given(
    st.integers(1, 200),
    st.floats(0.5, 3600),
    st.lists(st.floats(0, 30), min_size=1, max_size=300),
)
def test_no_window_holds_more_than_the_rate(
    requests: int, seconds: float, pauses: list[float]
) -> None:
    """Whenever requests arrive, no window of the rate's length has more starts than it allows."""
    throttle = limiter_for(core_with(Rate(requests, seconds)))
    now, begun = 0.0, []
    for pause in pauses:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
    assert most_in_any(seconds, begun) <= requests


@given(st.integers(2, 40), st.integers(2, 200), st.lists(st.floats(0, 3), max_size=200))
def test_several_rates_hold_together(few: int, many: int, pauses: list[float]) -> None:
    """A slot that one rate delays does not exceed another rate in its window."""
    throttle = limiter_for(core_with(Rate(few, 5.0, "address"), Rate(many, 60.0)))
    now, begun = 0.0, []
    for pause in pauses:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
    assert most_in_any(5.0, begun) <= few
    assert most_in_any(60.0, begun) <= many


@given(st.lists(st.floats(0, 2), max_size=100))
def test_whoever_asks_first_goes_first(pauses: list[float]) -> None:
    """Slots are assigned in the order of the requests."""
    throttle = limiter_for(core_with(Rate(60, 60.0)))
    now, begun = 0.0, []
    for pause in pauses:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
    assert begun == sorted(begun)


def test_a_rush_is_spread_evenly() -> None:
    """After a burst of three, sixty a minute start about a second apart."""
    throttle = limiter_for(core_with(Rate(60, 60.0)))
    begun = [throttle.reserve(0.0, FAR) for _ in range(60)]
    assert begun[:3] == [0.0] * 3
    gaps = [later - earlier for earlier, later in itertools.pairwise(begun[2:])]
    assert min(gaps) == pytest.approx(max(gaps)) == pytest.approx(60 / 58)
    assert begun[-1] < 60


def test_a_place_out_of_reach_is_not_taken() -> None:
    """A caller that cannot wait so long does not take the slot."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert throttle.reserve(0.0, FAR) == 0.0
    for _ in range(5):
        assert throttle.reserve(0.0, 3.0) == 10.0
    assert throttle.reserve(0.0, FAR) == 10.0
    assert throttle.reserve(0.0, FAR) == 20.0


def test_clients_with_one_key_share_its_places() -> None:
    """Two clients of an account are held to one limit; another account has its own."""
    rate, clock = Rate(1, 10.0), Clock()
    keys = ("shared-key-1", "shared-key-1", "shared-key-2")
    first, second, other = (limiter_for(core_with(rate, key=key, clock=clock)) for key in keys)
    assert [one.reserve(0.0, FAR) for one in (first, second, other)] == [0.0, 10.0, 0.0]


def test_an_address_s_rate_is_shared_by_all_keys() -> None:
    """The server counts per address, whatever the key."""
    rate, clock = Rate(1, 7.0, "address", f"test {next(_keys)}"), Clock()
    throttles = [limiter_for(core_with(rate, clock=clock)) for _ in range(3)]
    assert [one.reserve(0.0, FAR) for one in throttles] == [0.0, 7.0, 14.0]


def test_the_limits_are_those_the_vendors_name() -> None:
    """Data with its evidence, for each provider that documents a limit."""
    providers = (STATESET_VOICE, PHONE_AI, WHISPEY)
    rates = {p.name: [(r.requests, r.seconds, r.per) for r in p.rates] for p in providers}
    assert rates == {
        "stateset_voice": [(60, 60.0, "address"), (1000, 60.0, "key")],
        "phone_ai": [(100, 60.0, "key")],
        "whispey": [(1000, 3600.0, "key")],
    }
    assert all(r.evidence for p in providers for r in p.rates)


def test_a_gate_that_nobody_set_is_open() -> None:
    """Without a rate it delays nothing."""
    assert GCRA().next_allowed_at(5.0) == 5.0
