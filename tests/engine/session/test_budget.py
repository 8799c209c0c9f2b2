"""The limit on retries: 20 % of ten seconds' requests, plus ten."""

from __future__ import annotations

import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.support import Clock, make_context

from trunkline import PhoneAI, StateSetVoice, Whispey, errors
from trunkline._engine.session.context import context_for_url
from trunkline._engine.session.retry_budget import (
    ALLOWANCE,
    MOST,
    SHARE,
    WINDOW,
    RetryBudget,
    budget_for,
)


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
    """Requests and retries older than ten seconds do not count."""
    budget = RetryBudget()
    for _ in range(ALLOWANCE):
        budget.retry(0.0)
    assert not budget.allows(WINDOW - 0.01)
    assert budget.allows(WINDOW)


@given(st.lists(st.tuples(st.floats(0, 5), st.booleans()), max_size=300))
def test_no_window_holds_more_retries_than_allowed(steps: list[tuple[float, bool]]) -> None:
    """In any ten seconds the retries stay within the allowance plus the share."""
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
    """Sixteen threads that use it at once raise nothing and do not exceed the limit."""
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


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_for_each_call_has_no_budget_of_its_own(backend: Backend) -> None:
    """An outage causes no more retries if a program creates a client for each call."""
    clock, asked = Clock(), list[str]()

    def fail(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(500)

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.ServerError):
            await caller.get()

    def call(host: str) -> None:
        transport = httpx.MockTransport(fail)
        url = f"http://{host}.example"
        run(backend, scenario, base_url=url, transport=transport, runtime=clock.runtime())

    for _ in range(30):
        call("down")
    assert len(asked) <= 30 + ALLOWANCE + SHARE * 30
    call("another")
    assert asked.count("another.example") == 3


def budget_of(client: Any) -> RetryBudget:
    """Return the budget that a client's requests use."""
    session: Any = client.raw.get_httpx_client()
    found: RetryBudget = session.context.budget
    return found


def test_a_budget_is_that_of_one_api_and_server() -> None:
    """Whatever the key, the path or the options; another API or another port has another."""

    def budget(kind: type[StateSetVoice | PhoneAI], key: str, url: str) -> RetryBudget:
        with kind(key, base_url=url) as client:
            assert budget_of(client.with_options(deadline=5)) is budget_of(client)
            return budget_of(client)

    one = budget(StateSetVoice, "one-key-1", "http://127.0.0.1:1")
    assert budget(StateSetVoice, "one-key-2", "http://127.0.0.1:1/v2") is one
    assert budget(StateSetVoice, "one-key-1", "http://127.0.0.1:2") is not one
    assert budget(PhoneAI, "one-key-1", "http://127.0.0.1:1") is not one


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_clock_that_is_ahead_costs_no_retries(backend: Backend) -> None:
    """Times of one clock mean nothing on another: clients with different clocks share nothing."""
    asked = list[float]()

    async def scenario(caller: Caller) -> None:
        for _ in range(ALLOWANCE):
            with pytest.raises(errors.ServerError):
                await caller.get()

    def outage(clock: Clock) -> int:
        asked.clear()
        transport = httpx.MockTransport(lambda _: asked.append(clock.now) or httpx.Response(500))
        url = "http://down.example"
        run(backend, scenario, base_url=url, transport=transport, runtime=clock.runtime())
        return len(asked)

    assert outage(Clock(now=5000.0)) == outage(Clock(now=1000.0)) > ALLOWANCE + ALLOWANCE / 2


def test_a_file_elsewhere_costs_the_server_no_retries() -> None:
    """Another server has another budget; a redirect back uses the first one."""
    context = make_context()
    away, _ = context_for_url(context, "https://files.example/a")
    assert away.budget is not context.budget
    assert context_for_url(context, "https://files.example:443/b")[0].budget is away.budget
    assert context_for_url(away, context.base_url)[0].budget is context.budget


def test_records_of_calls_have_the_budget_of_their_server() -> None:
    """Whispey's ingest is a separate server."""
    with Whispey("one-key-1", base_url="http://127.0.0.1:1") as client:
        assert client.ingest._session.context.budget is not budget_of(client)


def test_a_budget_of_one_s_own_stays() -> None:
    """It does not change with options, or when the server is removed from the cache."""
    context = make_context()
    known, context.budget = context.budget, RetryBudget()
    assert context.replace(options=context.options).budget is context.budget
    context.budget = known
    budget_for.cache_clear()
    assert context.replace(options=context.options).budget is known


def test_few_servers_are_remembered() -> None:
    """A program that uses many servers keeps only the budgets of the latest."""
    for number in range(3 * MOST):
        budget_for("acme", "http", f"host-{number}.example")
    assert budget_for.cache_info().currsize == MOST


def test_memory_stays_bounded() -> None:
    """A hundred thousand requests in one window take no more than ten thousand: below 2 MB."""
    budget = RetryBudget()
    tracemalloc.start()
    try:
        for number in range(100_000):
            budget.request(number * 1e-6)
            budget.retry(number * 1e-6)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 2_000_000
