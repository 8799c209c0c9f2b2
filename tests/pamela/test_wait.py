"""Waiting for the end of a call, in both backends, against the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.pamela.support import FAILS, TALKS_ON, TASK, TO

from trunkline import errors

if TYPE_CHECKING:
    from tests.pamela.support import Driver, Shifted

    from trunkline.sandbox.server import Sandbox


def test_a_call_is_followed_to_its_end(pamela: Driver, time: Shifted) -> None:
    """The waiter polls with growing pauses and returns the completed call with its result."""
    call = pamela(lambda client: client.calls.create(to=TO, task=TASK, metadata={"n": 1}))
    done = pamela(lambda client: client.calls.wait(call.id))
    assert (done.status, done.billed_minutes, done.metadata["n"]) == ("completed", 1, 1)
    assert done.transcript
    assert done.duration_seconds == 30
    assert time.slept == sorted(time.slept)
    assert time.slept[:3] == [1.0, 1.5, 2.25]


@pytest.mark.parametrize("ending", ["failed", "cancelled"])
def test_wait_ends_at_every_terminal_state(pamela: Driver, ending: str) -> None:
    """A failed or cancelled call has ended too, and its transcript is not waited for."""
    number = FAILS if ending == "failed" else TALKS_ON
    call = pamela(lambda client: client.calls.create(to=number, task=TASK))
    if ending == "cancelled":
        assert pamela(lambda client: client.calls.cancel(call.id)).status == "cancelled"
    done = pamela(lambda client: client.calls.wait(call.id, transcript_timeout=50))
    assert (done.status, done.started_at, done.billed_minutes) == (ending, None, 0)


def test_wait_gives_up_with_the_latest_state(pamela: Driver, time: Shifted) -> None:
    """A call that does not end in time is reported with its latest state."""
    call = pamela(lambda client: client.calls.create(to=TALKS_ON, task=TASK))
    with pytest.raises(errors.WaitTimeoutError, match="within 20 s") as caught:
        pamela(lambda client: client.calls.wait(call.id, timeout=20, interval=2))
    assert (caught.value.last.id, caught.value.last.status) == (call.id, "in_progress")
    assert 18 <= sum(time.slept) <= 20


@pytest.mark.parametrize("status", [408, 425, 429, 500])
def test_wait_survives_passing_failures(sandbox: Sandbox, pamela: Driver, status: int) -> None:
    """A server error or a server timeout during the wait does not end it."""
    call = pamela(lambda client: client.calls.create(to=TO, task=TASK))
    sandbox.control.fault("status", operation="get_call", status=status, times=4, skip=1)
    assert pamela(lambda client: client.calls.wait(call.id)).status == "completed"


def test_a_late_transcript_is_waited_for(sandbox: Sandbox, pamela: Driver) -> None:
    """The transcript arrives after the end; only callers who ask for it wait for it."""
    sandbox.control.configure(pamela={"transcript_lag_seconds": 8.0})
    call = pamela(lambda client: client.calls.create(to=TO, task=TASK))
    assert pamela(lambda client: client.calls.wait(call.id)).transcript is None
    late = pamela(lambda client: client.calls.wait(call.id, transcript_timeout=30))
    assert [entry["speaker"] for entry in late.transcript] == ["agent", "callee"] * 2
    sandbox.control.configure(pamela={"transcript_style": "text"})
    again = pamela(lambda client: client.calls.wait(call.id, transcript_timeout=30))
    assert again.transcript.startswith("agent: ")


def test_a_transcript_that_never_comes_costs_no_call(
    sandbox: Sandbox, pamela: Driver, time: Shifted
) -> None:
    """After the extra time the completed call is returned without its transcript."""
    sandbox.control.configure(pamela={"transcript_lag_seconds": 1000.0})
    call = pamela(lambda client: client.calls.create(to=TO, task=TASK))
    pamela(lambda client: client.calls.wait(call.id))
    time.slept.clear()
    done = pamela(lambda client: client.calls.wait(call.id, transcript_timeout=5))
    assert (done.status, done.transcript) == ("completed", None)
    assert 3 <= sum(time.slept) <= 5


@pytest.mark.parametrize("times", [{"timeout": 0}, {"interval": -1}, {"transcript_timeout": -1}])
def test_wait_refuses_times_without_sense(pamela: Driver, times: dict[str, float]) -> None:
    """The times of a wait must be above 0."""
    with pytest.raises(errors.InvalidArgumentError, match=f"{next(iter(times))} must be"):
        pamela(lambda client: client.calls.wait("call_1", **times))


def test_a_status_that_nobody_knows_survives(sandbox: Sandbox, pamela: Driver) -> None:
    """An unknown status is kept as text and does not count as an end."""
    call = pamela(lambda client: client.calls.create(to=TO, task=TASK))
    sandbox.control.fault("wrong_enum", operation="get_call", value="paused")
    seen = pamela(lambda client: client.calls.get(call.id))
    assert (seen.status, seen.status.is_known) == ("paused", False)
    sandbox.control.fault("wrong_enum", operation="get_call", value="paused", times=3)
    assert pamela(lambda client: client.calls.wait(call.id)).status == "completed"
