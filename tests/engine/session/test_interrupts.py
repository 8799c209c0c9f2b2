"""Exceptions that are raised from outside while a call is under way."""

from __future__ import annotations

import gc
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from tests.engine.backends import KEY, TO
from tests.engine.server import Asked, Exchange, response

from trunkline import StateSetVoice
from trunkline._engine.transport.semaphore import Semaphore

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

PATIENT = 30.0


class OutOfTime(Exception):  # noqa: N818 - an application's own
    """What a signal handler raises."""


@pytest.fixture
def stalling() -> Generator[Exchange]:
    """A server that triggers a signal to this process before it responds."""

    def reply(_asked: Asked) -> bytes:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        time.sleep(0.2)
        return response()

    with Exchange(reply) as server:
        yield server


@pytest.fixture(params=["own", "transport", "client"])
def transport(request: pytest.FixtureRequest) -> Generator[dict[str, Any]]:
    if request.param == "client":
        with httpx.Client() as client:
            yield {"http_client": client}
    else:
        yield {"transport": httpx.HTTPTransport()} if request.param == "transport" else {}


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="Windows has no timer signal")
@pytest.mark.parametrize("post", [False, True], ids=["GET", "POST"])
@pytest.mark.parametrize("kind", [SoftTimeLimitExceeded, OutOfTime])
def test_what_a_signal_handler_raises_reaches_the_caller(
    stalling: Exchange, transport: dict[str, Any], kind: type[Exception], *, post: bool
) -> None:
    """A soft time limit is not a failed connection: it is neither retried nor ambiguous."""

    def handler(_number: int, _frame: FrameType | None) -> None:
        raise kind

    before = signal.signal(signal.SIGALRM, handler)
    try:
        with StateSetVoice(KEY, base_url=stalling.url, **transport) as client:
            with pytest.raises(kind) as raised:
                client.make_call(to=TO) if post else client.call_logs.list()
            assert type(raised.value) is kind
        assert len(stalling.asked) == 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_waiter_that_is_gone_does_not_hold_up_the_next() -> None:
    """A wait that is interrupted while it leaves the queue does not block the next waiter."""
    semaphore = Semaphore(1)
    held = semaphore.acquire(0)
    waiting = threading.Event()

    class Gone(BaseException):
        pass

    class Leaving(Semaphore):
        __slots__ = ()

        def _leave(self, waiter: object) -> None:  # noqa: ARG002 - interrupted by the second signal
            raise Gone

    leaving = Leaving(1)
    kept = leaving.acquire(0)
    with pytest.raises(Gone):
        leaving.acquire(0.001)
    gc.collect()
    assert leaving.waiting == 0
    del kept
    assert leaving.acquire(0)

    def wait() -> None:
        waiting.set()
        assert semaphore.acquire(PATIENT)

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait(PATIENT)
    del held
    thread.join(PATIENT)
    assert not thread.is_alive()
