"""The client-side throttle: never above a rate, even, fair, shared, and only ever slower."""

from __future__ import annotations

import bisect
import gc
import itertools
import os
import signal
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.server import MADE, Exchange, response
from tests.engine.support import PROVIDER, Clock, build_request, make_context

from trunkline import AsyncStateSetVoice, StateSetVoice, errors
from trunkline._engine.headers import RateLimit
from trunkline._engine.provider import Rate
from trunkline._engine.session import rate_limiter
from trunkline._engine.session.rate_limiter import GCRA, RateLimiter
from trunkline.limits import AsyncLimiter, Limiter
from trunkline.phone_ai._provider import PROVIDER as PHONE_AI
from trunkline.stateset_voice._provider import PROVIDER as STATESET_VOICE
from trunkline.whispey._provider import PROVIDER as WHISPEY

if TYPE_CHECKING:
    from trunkline._engine.session.context import ClientContext

_keys = itertools.count()
FAR = float("inf")


def limiter_for(context: ClientContext) -> RateLimiter:
    """Return the limiter of a client with this context."""
    keys = (context.key, context.user_token)
    return RateLimiter(context.provider, context.origin, keys, context.runtime.monotonic)


def core_with(*rates: Rate, key: str = "", clock: Clock | None = None) -> ClientContext:
    """Return a context whose account no other test shares."""
    context = make_context(clock, key=key or f"key-{next(_keys)}")
    return context.replace(provider=replace(PROVIDER, rates=rates))


def most_in_any(window: float, moments: list[float]) -> int:
    """Return the largest number of moments in any half-open window."""
    ordered = sorted(moments)
    return max(
        (bisect.bisect_left(ordered, at + window - 1e-6) - n for n, at in enumerate(ordered)),
        default=0,
    )


@given(
    st.integers(1, 200),
    st.floats(0.5, 3600),
    st.lists(st.floats(0, 30), min_size=1, max_size=300),
)
def test_no_window_holds_more_than_the_rate(
    requests: int, seconds: float, pauses: list[float]
) -> None:
    """However requests come, in any window of the rate's length no more begin than it allows."""
    throttle = limiter_for(core_with(Rate(requests, seconds)))
    now, begun = 0.0, []
    for pause in pauses:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
    assert most_in_any(seconds, begun) <= requests


@given(st.integers(2, 40), st.integers(2, 200), st.lists(st.floats(0, 3), max_size=200))
def test_several_rates_hold_together(few: int, many: int, pauses: list[float]) -> None:
    """A place that one rate delays does not crowd another's window."""
    throttle = limiter_for(core_with(Rate(few, 5.0, "address"), Rate(many, 60.0)))
    now, begun = 0.0, []
    for pause in pauses:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
    assert most_in_any(5.0, begun) <= few
    assert most_in_any(60.0, begun) <= many


@given(st.lists(st.floats(0, 2), max_size=100))
def test_whoever_asks_first_goes_first(pauses: list[float]) -> None:
    """Moments are given in the order of asking."""
    throttle = limiter_for(core_with(Rate(60, 60.0)))
    now, begun = 0.0, []
    for pause in pauses:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
    assert begun == sorted(begun)


def test_a_rush_is_spread_evenly() -> None:
    """After a burst of three, sixty a minute come about a second apart."""
    throttle = limiter_for(core_with(Rate(60, 60.0)))
    begun = [throttle.reserve(0.0, FAR) for _ in range(60)]
    assert begun[:3] == [0.0] * 3
    gaps = [later - earlier for earlier, later in itertools.pairwise(begun[2:])]
    assert min(gaps) == pytest.approx(max(gaps)) == pytest.approx(60 / 58)
    assert begun[-1] < 60


def test_a_place_out_of_reach_is_not_taken() -> None:
    """Who cannot wait so long leaves the place to others."""
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


def test_a_new_client_keeps_to_what_the_server_told() -> None:
    """A lower limit that one client heard of holds for those of its account made later, too."""
    rate, key, clock = Rate(100, 60.0), f"key-{next(_keys)}", Clock()
    first = limiter_for(core_with(rate, key=key, clock=clock))
    first.update(RateLimit(10), 0.0)
    second = limiter_for(core_with(rate, key=key, clock=clock))
    begun = [one.reserve(0.0, FAR) for one in (first, second) * 2]
    assert begun == pytest.approx([0.0, 6.0, 12.0, 18.0])


