"""Calls for a key in asyncio and trio: refused, lost and found, at each provider."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import trio
from tests.ledger.conftest import OTHER, TASK, TO, Place

from trunkline import AsyncPamela, AsyncPhoneAI, AsyncStateSetVoice, errors
from trunkline.ledger import (
    CallNotPlacedError,
    CallUnknownError,
    KeyConflictError,
    KeyInFlightError,
)
from trunkline.ledger.attempts import Attempt
from trunkline.ledger.stores.file_lock import FileLock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trunkline.sandbox.server import Sandbox

    Run = Callable[[Callable[[], Awaitable[None]]], None]

each_loop = pytest.mark.parametrize("run", [lambda main: asyncio.run(main()), trio.run])


def pamela(sandbox: Sandbox, place: Place, **settings: Any) -> AsyncPamela:
    ledger = place.open(**settings)
    return AsyncPamela("pk_test_sandbox", base_url=sandbox.pamela_url, ledger=ledger)


@each_loop
def test_a_lost_response_is_found_and_never_dialled_again(
    sandbox: Sandbox, place: Place, run: Run
) -> None:
    """Unknown until the list's marker decides it; ``reconcile`` reads the list by itself."""

    async def main() -> None:
        async with pamela(sandbox, place) as client:
            sandbox.control.fault("reset", operation="create_call", when="after", times=2)
            for key in ("order-1", "order-2"):
                with pytest.raises(errors.AmbiguousResultError):
                    await client.calls.create(to=TO, task=TASK, key=key)
            with pytest.raises(CallUnknownError):
                await client.calls.create(to=TO, task=TASK, key="order-1")
            found = (await client.calls.find(key="order-1")).call
            assert (await client.calls.reconcile()).found == 2
            call = await client.calls.create(to=TO, task=TASK, key="order-1")
        assert found is not None
        assert call.id == found.id
        async with pamela(sandbox, place, on_unknown="reconcile") as client:
            sandbox.control.fault("reset", operation="create_call", when="after")
            with pytest.raises(errors.AmbiguousResultError):
                await client.calls.create(to=TO, task=TASK, key="order-3")
            assert (await client.calls.create(to=TO, task=TASK, key="order-3")).id

    run(main)
    assert sandbox.control.accepted("pamela", "create_call") == 3


@each_loop
def test_what_was_not_placed_and_what_was_refused(sandbox: Sandbox, place: Place, run: Run) -> None:
    """Absence counts after the quiet time; a recorded refusal and another request are errors."""

    async def main() -> None:
        async with pamela(sandbox, place) as client:
            await client.calls.create(to=TO, task=TASK, key="order-1")
            with pytest.raises(KeyConflictError, match="to"):
                await client.calls.create(to=OTHER, task=TASK, key="order-1")
            sandbox.control.fault("reset", operation="create_call", when="before")
            with pytest.raises(errors.AmbiguousResultError):
                await client.calls.create(to=TO, task=TASK, key="order-2")
            place.times.pass_(1000.0)
            assert (await client.calls.reconcile()).absent == 1
            with pytest.raises(CallNotPlacedError):
                await client.calls.create(to=TO, task=TASK, key="order-2")
            sandbox.control.fault("status", operation="create_call", status=422)
            for _ in range(2):
                with pytest.raises(errors.UnprocessableEntityError):
                    await client.calls.create(to=TO, task=TASK, key="order-3")
            await client.calls.create(to=TO, task=TASK, key="order-3", retry_rejected=True)

    run(main)
    assert sandbox.control.accepted("pamela", "create_call") == 2


@each_loop
def test_a_cancelled_call_keeps_its_key(sandbox: Sandbox, in_file: Place, run: Run) -> None:
    """Cancelled while being sent, it may have been placed: nobody dials again."""
    import anyio

    async def main() -> None:
        async with pamela(sandbox, in_file) as client:
            sandbox.control.fault("latency", operation="create_call", seconds=30)
            with anyio.move_on_after(0.5):
                await client.calls.create(to=TO, task=TASK, key="order-1")
            sandbox.control.clear_faults()
            with pytest.raises((CallUnknownError, KeyInFlightError)):
                await client.calls.create(to=TO, task=TASK, key="order-1")

    run(main)


