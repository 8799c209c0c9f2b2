"""The bound on retries: 20 % of ten seconds' requests, and ten besides."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from trunkline._engine._budget import ALLOWANCE, SHARE, WINDOW, RetryBudget


def test_a_client_with_little_traffic_may_retry() -> None:
    """Ten retries are free, the eleventh is not."""
    budget = RetryBudget()
    for _ in range(ALLOWANCE):
        assert budget.allows(0.0)
        budget.retry(0.0)
    assert not budget.allows(0.0)


def test_traffic_earns_retries() -> None:
    """A hundred requests allow twenty more."""
    budget = RetryBudget()
    for _ in range(100):
        budget.request(0.0)
    granted = 0
    while budget.allows(0.0):
        budget.retry(0.0)
        granted += 1
    assert granted == ALLOWANCE + SHARE * 100


def test_the_window_moves_on() -> None:
    """What is older than ten seconds neither counts nor helps."""
    budget = RetryBudget()
    for _ in range(ALLOWANCE):
        budget.retry(0.0)
    assert not budget.allows(WINDOW - 0.01)
    assert budget.allows(WINDOW)


@given(st.lists(st.tuples(st.floats(0, 5), st.booleans()), max_size=300))
def test_no_window_holds_more_retries_than_allowed(steps: list[tuple[float, bool]]) -> None:
    """Over any ten seconds the retries stay within the allowance and the share."""
    budget, now = RetryBudget(), 0.0
    requests: list[float] = []
    retries: list[float] = []
    for pause, wants_retry in steps:
        now += pause
        if not wants_retry:
            budget.request(now)
            requests.append(now)
        elif budget.allows(now):
            budget.retry(now)
            retries.append(now)
            recent = [at for at in retries if at > now - WINDOW]
            asked = [at for at in requests if at > now - WINDOW]
            assert len(recent) < ALLOWANCE + SHARE * len(asked) + 1


def test_threads_may_share_a_budget() -> None:
    """Sixteen threads that note, ask and forget at once raise nothing and lose no bound."""
    budget = RetryBudget()

    def work(seed: int) -> None:
        for step in range(2000):
            now = seed + step * 0.05
            budget.request(now)
            if budget.allows(now):
                budget.retry(now)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(work, range(16)))
    finally:
        sys.setswitchinterval(interval)


def test_memory_stays_bounded() -> None:
    """A million requests in one window cost no more than ten thousand."""
    budget = RetryBudget()
    for _ in range(30_000):
        budget.request(0.0)
        budget.retry(0.0)
    assert len(budget._requests) == len(budget._retries) == 10_000