def test_accounts_that_rest_are_forgotten() -> None:
    """One window after its last place nothing is kept of an account that no client uses."""
    clock, rate = Clock(), Rate(10, 60.0, "key", f"test {next(_keys)}")
    for _ in range(20):
        limiter_for(core_with(rate, clock=clock)).reserve(clock.now, FAR)
    gc.collect()
    assert sum(rate in place for place in rate_limiter._limits_by_key) == 20
    clock.now += 70
    last = limiter_for(core_with(rate, clock=clock))
    gc.collect()
    assert sum(rate in place for place in rate_limiter._limits_by_key) == 1
    assert last.reserve(clock.now, FAR) == 0.0


@given(
    st.integers(1, 60),
    st.floats(0.5, 3600),
    st.lists(st.tuples(st.floats(0, 30), st.booleans()), max_size=300),
)
def test_places_given_back_lead_nobody_above_the_rate(
    requests: int, seconds: float, steps: list[tuple[float, bool]]
) -> None:
    """Whoever gives up while waiting, no window holds more than the rate allows."""
    throttle = limiter_for(core_with(Rate(requests, seconds)))
    now, begun = 0.0, []
    for pause, gives_up in steps:
        now += pause
        wait = throttle.reserve(now, FAR)
        assert wait >= 0
        if gives_up and wait:
            throttle.refund(now + wait)
        else:
            begun.append(now + wait)
    assert most_in_any(seconds, begun) <= requests


def test_a_place_given_back_goes_to_the_next_who_asks() -> None:
    """The others keep theirs, and the queue is as long as if nobody had given up."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(4)] == [0.0, 10.0, 20.0, 30.0]
    throttle.refund(20.0)
    throttle.refund(10.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(3)] == [10.0, 20.0, 40.0]


def test_a_place_given_back_too_late_is_lost() -> None:
    """No request begins in the past."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(2)] == [0.0, 10.0]
    throttle.refund(10.0)
    assert throttle.reserve(15.0, FAR) == 5.0


def test_a_place_given_back_is_none_after_the_server_s_no() -> None:
    """With no request left, the reset counts for places that were given back as well."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(2)] == [0.0, 10.0]
    throttle.refund(10.0)
    throttle.update(RateLimit(None, 0, 50.0), 0.0)
    assert throttle.reserve(0.0, FAR) == 50.0


def test_a_place_given_back_after_the_server_s_no_is_none_either() -> None:
    """Whoever waits when the response comes may give up later; only what is after it goes on."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    assert [throttle.reserve(0.0, FAR) for _ in range(4)] == [0.0, 10.0, 20.0, 30.0]
    throttle.update(RateLimit(None, 0, 25.0), 0.0)
    throttle.refund(10.0)
    throttle.refund(30.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(2)] == [30.0, 40.0]


def test_clocks_share_no_places() -> None:
    """A clock that is behind would wait for ages, and one that is ahead for nothing."""
    rate, key = Rate(1, 10.0), f"key-{next(_keys)}"
    ahead, behind = (limiter_for(core_with(rate, key=key, clock=Clock())) for _ in range(2))
    ahead.update(RateLimit(100, 0, 60.0), 5000.0)
    assert ahead.reserve(5000.0, FAR) == 60.0
    assert behind.reserve(100.0, FAR) == 0.0


def test_a_clock_that_is_ahead_forgets_nothing_of_another() -> None:
    """What rests by one clock may be busy by the other; of few clocks anything is kept."""
    clock, rate = Clock(), Rate(1, 10.0, "key", f"test {next(_keys)}")
    key = f"key-{next(_keys)}"
    assert limiter_for(core_with(rate, key=key, clock=clock)).reserve(clock.now, FAR) == 0.0
    limiter_for(core_with(rate, clock=Clock(now=9000.0)))
    gc.collect()
    assert limiter_for(core_with(rate, key=key, clock=clock)).reserve(clock.now, FAR) == 10.0
    for _ in range(2 * rate_limiter._MAX_CLOCKS):
        limiter_for(core_with(rate)).reserve(0.0, FAR)
    gc.collect()
    assert (
        sum(rate in place for place in rate_limiter._limits_by_key) <= rate_limiter._MAX_CLOCKS + 1
    )


