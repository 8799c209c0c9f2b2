"""One call for a key, at each provider, in threads, asyncio and trio."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import trio
from tests.ledger.conftest import OTHER, TASK, TO, Place

from trunkline import AsyncPamela, Pamela, PhoneAI, StateSetVoice, errors
from trunkline.ledger import (
    CallNotPlacedError,
    CallUnknownError,
    KeyConflictError,
    KeyInFlightError,
    Ledger,
    redial_after,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.sandbox.server import Sandbox


def pamela(sandbox: Sandbox, ledger: Ledger, **options: Any) -> Pamela:
    return Pamela("pk_test_sandbox", base_url=sandbox.pamela_url, ledger=ledger, **options)


def lose(sandbox: Sandbox, when: str, provider: str = "pamela") -> None:
    operation = "make_call" if provider == "stateset" else "create_call"
    sandbox.control.fault("reset", provider=provider, operation=operation, when=when)


def placed(sandbox: Sandbox, provider: str = "pamela", operation: str = "create_call") -> int:
    return sandbox.control.accepted(provider, operation)


def test_a_key_is_dialled_once(sandbox: Sandbox, place: Place) -> None:
    """The recorded call is returned, also by another process and after a restart."""
    with pamela(sandbox, place.open()) as client:
        first = client.calls.create(to=TO, task=TASK, key="order-1")
        again = client.calls.create(to=TO, task=TASK, key="order-1")
        raw = client.calls.with_raw_response.create(to=TO, task=TASK, key="order-1")
    with pamela(sandbox, place.open()) as other:
        later = other.calls.create(to=TO, task=TASK, key="order-1")
    assert first.id == again.id == later.id == raw.parsed.id
    assert (again.status, again.conversation_id) == (first.status, first.conversation_id)
    assert (raw.status_code, placed(sandbox)) == (0, 1)


@pytest.mark.parametrize("run", [asyncio.run, lambda main: trio.run(lambda: main)])
def test_tasks_share_a_key(sandbox: Sandbox, in_file: Place, run: Callable[..., Any]) -> None:
    """Of many tasks with one key, one dials; with ``wait`` the others get its call."""
    ids: set[str] = set()

    async def main() -> None:
        import anyio

        ledger = in_file.open(on_in_flight="wait")
        url = sandbox.pamela_url
        async with AsyncPamela("pk_test_sandbox", base_url=url, ledger=ledger) as client:

            async def one() -> None:
                ids.add((await client.calls.create(to=TO, task=TASK, key="order-1")).id)

            async with anyio.create_task_group() as group:
                for _ in range(8):
                    group.start_soon(one)

    run(main())
    assert (len(ids), placed(sandbox)) == (1, 1)


def test_another_request_under_the_key_is_refused(sandbox: Sandbox, place: Place) -> None:
    """The error names the fields and shows no value; nothing is sent, in any state of the key."""
    ledger = place.open(on_absent="redial")
    with pamela(sandbox, ledger, max_retries=0) as client:
        client.calls.create(to=TO, task=TASK, key="accepted")
        lose(sandbox, "before")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="unknown")
        sandbox.control.fault("status", operation="create_call", status=422)
        with pytest.raises(errors.UnprocessableEntityError):
            client.calls.create(to=TO, task=TASK, key="rejected")
        for key in ("accepted", "unknown", "rejected"):
            with pytest.raises(KeyConflictError, match="to, voice") as caught:
                client.calls.create(to=OTHER, task=TASK, voice="male", key=key)
            assert caught.value.fields == ("to", "voice")
            assert OTHER not in repr(caught.value)
    assert placed(sandbox) == 1


def test_a_refusal_is_raised_again_until_it_may_be_retried(sandbox: Sandbox, place: Place) -> None:
    """``retry_rejected=True`` starts the next attempt of the same key."""
    with pamela(sandbox, place.open()) as client:
        sandbox.control.fault("status", operation="create_call", status=422)
        for _ in range(2):
            with pytest.raises(errors.UnprocessableEntityError, match="fault") as caught:
                client.calls.create(to=TO, task=TASK, key="order-1")
        assert (caught.value.status, caught.value.key) == (422, "order-1")
        assert sandbox.control.seen("pamela", "create_call") == 1
        call = client.calls.create(to=TO, task=TASK, key="order-1", retry_rejected=True)
        assert [row.state for row in place.opened[0].attempts("order-1")] == [
            "rejected",
            "accepted",
        ]
    assert call.id == place.opened[0].attempts("order-1")[-1].call_id


def test_a_lost_answer_is_never_dialled_again(sandbox: Sandbox, place: Place) -> None:
    """The list's marker shows the call that was placed; ``find`` shows it without the ledger."""
    ledger = place.open()
    with pamela(sandbox, ledger) as client:
        lose(sandbox, "after")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        with pytest.raises(CallUnknownError, match="not dialled again") as caught:
            client.calls.create(to=TO, task=TASK, key="order-1")
        assert (caught.value.key, caught.value.attempt) == ("order-1", 1)
        found = client.calls.find(key="order-1").call
        report = client.calls.reconcile()
        call = client.calls.create(to=TO, task=TASK, key="order-1")
    assert (report.found, placed(sandbox)) == (1, 1)
    assert found is not None
    assert call.id == found.id
    assert json.loads(ledger.attempts("order-1")[0].evidence)["by"] == "list"


