"""Concurrent feeders and state changes, and malformed reports of a call's end."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tests.engine.server import MADE, Asked, Exchange, response
from tests.ledger.conftest import TASK, TO

from trunkline.campaigns import CampaignError, CampaignSettings, CampaignStore, Feeder, Row
from trunkline.campaigns.dialling import Dialler, ledger_key
from trunkline.campaigns.working import Worker
from trunkline.ledger.machine import Policy

if TYPE_CHECKING:
    from tests.campaigns.conftest import Fleet

ONE = f"to,key\n{TO},1\n"
BLOCKED = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND query LIKE '%UPDATE campaign SET%'
"""


def steer(url: str, state: str) -> None:
    with CampaignStore(url) as store:
        store.steer("autumn", state)


def test_a_worker_that_pauses_does_not_undo_a_cancellation(fleet: Fleet, database: str) -> None:
    """It saw the campaign running, and pauses just after someone has cancelled it."""
    fleet.begin(ONE)
    with (
        ThreadPoolExecutor(2) as threads,
        psycopg.connect(database) as holder,
        psycopg.connect(database, autocommit=True) as looking,
    ):
        holder.execute("SELECT 1 FROM campaign FOR UPDATE")
        steering = []
        for number, state in enumerate(("cancelled", "paused"), 1):
            steering.append(threads.submit(steer, database, state))
            while looking.execute(BLOCKED).fetchone() != (number,):
                time.sleep(0.01)
        holder.rollback()
        steering[0].result()
        with pytest.raises(CampaignError, match="cancelled"):
            steering[1].result()
    assert fleet.store.campaign("autumn").state == "cancelled"


def test_feeders_share_the_concurrency_of_a_campaign(fleet: Fleet, database: str) -> None:
    """Two that count at the same time do not both fill the free capacity."""
    rows = [Row(line, str(line), TO, {"task": TASK}) for line in range(1, 31)]
    barrier = Barrier(2)

    def feed(_number: int) -> None:
        with CampaignStore(database) as store:
            for name in names:
                dialler = Dialler("pamela", fleet.ledger, **fleet.options)
                feeder = Feeder(store, name, lambda _name, _lines: None, dialler)
                barrier.wait()
                feeder.step()
                feeder.close()

    names = [f"c{number}" for number in range(20)]
    for name in names:
        fleet.store.create(CampaignSettings(name, "pamela", concurrency=10), rows)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(feed, range(2)))
    assert {fleet.store.counts(name).rows["queued"] for name in names} == {10}


ODD = [
    {"duration_seconds": "35"},
    {"duration_seconds": float("inf")},
    {"duration_seconds": 10**400},
    {"duration_seconds": [1]},
    {"duration_seconds": True},
]


def answered(asked: Asked, made: dict[str, Any], ended: dict[str, Any]) -> bytes:
    body = made if asked.head.startswith("POST") else ended
    return response(json.dumps(body).replace("Infinity", "1e999").encode())


@pytest.mark.parametrize("odd", [*ODD, {"billed_minutes": "2"}, {"billed_minutes": 1.5}])
def test_a_figure_that_is_none_stops_no_campaign(fleet: Fleet, odd: dict[str, Any]) -> None:
    """The call is finished, without the unreadable figure."""
    ended = {**MADE, "status": "completed", "duration_seconds": 3, "billed_minutes": 1, **odd}
    with Exchange(lambda asked: answered(asked, MADE, ended)) as there:
        fleet.options["base_url"] = there.url
        fleet.begin(ONE)
        assert fleet.until_done().rows == {"finished": 1}
    (row,) = fleet.store.results("autumn")
    assert row["cost" if "billed_minutes" in odd else "seconds"] is None
    assert row["seconds" if "billed_minutes" in odd else "cost"] is not None


@pytest.mark.parametrize("odd", ODD)
def test_a_length_in_a_log_that_is_none(fleet: Fleet, odd: dict[str, Any]) -> None:
    """The same for StateSet, whose logs have no type for it."""
    made = {"ok": True, "call_sid": "CA1", "status": "queued"}
    log = {"call_sid": "CA1", "direction": "outbound", "status": "completed", **odd}
    with Exchange(lambda asked: answered(asked, made, {"data": [log], "limit": 50})) as there:
        options = {**fleet.options, "api_key": "ssv_sandbox", "base_url": there.url}
        settings = CampaignSettings("autumn", "stateset_voice")
        fleet.store.create(settings, [Row(1, "1", TO, {"agent_key": "support_primary"})])
        worker = Worker(fleet.store, fleet.ledger, **options)

        def ring(name: str, lines: Any) -> None:
            for line in lines:
                worker.dial(name, line)

        dialler = Dialler("stateset_voice", fleet.ledger, **options)
        feeder = Feeder(fleet.store, "autumn", ring, dialler, look_every=0)
        assert fleet.until_done(feeder).rows == {"finished": 1}
        feeder.close()


def test_an_id_that_no_database_holds(fleet: Fleet) -> None:
    """The row is accepted like any other, and is not redelivered to the workers forever."""
    with Exchange(lambda _asked: response(json.dumps({**MADE, "id": "a\0b"}).encode())) as there:
        fleet.options["base_url"] = there.url
        fleet.begin(ONE)
        assert fleet.feeder().step().rows == {"accepted": 1}


def test_a_call_that_was_answered_after_a_later_attempt(fleet: Fleet) -> None:
    """A paused row whose first attempt has a call is accepted, although its second was refused."""
    fleet.begin(ONE)
    attempts = []
    for policy in (Policy(), Policy(retry_rejected=True)):
        ns, key = "pamela|mine|create_call", ledger_key("autumn", "1")
        entry = fleet.ledger.entry(ns, key, 1, {}, 70.0)
        entry.ticket = entry.claim(policy).result().ticket
        entry.begin(0.0).result()
        entry.rejected({}, "no").result()
        attempts.append(entry)
    attempts[0].accepted("late", "{}").result()
    dialler = Dialler("pamela", fleet.ledger, **fleet.options)
    assert dialler.known("autumn", "1").call_id == "late"
    dialler.close()