if sys.platform != "win32":

    def test_a_fork_does_not_inherit_the_lock() -> None:
        """A child that was forked while a thread took its place can take one as well."""
        throttle = limiter_for(core_with(Rate(1, 10.0)))
        with rate_limiter._lock:
            child = os.fork()
            if child == 0:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(20)  # it would wait for ever
                code = 1
                try:
                    code = int(throttle.reserve(0.0, FAR))
                finally:
                    os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_limiter_of_the_other_colour_is_refused() -> None:
    """The error comes when the client is made, and says what is needed."""

    class Plain:
        def reserve(self, within: float) -> float:
            return within

        def heed(self, limit: Any) -> None: ...

    class Awaited:
        async def reserve(self, within: float) -> float:
            return within

        async def heed(self, limit: Any) -> None: ...

    wrong: Any = Plain()
    with pytest.raises(errors.ConfigurationError, match="async def"):
        AsyncStateSetVoice("k", throttle=wrong)
    wrong = Awaited()
    with pytest.raises(errors.ConfigurationError, match="plain methods"):
        StateSetVoice("k", throttle=wrong)


def test_an_address_s_rate_is_shared_by_all_keys() -> None:
    """The server counts the machine, whatever the key."""
    rate, clock = Rate(1, 7.0, "address", f"test {next(_keys)}"), Clock()
    throttles = [limiter_for(core_with(rate, clock=clock)) for _ in range(3)]
    assert [one.reserve(0.0, FAR) for one in throttles] == [0.0, 7.0, 14.0]


def test_what_the_server_has_left_slows_down() -> None:
    """Five requests left for twenty seconds: four seconds apart, then the usual pace again."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(100, 5, 20.0), 0.0)
    begun = [throttle.reserve(0.0, FAR) for _ in range(5)]
    assert begun == pytest.approx([0.0, 4.0, 8.0, 12.0, 16.0])
    assert throttle.reserve(20.0, FAR) == 0.0


def test_nothing_left_means_waiting_for_the_reset() -> None:
    """With no request left, none begins before the server's window is over."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(100, 0, 30.0), 5.0)
    assert throttle.reserve(5.0, FAR) == 30.0
    assert throttle.reserve(36.0, FAR) == 0.0


@pytest.mark.parametrize("reset", [999_999_999.0, 86_400.0, 3_661.0])
@pytest.mark.parametrize("remaining", [0, 1])
def test_an_absurd_reset_is_not_believed(remaining: int, reset: float) -> None:
    """No vendor counts over days: one such header must not stop all calls with a key."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(100, remaining, reset), 0.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(5)] == [0.0] * 5
    throttle.update(RateLimit(100, 0, 3600.0), 0.0)
    assert throttle.reserve(0.0, FAR) == 3600.0


def test_plenty_left_does_not_hurry() -> None:
    """What the server says never lifts the vendor's own limit."""
    throttle = limiter_for(core_with(Rate(1, 10.0)))
    throttle.update(RateLimit(5000, 4999, 60.0), 0.0)
    assert [throttle.reserve(0.0, FAR) for _ in range(3)] == [0.0, 10.0, 20.0]


def test_a_lower_limit_counts() -> None:
    """A server that allows ten where its pages say a hundred is believed, until it says more."""
    throttle = limiter_for(core_with(Rate(100, 60.0)))
    throttle.update(RateLimit(10), 0.0)
    begun = [throttle.reserve(0.0, FAR) for _ in range(10)]
    assert begun == pytest.approx([6.0 * n for n in range(10)])
    throttle.update(RateLimit(100), 60.0)
    assert [throttle.reserve(200.0, FAR) for _ in range(5)] == [0.0] * 5


def test_without_rates_only_the_server_is_heeded() -> None:
    """A vendor that names no limit is not throttled until it says something."""
    throttle = limiter_for(core_with())
    assert [throttle.reserve(0.0, FAR) for _ in range(50)] == [0.0] * 50
    throttle.update(RateLimit(None, 1, 9.0), 1.0)
    assert throttle.reserve(1.0, FAR) == 0.0
    assert throttle.reserve(1.0, FAR) == 9.0


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 50), st.floats(0, 100)), max_size=60))
def test_headers_never_lead_above_the_rate(steps: list[tuple[float, int, float]]) -> None:
    """Whatever a server tells in between, the vendor's rate holds."""
    throttle = limiter_for(core_with(Rate(20, 10.0)))
    now, begun = 0.0, []
    for pause, remaining, reset in steps:
        now += pause
        begun.append(now + throttle.reserve(now, FAR))
        throttle.update(RateLimit(20, remaining, reset), now)
    assert most_in_any(10.0, begun) <= 20