def test_absence_counts_after_the_quiet_time(sandbox: Sandbox, place: Place) -> None:
    """Before it nothing is decided; after it the key is free only if so configured."""
    ledger = place.open()
    with pamela(sandbox, ledger) as client:
        client.calls.create(to=TO, task=TASK, key="another")
        lose(sandbox, "before")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        place.times.pass_(184.0)
        early = client.calls.reconcile()
        assert (early.waiting, early.seconds) == (1, pytest.approx(1.0))
        place.times.wall += 3600.0  # a wall clock set forward proves nothing
        assert client.calls.reconcile().waiting == 1
        place.times.pass_(2.0)
        assert client.calls.reconcile().absent == 1
        with pytest.raises(CallNotPlacedError) as caught:
            client.calls.create(to=TO, task=TASK, key="order-1")
    assert '"calls": 1' in caught.value.evidence
    with pamela(sandbox, place.open(on_absent="redial")) as client:
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert placed(sandbox) == 2


def test_a_list_without_markers_proves_nothing(sandbox: Sandbox, in_file: Place) -> None:
    """If no listed call has a marker, the server may have dropped all markers."""
    ledger = in_file.open()
    with pamela(sandbox, ledger) as client:
        client.calls.create(to=TO, task=TASK)
        lose(sandbox, "before")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        in_file.times.pass_(1000.0)
        report = client.calls.reconcile()
    assert (report.undecided, "marker" in report.reason) == (1, True)


@pytest.mark.parametrize("fault", ["stuck_offset", "duplicate_page"])
def test_a_cut_reading_is_no_reading(sandbox: Sandbox, in_file: Place, fault: str) -> None:
    """Absence is not concluded from a list that was not read to its end."""
    ledger = in_file.open()
    with pamela(sandbox, ledger) as client:
        for number in range(101):
            client.calls.create(to=TO, task=TASK, key=f"call-{number}")
        lose(sandbox, "before")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        in_file.times.pass_(1000.0)
        sandbox.control.fault(fault, operation="list_calls", times=100)
        assert client.calls.reconcile().absent == 0
        sandbox.control.clear_faults()
        assert client.calls.reconcile().absent == 1


def test_reconcile_and_redial_after_by_choice(sandbox: Sandbox, in_file: Place) -> None:
    """``reconcile`` checks before it refuses; ``redial_after`` redials; duplicates are counted."""
    with pamela(sandbox, in_file.open(on_unknown="reconcile")) as client:
        lose(sandbox, "after")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        assert client.calls.create(to=TO, task=TASK, key="order-1").id
    with pamela(sandbox, in_file.open(on_unknown=redial_after(60))) as client:
        lose(sandbox, "after")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-2")
        with pytest.raises(CallUnknownError):
            client.calls.create(to=TO, task=TASK, key="order-2")
        in_file.times.pass_(61.0)
        client.calls.create(to=TO, task=TASK, key="order-2")
        client.calls.reconcile()
        assert client.calls.find(key="order-2").call
    assert in_file.opened[-1].status().duplicates == 1


def test_a_429_is_waited_out_under_one_attempt(
    sandbox: Sandbox, in_file: Place, hasty: Any
) -> None:
    """A certain refusal frees the key for the engine's own retry; the call is not unknown."""
    sandbox.control.fault("rate_limit", operation="create_call", seconds=1, times=2)
    with pamela(sandbox, in_file.open(), runtime=hasty) as client:
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert [row.state for row in in_file.opened[0].attempts("order-1")] == ["accepted"]
    assert sandbox.control.seen("pamela", "create_call") == 3


