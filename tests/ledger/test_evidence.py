"""Evidence from lists that lag or omit running calls, and what ``find`` can say."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import trio
from tests.engine.server import Asked, Exchange, response
from tests.ledger.conftest import OTHER, TASK, TO, Place
from tests.ledger.test_store_files import begun

from trunkline import AsyncStateSetVoice, Pamela, StateSetVoice, errors
from trunkline.ledger import LedgerError
from trunkline.stateset_voice import EndedCalls
from trunkline.webhooks import SharedSecret, StateSetWebhook

if TYPE_CHECKING:
    from trunkline.ledger import Ledger
    from trunkline.sandbox.server import Sandbox

FAILED = "the ledger's on_event has failed"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
#: In the sandbox, calls to this number last as long as configured.
LONG = "+15005550123"
#: Seconds until the lists show a call.
LAG = 50.0


def pamela(sandbox: Sandbox, ledger: Ledger | None = None, **options: Any) -> Pamela:
    return Pamela("pk_test_sandbox", base_url=sandbox.pamela_url, ledger=ledger, **options)


def stateset(sandbox: Sandbox, ledger: Ledger | None = None, **options: Any) -> StateSetVoice:
    return StateSetVoice("ssv_sandbox", base_url=sandbox.stateset_url, ledger=ledger, **options)


def pass_(sandbox: Sandbox, place: Place, seconds: float) -> None:
    """Let time pass for the ledger and for the server."""
    place.times.pass_(seconds)
    sandbox.control.advance(seconds)


def lose(sandbox: Sandbox, provider: str, operation: str) -> None:
    sandbox.control.fault("reset", provider=provider, operation=operation, when="after")


@pytest.mark.parametrize(("quiet", "calls"), [(LAG - 10, 2), (None, 1)], ids=["short", "default"])
def test_the_quiet_time_outlasts_a_list_that_lags(
    sandbox: Sandbox, in_file: Place, quiet: float | None, calls: int
) -> None:
    """If it is shorter than the lag, a call that is not listed yet is taken as not placed."""
    ledger = in_file.open(quiet=quiet, on_absent="redial")
    with pamela(sandbox, ledger) as client:
        client.calls.create(to=TO, task=TASK, key="earlier")
        pass_(sandbox, in_file, LAG)
        sandbox.control.configure(pamela={"list_lag_seconds": LAG})
        lose(sandbox, "pamela", "create_call")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-1")
        pass_(sandbox, in_file, LAG - 9)
        client.calls.reconcile()
        if calls == 1:
            pass_(sandbox, in_file, 1000.0)
            assert client.calls.reconcile().found == 1
        client.calls.create(to=TO, task=TASK, key="order-1")
    assert sandbox.control.accepted("pamela", "create_call") == 1 + calls


@pytest.mark.parametrize(("quiet", "calls"), [(3600.0, 2), (None, 1)], ids=["short", "default"])
def test_the_quiet_time_outlasts_a_running_call(
    sandbox: Sandbox, in_file: Place, quiet: float | None, calls: int
) -> None:
    """If the logs show only ended calls, absence means nothing before a call has ended."""
    sandbox.control.configure(
        stateset={"logs_running_calls": False}, calls={"talk_seconds": 3700.0}
    )
    ledger = in_file.open(quiet=quiet, on_absent="redial", exclusive_account=True)
    with stateset(sandbox, ledger) as client:
        lose(sandbox, "stateset", "make_call")
        with pytest.raises(errors.AmbiguousResultError):
            client.make_call(to=LONG, key="order-1")
        pass_(sandbox, in_file, 3601.0)
        assert client.calls.reconcile().waiting == calls % 2
        if calls == 1:
            pass_(sandbox, in_file, 3800.0)
            assert client.calls.reconcile().found == 1
        client.make_call(to=LONG, key="order-1")
    assert sandbox.control.accepted("stateset", "make_call") == calls


def test_metrics_hear_of_each_change(
    sandbox: Sandbox, in_file: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """A word and facts without number or key; an exception of the hook does not become an error."""
    heard: list[tuple[str, Any]] = []

    def hear(word: str, facts: Any) -> None:
        heard.append((word, facts))
        raise RuntimeError("no metrics today")

    ledger = in_file.open(on_event=hear)
    with pamela(sandbox, ledger) as client:
        client.calls.create(to=TO, task=TASK, key="order-1")
        for key, when in (("order-2", "after"), ("order-3", "before"), ("order-4", "before")):
            sandbox.control.fault("reset", operation="create_call", when=when)
            with pytest.raises(errors.AmbiguousResultError):
                client.calls.create(to=TO, task=TASK, key=key)
        ledger.resolve("order-4", placed=False, by="ops@example.com")
        pass_(sandbox, in_file, 1000.0)
        client.calls.reconcile()
    words = [word for word, _ in heard]
    assert words[:2] == ["claimed", "accepted"]
    assert sorted(words[2:]) == sorted(["claimed", "failed"] * 3 + ["found", "absent", "resolved"])
    assert {frozenset(facts) for _, facts in heard} == {
        frozenset({"provider", "attempt", "digest"})
    }
    assert [one.getMessage() for one in caplog.records].count(FAILED) == len(heard)


def test_find_says_how_far_it_can_say(sandbox: Sandbox) -> None:
    """Without a ledger: the logs of a number, and whether they were read to their end."""
    with stateset(sandbox) as client:
        made = client.make_call(to=TO, key="order-1")
        client.make_call(to=OTHER)
        found = client.calls.find(to=TO, since=LONG_AGO)
        assert ([call.call_sid for call in found.calls], found.complete) == ([made.call_sid], True)
        assert client.calls.find(to="+15005552039", since=LONG_AGO).calls == ()
        assert client.calls.find(to=TO, since=LONG_AGO, until=LONG_AGO).calls == ()
        sandbox.control.configure(stateset={"log_lag_seconds": LAG})
        assert client.calls.find(to=TO, since=LONG_AGO).calls == ()
    with pamela(sandbox) as client:
        call = client.calls.create(to=TO, task=TASK, key="order-1")
        marked = client.calls.find(key="order-1")
        assert (marked.call and marked.call.id, marked.complete) == (call.id, True)
        sandbox.control.fault("stuck_offset", operation="list_calls", times=100)
        assert client.calls.find(key="order-1").call


def completed(call_sid: str, **facts: Any) -> tuple[bytes, dict[str, str]]:
    """Return a delivery that says that a call has ended."""
    event = {"event": "voice.call.completed", "data": {"call_sid": call_sid, **facts}}
    return json.dumps(event).encode(), {"X-Shared": "only between us"}


@pytest.mark.parametrize("run", [asyncio.run, lambda main: trio.run(lambda: main)])
def test_a_call_is_followed_through_the_logs(sandbox: Sandbox, hasty: Any, run: Any) -> None:
    """``wait`` returns the log of a call that has ended, in threads, asyncio and trio."""

    async def advance(_delay: float) -> None:
        sandbox.control.advance(10)

    moving = replace(
        hasty, sleep=lambda _delay: sandbox.control.advance(10) and None, async_sleep=advance
    )

    async def main() -> None:
        url = sandbox.stateset_url
        async with AsyncStateSetVoice("ssv_sandbox", base_url=url, runtime=moving) as client:
            made = await client.make_call(to=TO)
            ended = await client.calls.wait(made.call_sid, since=LONG_AGO)
        assert (ended.call_sid, ended.status) == (made.call_sid, "completed")

    run(main())
    with stateset(sandbox, runtime=moving) as client:
        made = client.make_call(to=TO)
        ended = client.calls.wait(made.call_sid, since=LONG_AGO)
        assert (ended.call_sid, ended.duration_seconds) == (made.call_sid, 30)
        with pytest.raises(errors.WaitTimeoutError):
            client.calls.wait("CA0", since=LONG_AGO, timeout=0.01)


def test_a_call_is_followed_through_events(sandbox: Sandbox, hasty: Any) -> None:
    """A delivery with a verified sender ends the wait, and no log is requested."""
    secret = SharedSecret("X-Shared", "only between us")
    ended = EndedCalls()
    with stateset(sandbox, runtime=hasty) as client:
        made = client.make_call(to=TO)
        ended.add(StateSetWebhook(shared_secret=secret).unwrap(*completed("CA0", status="busy")))
        body, headers = completed(made.call_sid, status="completed", duration_seconds=12)
        ended.add(StateSetWebhook(shared_secret=secret).unwrap(body, headers))
        log = client.calls.wait(made.call_sid, since=LONG_AGO, ended=ended)
        assert (log.status, log.duration_seconds) == ("completed", 12)
        assert client.calls.wait("CA0", since=LONG_AGO, ended=ended).status == "busy"
    assert sandbox.control.seen("stateset", "list_call_logs") == 0
    with pytest.raises(errors.InvalidArgumentError, match="shared_secret="):
        ended.add(StateSetWebhook().unwrap(body, headers))


def test_a_key_that_begins_again_is_watched_anew(sandbox: Sandbox, in_file: Place) -> None:
    """After a key was purged and forgotten, the time of its first call no longer counts."""
    ledger = in_file.open()
    with pamela(sandbox, ledger) as client:
        client.calls.create(to=TO, task=TASK, key="earlier")
        for _ in range(2):
            sandbox.control.fault("reset", operation="create_call", when="before")
            with pytest.raises(errors.APIError):
                client.calls.create(to=TO, task=TASK, key="order-1")
            report = client.calls.reconcile()
            assert (report.waiting, report.absent) == (1, 0)
            ledger.resolve("order-1", placed=False, by="ops")
            in_file.times.pass_(1000.0)
            assert ledger.purge(500.0, forget=True) >= 1


def test_a_dead_sender_can_be_resolved_at_once(place: Place) -> None:
    """Its lease has ended, so its call is unknown, even if the key was not submitted since."""
    ledger = place.open()
    begun(ledger)
    with pytest.raises(LedgerError, match="sending"):
        ledger.resolve("order-1", placed=False, by="ops")
    place.times.pass_(71.0)
    assert ledger.resolve("order-1", call_id="call-1", by="ops").state == "accepted"


@pytest.mark.parametrize("listed", [{}, {"id": 5}, {"id": ["a"]}, {"id": None}, {"id": ""}])
def test_a_listed_call_whose_id_is_none(place: Place, listed: dict[str, Any]) -> None:
    """The marker proves that it was placed, and the other calls are decided too."""
    markers: list[dict[str, str]] = []

    def reply(asked: Asked) -> bytes | None:
        if asked.head.startswith("POST"):
            markers.append(json.loads(asked.body)["metadata"])
            return None
        status = {"status": "completed"}
        items = [{**status, **listed, "metadata": markers[0]}]
        items.append({**status, "id": "call-2", "metadata": markers[1]})
        paging = {"total": 2, "limit": 100, "offset": 0, "has_more": False}
        return response(json.dumps({"items": items, **paging}).encode())

    ledger = place.open()
    with (
        Exchange(reply) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=ledger) as client,
    ):
        for key in ("order-1", "order-2"):
            with pytest.raises(errors.AmbiguousResultError):
                client.calls.create(to=TO, task=TASK, key=key)
        assert client.calls.reconcile().found == 2
    rows = [*ledger.attempts("order-1"), *ledger.attempts("order-2")]
    assert [(row.state, row.call_id) for row in rows] == [
        ("accepted", None),
        ("accepted", "call-2"),
    ]