def test_the_limits_are_those_the_vendors_name() -> None:
    """Data with its evidence, for each provider that names one."""
    providers = (STATESET_VOICE, PHONE_AI, WHISPEY)
    rates = {p.name: [(r.requests, r.seconds, r.per) for r in p.rates] for p in providers}
    assert rates == {
        "stateset_voice": [(60, 60.0, "address"), (1000, 60.0, "key")],
        "phone_ai": [(100, 60.0, "key")],
        "whispey": [(1000, 3600.0, "key")],
    }
    assert all(r.evidence for p in providers for r in p.rates)


def test_a_gate_that_nobody_set_is_open() -> None:
    """Before it knows a rate it holds nobody back."""
    assert GCRA().next_allowed_at(5.0) == 5.0


# --- through a client ----------------------------------------------------------------------------


def responding(headers: dict[str, str] | None = None) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _request: httpx.Response(200, headers=headers, json=MADE))


def settings(clock: Clock, **more: Any) -> dict[str, Any]:
    url = f"http://acme-{next(_keys)}.example"  # a server that no other test counts
    defaults = {"transport": responding(), "throttle": True}
    return {"base_url": url, "runtime": clock.runtime(), **defaults, **more}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_holds_its_requests_back(backend: Backend) -> None:
    """Ten calls of StateSet Voice in a row: three at once, the others about a second apart."""
    clock = Clock()

    async def scenario(caller: Caller) -> None:
        for _ in range(5):
            await caller.get()
            await caller.post()

    run(backend, scenario, **settings(clock))
    assert clock.sleeps == pytest.approx([60 / 58] * 7)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_for_each_call_is_held_back_as_well(backend: Backend) -> None:
    """The server counts on when a client has gone, and so do we."""
    clock = Clock()
    one_server = settings(clock)

    async def scenario(caller: Caller) -> None:
        await caller.post()

    for _ in range(5):
        run(backend, scenario, **one_server)
        gc.collect()
    assert clock.sleeps == pytest.approx([60 / 58] * 2)


@dataclass
class Stuck(Clock):
    """Time that stands still for those who wait, until they are let go."""

    patient: bool = False

    def sleep(self, delay: float) -> None:
        if not self.patient:
            raise KeyboardInterrupt
        super().sleep(delay)

    async def async_sleep(self, delay: float) -> None:
        if not self.patient:
            await anyio.sleep_forever()
        await super().async_sleep(delay)


async def give_up(caller: Caller) -> None:
    """Make many calls that are ended while they wait for their places."""
    if caller.backend == "sync":
        for _ in range(40):
            with pytest.raises(KeyboardInterrupt):
                await caller.post()
        return
    async with anyio.create_task_group() as group:
        for _ in range(40):
            group.start_soon(caller.post)
        await anyio.wait_all_tasks_blocked()
        group.cancel_scope.cancel()


