"""Permits of the pool: granted in FIFO order, and never lost."""

from __future__ import annotations

import gc
import math
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import anyio
import pytest

from trunkline._engine.transport.semaphore import AsyncSemaphore, Permit, Semaphore

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PATIENT = 30.0


class Held:
    """A semaphore that keeps its permits, to release them one by one."""

    def __init__(self, size: int) -> None:
        self.semaphore, self._permits = Semaphore(size), list[Permit]()

    def acquire(self, timeout: float) -> bool:
        permit = self.semaphore.acquire(timeout)
        if permit is not None:
            self._permits.append(permit)
        return permit is not None

    def release(self) -> None:
        self._permits.pop(0)
        self.semaphore.wake_next()

    @property
    def free(self) -> int:
        return self.semaphore.free

    @property
    def waiting(self) -> int:
        return self.semaphore.waiting


def started(work: Callable[[], object], slots: Held, waiting: int) -> threading.Thread:
    """Start a thread and return when ``waiting`` threads wait."""
    thread = threading.Thread(target=work)
    thread.start()
    while slots.waiting < waiting:
        time.sleep(0.001)
    return thread


def test_threads_are_served_in_the_order_of_coming() -> None:
    """Eight threads wait for one permit; each releases it at once."""
    slots, order = Held(1), list[int]()
    assert slots.acquire(0)

    def wait(number: int) -> None:
        assert slots.acquire(PATIENT)
        order.append(number)
        slots.release()

    threads = [started(lambda n=n: wait(n), slots, n + 1) for n in range(8)]  # type: ignore[misc]  # a bound default
    slots.release()
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert slots.free == 1


def test_a_newcomer_does_not_overtake_who_waits() -> None:
    """A thread that releases a permit cannot take it again before one that has waited."""
    slots, served = Held(1), threading.Event()
    assert slots.acquire(0)
    thread = started(lambda: slots.acquire(PATIENT) and served.set(), slots, 1)
    slots.release()
    assert not slots.acquire(0)
    assert served.wait(PATIENT)
    thread.join()
    assert slots.free == 0


@pytest.mark.parametrize("timeout", [0.0, -1.0, 0.01])
def test_who_gives_up_takes_nothing_along(timeout: float) -> None:
    """After a wait that timed out, the next permit goes to the next caller."""
    slots = Held(1)
    assert slots.acquire(timeout)
    assert not slots.acquire(timeout)
    slots.release()
    assert slots.free == 1
    assert slots.acquire(timeout)


@pytest.mark.parametrize("timeout", [1e300, math.inf])
def test_a_wait_may_be_longer_than_the_platform_s_longest(timeout: float) -> None:
    slots = Held(1)
    assert slots.acquire(0)
    threading.Timer(0.01, slots.release).start()
    assert slots.acquire(timeout)


def test_an_interrupted_waiter_is_removed() -> None:
    """Ctrl-C while waiting: the permit goes to the next, not to the interrupted one."""
    slots = Held(1)
    assert slots.acquire(0)

    def strike() -> None:
        while not slots.waiting:
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    thread = threading.Thread(target=strike)
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            slots.acquire(PATIENT)
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)
    assert not slots.waiting
    slots.release()
    assert slots.free == 1


def test_no_place_is_lost_or_doubled_in_a_crowd() -> None:
    """Sixteen threads, some with short timeouts, three permits: never more than three hold one."""
    slots, lock = Held(3), threading.Lock()
    inside = most = 0

    def work(number: int) -> None:
        nonlocal inside, most
        for step in range(200):
            if not slots.acquire(0.0001 if (number + step) % 3 == 0 else PATIENT):
                continue
            with lock:
                inside += 1
                most = max(most, inside)
            if step % 10 == 0:
                time.sleep(0.0002)
            with lock:
                inside -= 1
            slots.release()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, slots.free, slots.waiting) == (3, 3, 0)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_tasks_are_served_in_the_order_of_coming(backend: str) -> None:
    """The same for tasks, one of which is cancelled and one times out."""
    order: list[int] = []

    async def scenario() -> None:
        slots = AsyncSemaphore(1)
        permit = await slots.acquire(0)
        assert permit

        async def wait(number: int) -> None:
            mine = await slots.acquire(0.001 if number == 1 else PATIENT)
            if mine:
                order.append(number)
            del mine
            slots.wake_next()

        async with anyio.create_task_group() as group:
            with anyio.CancelScope() as gone:
                async with anyio.create_task_group() as inner:
                    for number in range(3):
                        inner.start_soon(wait, number)
                        await anyio.wait_all_tasks_blocked()
                    await anyio.sleep(0.05)
                    gone.cancel()
            for number in range(3, 6):
                group.start_soon(wait, number)
                await anyio.wait_all_tasks_blocked()
            del permit
            slots.wake_next()
        assert slots.free == 1

    anyio.run(scenario, backend=backend)
    assert order == [3, 4, 5]


def test_a_permit_that_is_dropped_is_free_again() -> None:
    """No explicit release is needed: a frame that ends with an exception drops it."""
    semaphore = Semaphore(1)

    def hold() -> None:
        assert semaphore.acquire(0)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hold()
    gc.collect()
    assert semaphore.free == 1
