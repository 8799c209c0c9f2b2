"""The total deadline, kept under everything that makes a server slow.

The asserted limits are generous, because the machine may be busy; measured times are printed.
"""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from tests.fault.harness import HASTY, KEY, Result, async_call, leaks, sync_call, unbudgeted

from trunkline import AsyncStateSetVoice, StateSetVoice, errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fault.harness import HostileProcess

DEADLINE = 0.5
SLACK = 5.0
_numbers = itertools.count()
_measured: dict[str, float] = {}


@pytest.fixture(scope="module", autouse=True)
def report() -> Iterator[None]:
    """Print by how much the slowest call of each backend exceeded its deadline."""
    yield
    for backend, worst in sorted(_measured.items()):
        print(f"\n{backend}: {worst * 1000:.1f} ms beyond the deadline at most")  # noqa: T201 - a figure


def timed(hostile: HostileProcess, backend: str, port: str, fault: str, **more: Any) -> Result:
    """Make one call with a short deadline; it must end soon after the deadline."""
    run = f"d{next(_numbers)}"
    url = f"http://127.0.0.1:{hostile.ports[port]}"
    settings: dict[str, Any] = {"base_url": url, "deadline": DEADLINE, "max_connections": 2}

    async def asynchronous() -> tuple[Result, float]:
        async with unbudgeted(AsyncStateSetVoice(KEY, **settings)) as client:
            started = time.monotonic()
            result = await async_call(client, run, fault, **more)
            elapsed = time.monotonic() - started
            assert leaks(client) == 0
            return result, elapsed

    if backend == "sync":
        with unbudgeted(StateSetVoice(KEY, **settings)) as client:
            started = time.monotonic()
            result = sync_call(client, run, fault, **more)
            elapsed = time.monotonic() - started
            assert leaks(client) == 0
    else:
        result, elapsed = anyio.run(asynchronous, backend=backend)
    _measured[backend] = max(_measured.get(backend, 0.0), elapsed - DEADLINE)
    assert elapsed < DEADLINE + SLACK
    return result


@pytest.mark.parametrize("backend", ["sync", "asyncio", "trio"])
class TestDeadline:
    @pytest.mark.parametrize("post", [False, True], ids=["GET", "POST"])
    @pytest.mark.parametrize(
        "fault", ["silent", "slow=3000", "trickle=20", "trickle_body=20", "informational_flood=20"]
    )
    def test_slow_answers_end_at_the_deadline(
        self, hostile: HostileProcess, backend: str, fault: str, *, post: bool
    ) -> None:
        """A slow head, a slow body and endless 1xx responses: no byte extends the total."""
        result = timed(hostile, backend, "http", f"{fault},*", post=post, max_retries=3)
        kind = errors.AmbiguousTimeoutError if post else errors.DeadlineExceededError
        assert type(result.error) is kind
        assert isinstance(result.error, errors.APIError)
        assert result.error.attempts == 1

    @pytest.mark.parametrize("post", [False, True], ids=["GET", "POST"])
    def test_a_connection_that_hangs(
        self, hostile: HostileProcess, backend: str, *, post: bool
    ) -> None:
        """Nothing was sent while connecting, so nothing is ambiguous."""
        result = timed(hostile, backend, "hanging", "", post=post, max_retries=3)
        assert type(result.error) is errors.DeadlineExceededError

    def test_a_body_that_nobody_takes(self, hostile: HostileProcess, backend: str) -> None:
        """A server that does not read its request cannot block the sender."""
        url = f"http://127.0.0.1:{hostile.ports['deaf']}"
        text = "x" * 20_000_000
        settings: dict[str, Any] = {"base_url": url, "deadline": DEADLINE}

        async def asynchronous() -> float:
            async with AsyncStateSetVoice(KEY, **settings) as client:
                started = time.monotonic()
                with pytest.raises(errors.AmbiguousTimeoutError):
                    await client.make_call(to="+15555550123", greeting=text)
                return time.monotonic() - started

        if backend == "sync":
            with StateSetVoice(KEY, **settings) as client:
                started = time.monotonic()
                with pytest.raises(errors.AmbiguousTimeoutError):
                    client.make_call(to="+15555550123", greeting=text)
                elapsed = time.monotonic() - started
        else:
            elapsed = anyio.run(asynchronous, backend=backend)
        assert elapsed < DEADLINE + SLACK

    def test_waits_between_attempts_count(self, hostile: HostileProcess, backend: str) -> None:
        """Real sleeps: attempts go on until the deadline leaves no time, and no longer."""
        result = timed(hostile, backend, "http", "s503,*", post=False, max_retries=1000)
        assert type(result.error) in {errors.ServerError, errors.DeadlineExceededError}

    def test_a_wait_beyond_the_deadline_is_not_begun(
        self, hostile: HostileProcess, backend: str
    ) -> None:
        """Retry-After of a million seconds against sixty: the error is raised at once."""
        started = time.monotonic()
        result = timed(hostile, backend, "http", "s429_million,*", post=True, deadline=60)
        assert type(result.error) is errors.RateLimitError
        assert result.error.attempts == 1
        assert time.monotonic() - started < SLACK

    def test_an_absurd_wait_is_not_begun(self, hostile: HostileProcess, backend: str) -> None:
        """The million seconds are in the error, and the client did not sleep."""
        result = timed(hostile, backend, "http", "s429_million", post=True, deadline=1e9)
        assert type(result.error) is errors.RateLimitError
        assert result.error.retry_after == 1e6


def test_phases_end_before_the_deadline(hostile: HostileProcess) -> None:
    """A read that takes too long is an APITimeoutError long before the deadline."""
    settings: dict[str, Any] = {"base_url": hostile.url, "timeout": 0.1, "runtime": HASTY}
    with StateSetVoice(KEY, **settings) as client:
        result = sync_call(client, "phases", "silent,*", post=False, max_retries=2)
    assert type(result.error) is errors.APITimeoutError
    assert isinstance(result.error, errors.APIError)
    assert result.error.attempts == 3