@pytest.mark.parametrize("backend", BACKENDS)
def test_calls_that_are_given_up_keep_nobody_waiting(backend: Backend) -> None:
    """After forty callers who left, the next waits as long as if they had never come."""
    clock = Stuck()

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            await caller.post()
        await give_up(caller)
        clock.patient = True
        assert await caller.post(deadline=2.0) == "CA1"

    run(backend, scenario, **settings(clock))
    assert clock.sleeps == pytest.approx([60 / 58])


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_cannot_begin_in_time_is_not_sent(backend: Backend) -> None:
    """The deadline cannot be met: the error comes at once and holds the wait; nothing was sent."""
    clock = Clock()

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            await caller.post()
        with pytest.raises(errors.DeadlineExceededError, match="own throttle") as caught:
            await caller.post(deadline=1.0)
        assert caught.value.retry_after == pytest.approx(60 / 58)
        assert not caught.value.maybe_accepted
        assert await caller.post(deadline=2.0) == "CA1"

    run(backend, scenario, **settings(clock))
    assert clock.sleeps == pytest.approx([60 / 58])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_heeds_what_responses_tell(backend: Backend) -> None:
    """Two requests left for ten seconds: one now, one five seconds later."""
    clock = Clock()
    told = {"X-RateLimit-Remaining": "2", "X-RateLimit-Reset": "10"}

    async def scenario(caller: Caller) -> None:
        for _ in range(3):
            await caller.get()

    run(backend, scenario, **settings(clock, transport=responding(told)))
    assert clock.sleeps == pytest.approx([5.0])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_limiter_of_the_caller_s_is_asked(backend: Backend) -> None:
    """It says how long to wait and hears what the server told."""
    clock = Clock()
    heard: list[RateLimit] = []

    class Shared:
        def reserve(self, within: float) -> float:
            assert within == 60
            return 2.5

        def heed(self, limit: RateLimit) -> None:
            heard.append(limit)

    class AsyncShared:
        async def reserve(self, within: float) -> float:
            return Shared().reserve(within)

        async def heed(self, limit: RateLimit) -> None:
            Shared().heed(limit)

    limiter: Any = Shared() if backend == "sync" else AsyncShared()
    assert isinstance(limiter, Limiter if backend == "sync" else AsyncLimiter)
    told = {"X-RateLimit-Limit": "7"}

    async def scenario(caller: Caller) -> None:
        await caller.post()

    run(backend, scenario, **settings(clock, throttle=limiter, transport=responding(told)))
    assert clock.sleeps == [2.5]
    assert heard == [RateLimit(7)]


class Asked:
    """A limiter that counts how often it is asked, and may fail at what it hears."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.places, self._failure = 0, failure

    def reserve(self, within: float) -> float:  # noqa: ARG002 - a limiter's signature
        self.places += 1
        return 0.0

    def heed(self, limit: RateLimit) -> None:  # noqa: ARG002 - a limiter's signature
        if self._failure is not None:
            raise self._failure

    def coloured(self, backend: Backend) -> Any:
        return self if backend == "sync" else Awaited(self)


class Awaited:
    """The same for tasks."""

    def __init__(self, limiter: Asked) -> None:
        self._limiter = limiter

    async def reserve(self, within: float) -> float:
        return self._limiter.reserve(within)

    async def heed(self, limit: RateLimit) -> None:
        self._limiter.heed(limit)


@pytest.mark.parametrize("failure", [ConnectionError("the store is away"), KeyboardInterrupt()])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_limiter_that_fails_costs_no_place(backend: Backend, failure: BaseException) -> None:
    """The body of a download that nobody will read gives its connection's place back."""
    limiter = Asked(failure)

    async def opened(session: Any) -> Any:
        made = session.send_request(build_request(session.context, "GET", "/file"))
        return made if backend == "sync" else await made

    async def scenario(caller: Caller) -> None:
        raw = caller.client.raw
        get = raw.get_httpx_client if backend == "sync" else raw.get_async_httpx_client
        with pytest.raises(type(failure)):
            await opened(get())
        assert caller.free == 100

    with Exchange(lambda _: response(None, "X-RateLimit-Limit: 5")) as server:
        run(backend, scenario, base_url=server.url, throttle=limiter.coloured(backend))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_paused_call_takes_one_place(backend: Backend) -> None:
    """It is held back first, and asks for its place when it may go."""
    clock, limiter = Clock(), Asked()

    async def scenario(caller: Caller) -> None:
        raw: Any = caller.client.raw
        get = raw.get_httpx_client if backend == "sync" else raw.get_async_httpx_client
        context = get().context
        context.cooldowns.note("GET /some", clock.now + 3)
        await caller.request("GET", "/some")

    run(backend, scenario, **settings(clock, throttle=limiter.coloured(backend)))
    assert (limiter.places, clock.sleeps) == (1, [3.0])


@pytest.mark.parametrize("value", [None, 1, "yes", object(), 0])
def test_anything_else_is_refused(value: Any) -> None:
    """throttle= takes True, False or a limiter."""
    with pytest.raises(errors.ConfigurationError, match="throttle="):
        Caller("sync", throttle=value)


def test_off_means_no_layer_at_all() -> None:
    """Without throttle= nothing stands between the session and the pool."""
    plain, throttled = Caller("sync"), Caller("sync", throttle=True)
    assert "RateLimited" not in repr(plain.client.raw.get_httpx_client())
    assert "RateLimited" in repr(throttled.client.raw.get_httpx_client())
    for caller in (plain, throttled):
        caller.client.close()