def test_a_refused_connection_leaves_the_key_free(sandbox: Sandbox, in_file: Place) -> None:
    """Nothing was sent, so the next submitter dials at once."""
    ledger = in_file.open(account="mine")
    dead = partial(Pamela, "pk_test_sandbox", ledger=ledger, max_retries=0)
    with dead(base_url="http://127.0.0.1:1") as client, pytest.raises(errors.APIConnectionError):
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert ledger.attempts("order-1")[0].state == "intended"
    with dead(base_url=sandbox.pamela_url) as client:
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert placed(sandbox) == 1


def test_a_key_in_flight_is_refused_and_a_dead_sender_is_unknown(
    sandbox: Sandbox, place: Place
) -> None:
    """Nobody else dials during the lease, nor after it has ended."""
    ledger = place.open(account="mine")
    ns = "pamela|mine|create_call"
    entry = ledger.entry(ns, "order-1", 1, {"task": TASK, "to": TO}, 70.0)
    entry.ticket = entry.claim(policy()).result().ticket
    entry.begin(0.0).result()
    with pamela(sandbox, ledger) as client:
        with pytest.raises(KeyInFlightError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        place.times.pass_(71.0)
        with pytest.raises(CallUnknownError, match="lease"):
            client.calls.create(to=TO, task=TASK, key="order-1")
        entry.accepted("call_late", '{"id": "call_late"}').result()  # late, but kept
        assert client.calls.create(to=TO, task=TASK, key="order-1").get("id") == "call_late"
    assert placed(sandbox) == 0


def policy() -> Any:
    from trunkline.ledger.machine import Policy

    return Policy()


def test_stateset_decides_by_absence_alone(sandbox: Sandbox, in_file: Place) -> None:
    """A log with the number may be of another call; with an exclusive account, counting decides."""
    url = sandbox.stateset_url
    with StateSetVoice("ssv_sandbox", base_url=url, ledger=in_file.open(quiet=10)) as client:
        client.make_call(to=OTHER, key="order-0")
        for key, when, to in (("order-1", "before", TO), ("order-2", "after", OTHER)):
            lose(sandbox, when, "stateset")
            with pytest.raises(errors.AmbiguousResultError):
                client.make_call(to=to, key=key)
        in_file.times.pass_(11.0)
        report = client.calls.reconcile()
    assert (report.absent, report.undecided, report.found) == (1, 1, 0)
    alone = in_file.open(quiet=10, exclusive_account=True)
    with StateSetVoice("ssv_sandbox", base_url=url, ledger=alone) as client:
        assert client.calls.reconcile().found == 1
        assert client.make_call(to=OTHER, key="order-2").call_sid
    assert placed(sandbox, "stateset", "make_call") == 2


def test_phone_ai_is_resolved_by_a_person(sandbox: Sandbox, place: Place) -> None:
    """Nothing can be looked up there: a person's entry is kept as evidence."""
    ledger = place.open(on_absent="redial")
    with PhoneAI("phone_ai_sandbox", base_url=sandbox.phone_ai_url, ledger=ledger) as client:
        for key, answer in (("order-1", {"call_id": "call-77"}), ("order-2", {"placed": False})):
            lose(sandbox, "before", "phone_ai")
            with pytest.raises(errors.AmbiguousResultError):
                client.calls.create(to=TO, key=key)
            ledger.resolve(key, by="ops@example.com", note="asked the callee", **answer)
        assert client.calls.create(to=TO, key="order-1")["id"] == "call-77"
        client.calls.create(to=TO, key="order-2")
    assert json.loads(ledger.attempts("order-1")[0].evidence)["by"] == "ops@example.com"
    assert placed(sandbox, "phone_ai") == 1


def test_a_second_call_of_a_key_is_deliberate(sandbox: Sandbox, in_file: Place) -> None:
    """``attempt=2`` counts as another key, and so does the same key of another account."""
    with pamela(sandbox, in_file.open()) as client:
        ids = {client.calls.create(to=TO, task=TASK, key="a", attempt=n).id for n in (1, 2, 2)}
    with pamela(sandbox, in_file.open(account="another")) as client:
        ids.add(client.calls.create(to=TO, task=TASK, key="a").id)
    assert (len(ids), placed(sandbox)) == (3, 3)


def test_without_a_ledger_the_key_is_a_label_and_a_marker(sandbox: Sandbox) -> None:
    """Two calls are placed, and ``find`` shows the latest one of the key."""
    with Pamela("pk_test_sandbox", base_url=sandbox.pamela_url) as client:
        ids = [client.calls.create(to=TO, task=TASK, key="order-1").id for _ in range(2)]
        assert client.calls.find(key="order-1").call.id in ids  # type: ignore[union-attr]
        absent = client.calls.find(key="order-2")
    assert (absent.call, absent.readable, absent.read) == (None, True, 2)