@each_loop
def test_stateset_and_phone_ai(sandbox: Sandbox, in_file: Place, run: Run) -> None:
    """Absence from the logs decides at one, a person at the other."""

    async def main() -> None:
        ledger = in_file.open(quiet=10)
        url = sandbox.stateset_url
        async with AsyncStateSetVoice("ssv_sandbox", base_url=url, ledger=ledger) as stateset:
            first = await stateset.make_call(to=OTHER, key="order-1")
            sandbox.control.fault(
                "reset", provider="stateset", operation="make_call", when="before"
            )
            with pytest.raises(errors.AmbiguousResultError):
                await stateset.make_call(to=TO, key="order-2")
            in_file.times.pass_(11.0)
            assert (await stateset.calls.reconcile()).absent == 1
            assert (await stateset.make_call(to=OTHER, key="order-1")).call_sid == first.call_sid
        url = sandbox.phone_ai_url
        async with AsyncPhoneAI("phone_ai_sandbox", base_url=url, ledger=ledger) as phone_ai:
            sandbox.control.fault("reset", provider="phone_ai", operation="create_call")
            with pytest.raises(errors.AmbiguousResultError):
                await phone_ai.calls.create(to=TO, key="order-3")
            ledger.resolve("order-3", call_id="call-77", by="ops@example.com")
            assert (await phone_ai.calls.create(to=TO, key="order-3"))["id"] == "call-77"

    run(main)


@each_loop
def test_a_list_that_cannot_be_read_says_nothing_of_the_call(
    sandbox: Sandbox, in_file: Place, run: Run
) -> None:
    """The call stays unknown, and the error says so; its cause is the list's failure."""

    async def main() -> None:
        async with pamela(sandbox, in_file, on_unknown="reconcile") as client:
            sandbox.control.fault("reset", operation="create_call", when="after")
            with pytest.raises(errors.AmbiguousResultError):
                await client.calls.create(to=TO, task=TASK, key="order-1")
            sandbox.control.fault("status", operation="list_calls", status=401)
            with pytest.raises(CallUnknownError) as caught:
                await client.calls.create(to=TO, task=TASK, key="order-1")
            assert isinstance(caught.value.__cause__, errors.AuthenticationError)

    run(main)


def test_a_task_that_is_cancelled_while_it_claims(sandbox: Sandbox, in_file: Place) -> None:
    """The claim has no holder: it is released, and the next caller gets it."""

    async def main() -> None:
        async with pamela(sandbox, in_file) as client:
            with FileLock(f"{in_file.where}.lock").held(60.0):
                task = asyncio.create_task(client.calls.create(to=TO, task=TASK, key="order-1"))
                for _ in range(100):
                    await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            in_file.opened[0].attempts("order-1")  # the claim was made
            assert (await client.calls.create(to=TO, task=TASK, key="order-1")).id

    asyncio.run(main())


def test_an_answer_of_the_spool_is_recorded_beside_the_loop(
    sandbox: Sandbox, database: str
) -> None:
    """While it waits for the database, other tasks run: here the one that releases the lock."""
    waiting = "SELECT 1 FROM pg_locks WHERE relation = 'attempt'::regclass AND NOT granted"

    async def main() -> None:
        place = Place(database)
        async with pamela(sandbox, place) as client:
            (ledger,) = place.opened
            ledger.write_later(Attempt("none", "none", 1), "call-1", "{}")
            with psycopg.connect(database) as holder:
                holder.execute("LOCK TABLE attempt")
                task = asyncio.create_task(client.calls.create(to=TO, task=TASK, key="order-1"))
                while not holder.execute(waiting).fetchone():  # noqa: ASYNC110 - of a database
                    await asyncio.sleep(0.01)
                holder.rollback()
            assert (await task).id
            ledger.close()

    asyncio.run(main())


def test_a_loop_that_ends_before_the_record_is_made(
    sandbox: Sandbox, in_file: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """The task was cancelled: the ledger's thread has no one to notify, and logs nothing."""
    client = pamela(sandbox, in_file)

    async def main() -> None:
        task = asyncio.create_task(client.calls.create(to=TO, task=TASK, key="order-1"))
        for _ in range(100):
            await asyncio.sleep(0)
        task.cancel()

    with FileLock(f"{in_file.where}.lock").held(60.0):
        asyncio.run(main())
    in_file.opened[0].attempts("order-1")
    assert not caplog.records
