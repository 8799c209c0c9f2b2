"""Rows from the file to the end of their calls, on a real PostgreSQL, against the sandbox."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest
from tests.ledger.conftest import OTHER, POSTGRES, TO

from trunkline import Pamela, errors
from trunkline.campaigns import (
    CampaignError,
    CampaignSettings,
    CampaignStore,
    Row,
    RowState,
    report_of,
)
from trunkline.campaigns.dialling import Dialler, ledger_key
from trunkline.campaigns.storage.values import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.campaigns.conftest import Fleet

THREE = f"to,key\n{TO},1\n{TO},2\n{OTHER},3\n"


def test_every_row_is_dialled_once_and_finished(fleet: Fleet) -> None:
    """Bad and duplicate lines are reported; the report has outcomes, durations and cost."""
    counts = fleet.begin(f"{THREE}{TO},3\n0123,5\n")
    assert (counts.rows, counts.bad, counts.duplicates) == ({"ready": 3}, 1, 1)
    assert fleet.until_done().rows == {"finished": 3}
    assert len(fleet.calls()) == 3
    report = report_of(fleet.store, "autumn")
    assert report.outcomes == {"completed": 3}
    assert report.state == "done"
    assert report.quantile(0.5) == report.durations[1] > 0
    assert report.cost is not None
    assert report.cost > 0
    assert [problem.line for problem in report.problems] == [5, 6]


def test_a_message_that_comes_twice_dials_once(fleet: Fleet) -> None:
    """A broker may deliver twice, and after losing a worker a feeder sends the row to another."""
    fleet.begin(THREE)

    def twice(name: str, lines: Sequence[int]) -> None:
        fleet.dial(name, lines)
        fleet.dial(name, lines)

    fleet.until_done(fleet.feeder(twice))
    assert len(fleet.calls()) == 3


def test_a_worker_that_dies_after_the_call_was_placed_dials_no_second(fleet: Fleet) -> None:
    """The row is sent again after its lease, and the ledger has the call."""
    fleet.begin(THREE)
    feeder = fleet.feeder(lambda _name, _lines: None)  # the messages are lost
    feeder.step()
    settings = fleet.store.campaign("autumn").settings
    queued = fleet.store.row("autumn", 2)
    assert queued is not None
    placed = Dialler("pamela", fleet.ledger, **fleet.options).dial(settings, queued)
    recovering = fleet.feeder()
    recovering._lease = 0.0
    fleet.until_done(recovering)
    assert len(fleet.calls()) == 3
    rows = {row["line"]: row for row in fleet.store.results("autumn")}
    assert rows[2]["call_id"] == placed.call_id


def test_a_call_that_cannot_be_read_hides_no_other(
    fleet: Fleet, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays accepted and is checked again; the other rows end meanwhile."""
    fleet.begin(THREE)
    fleet.options["max_retries"] = 0
    feeder = fleet.feeder()
    feeder.step()
    fleet.sandbox.control.advance(600)
    fleet.sandbox.control.fault("status", operation="get_call", status=404)
    with caplog.at_level(logging.WARNING, "trunkline.campaigns"):
        assert feeder.step().rows == {"accepted": 1, "finished": 2}
    assert "could not be read" in caplog.text
    assert feeder.step().rows == {"finished": 3}


def test_a_lost_answer_is_decided_by_the_list(fleet: Fleet) -> None:
    """Unknown, then accepted: the list's marker shows the call, and nothing is dialled again."""
    fleet.begin(THREE)
    fleet.sandbox.control.fault("reset", operation="create_call", when="after")
    feeder = fleet.feeder()
    counts = feeder.step()
    assert counts.rows.get("unknown") == 1
    _make_due(fleet)
    assert fleet.until_done(feeder).rows == {"finished": 3}
    assert len(fleet.calls()) == 3


def _make_due(fleet: Fleet) -> None:
    """Let the waits of all rows pass."""
    fleet.store._change("UPDATE campaign_row SET due = clock_timestamp() WHERE state <> 'x'")


def test_what_the_vendor_refuses_for_the_moment_is_retried(fleet: Fleet) -> None:
    """As often as the rule says; the row is rejected after that, with the reason."""
    fleet.begin(f"to,key\n{TO},1\n", retries=1, retry_after=60.0)
    fleet.sandbox.control.fault("status", operation="create_call", status=429, times=2)
    fleet.options["max_retries"] = 0
    feeder = fleet.feeder()
    assert feeder.step().rows == {"ready": 1}
    assert feeder.step().rows == {"ready": 1}, "its time has not come"
    _make_due(fleet)
    assert feeder.step().rows == {"rejected": 1}
    (row,) = fleet.store.results("autumn")
    assert row["attempts"] == 2
    assert "RateLimitError" in row["error"]


def test_what_the_vendor_refuses_for_good_is_rejected(fleet: Fleet) -> None:
    """The others continue."""
    fleet.begin(THREE)
    fleet.sandbox.control.fault("status", operation="create_call", status=422)
    assert fleet.until_done().rows == {"finished": 2, "rejected": 1}


def test_a_value_that_cannot_be_sent_rejects_its_row_alone(fleet: Fleet) -> None:
    """JSON values of any kind reach the call: none of them stops a worker."""
    odd = [5, [1], {"a": 1}, "x" * 20000, True]
    names = ("caller_name", "instructions", "voice", "metadata")
    for name in names:
        made = [
            Row(100 * names.index(name) + n, f"{name}-{n}", TO, {"task": "Call", name: value})
            for n, value in enumerate(odd)
        ]
        fleet.store.create(CampaignSettings(f"c-{name}", "pamela"), made)
        worker = fleet.worker()
        for queued in fleet.store.claim(f"c-{name}", 100):
            worker.dial(f"c-{name}", queued.row.line)
        counts = fleet.store.counts(f"c-{name}").rows
        assert set(counts) <= {"accepted", "rejected"}, name
        assert counts["rejected"]


def test_a_key_that_is_refused_pauses_the_campaign(fleet: Fleet) -> None:
    """Not one row is lost to a wrong API key; after ``resume`` all are dialled."""
    fleet.begin(THREE)
    fleet.sandbox.control.fault("status", operation="create_call", status=401)
    counts = fleet.feeder().step()
    campaign = fleet.store.campaign("autumn")
    assert campaign.state == "paused"
    assert "AuthenticationError" in campaign.reason
    assert counts.rows["ready"] == 3
    fleet.store.steer("autumn", "running")
    assert fleet.until_done().rows == {"finished": 3}


def test_a_paused_campaign_dials_nothing_also_what_workers_were_told(fleet: Fleet) -> None:
    """A message that is in flight when the campaign pauses makes its row ready again."""
    fleet.begin(THREE)
    told: list[int] = []
    fleet.feeder(lambda _name, lines: told.extend(lines)).step()
    fleet.store.steer("autumn", "paused", "lunch")
    fleet.dial("autumn", told)
    assert fleet.feeder().step().rows == {"ready": 3}
    assert fleet.calls() == []
    fleet.store.steer("autumn", "running")
    assert fleet.until_done().rows == {"finished": 3}


def test_a_cancelled_campaign_keeps_the_calls_that_were_placed(fleet: Fleet) -> None:
    """Placed calls end as usual, the other rows are cancelled, and it cannot be resumed."""
    fleet.begin(THREE)
    told: list[int] = []
    fleet.feeder(lambda _name, lines: told.extend(lines)).step()
    with Pamela(ledger=fleet.ledger, **fleet.options) as client:  # a worker that died
        key = ledger_key("autumn", "1")
        client.calls.create(to=TO, task="Order a large pizza", key=key)
    fleet.store.steer("autumn", "paused")
    fleet.dial("autumn", told)
    assert fleet.store.counts("autumn").rows == {"accepted": 1, "ready": 2}
    fleet.store.steer("autumn", "cancelled")
    assert fleet.until_done().rows == {"cancelled": 2, "finished": 1}
    with pytest.raises(CampaignError, match="is cancelled"):
        fleet.store.steer("autumn", "running")
    fleet.store.delete("autumn")
    assert fleet.store.names() == []


def test_no_more_calls_at_once_than_was_said(fleet: Fleet) -> None:
    """The next row waits until a call has ended."""
    fleet.begin(THREE, concurrency=2)
    feeder = fleet.feeder()
    assert feeder.step().rows == {"accepted": 2, "ready": 1}
    assert feeder.step().rows == {"accepted": 2, "ready": 1}
    assert fleet.until_done(feeder).rows == {"finished": 3}


def test_a_closed_window_holds_rows_back(fleet: Fleet) -> None:
    """They are ready, and due when the window opens."""
    fleet.begin(f"to,key,tz\n{TO},1,UTC\n", window="00:00-00:01", days="1")
    assert fleet.feeder().step().rows == {"ready": 1}
    assert fleet.calls() == []


def test_a_broker_that_is_away_loses_no_row(fleet: Fleet, caplog: pytest.LogCaptureFixture) -> None:
    """The feeder reports it, and sends the rows later."""

    def broken(_name: str, _lines: Sequence[int]) -> None:
        raise CampaignError("the broker failed")

    fleet.begin(THREE)
    with caplog.at_level(logging.WARNING, "trunkline.campaigns"):
        fleet.feeder(broken).step()
    assert "the broker failed" in caplog.text
    _make_due(fleet)
    assert fleet.until_done().rows == {"finished": 3}
    assert len(fleet.calls()) == 3


def test_a_webhook_finishes_a_row_once(fleet: Fleet) -> None:
    """The first end counts; the report has the data of the event."""
    fleet.begin(f"to,key\n{TO},1\n")
    fleet.feeder().step()
    ((call_id),) = [row["call_id"] for row in fleet.store.results("autumn")]
    assert fleet.store.finish(call_id, "no answer", 12.5)
    assert not fleet.store.finish(call_id, "completed")
    assert not fleet.store.finish("call_unknown", "completed")
    for odd in (("",), ("a\x01",), ("completed", float("nan")), ("completed", 1.0, "free")):
        with pytest.raises(errors.InvalidArgumentError, match="must"):
            fleet.store.finish(call_id, *odd)
    fleet.store.record("autumn", 2, Result(RowState.UNKNOWN))  # a worker that was suspended
    assert fleet.store.counts("autumn").rows == {"finished": 1}
    assert report_of(fleet.store, "autumn").outcomes == {"no answer": 1}


def test_a_name_is_used_once(fleet: Fleet) -> None:
    """The second file changes nothing."""
    fleet.begin(THREE)
    with pytest.raises(CampaignError, match="there is a campaign autumn"):
        fleet.begin(THREE)
    with pytest.raises(CampaignError, match="no campaign"):
        fleet.store.campaign("winter")
    with pytest.raises(CampaignError, match="running, paused, cancelled"):
        fleet.store.steer("autumn", "stopped")
    with pytest.raises(CampaignError, match="no campaign"):
        fleet.store.campaign("win\0ter")
    with pytest.raises(CampaignError, match="open rows"):
        fleet.store.delete("autumn")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("calls.db", "PostgreSQL"),
        ("postgresql://127.0.0.1:1/x?connect_timeout=1", "no connection.*Connection refused"),
        (
            f"{POSTGRES}?options=-cdefault_transaction_read_only%3Don%20-csearch_path%3Dnone",
            "URL of the primary",
        ),
    ],
)
def test_a_database_that_cannot_be_used(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is one of the SDK and names the remedy."""
    monkeypatch.setattr("trunkline.campaigns.storage.database._PATIENCE", 0.0)
    with pytest.raises(errors.TrunklineError, match=words):
        CampaignStore(url)


def test_a_campaign_of_a_newer_version(fleet: Fleet) -> None:
    """It is not changed, and the error names the remedy."""
    fleet.begin(THREE)
    fleet.store._change("""UPDATE campaign SET settings = settings || '{"voice": 1}'""")
    with pytest.raises(CampaignError, match="upgrade trunkline"):
        fleet.feeder().step()
    assert fleet.store.counts("autumn").rows == {"ready": 3}


def test_arguments_that_a_call_does_not_have_or_needs(fleet: Fleet) -> None:
    """A misspelt or forgotten --map is reported before the first row."""
    dialler = Dialler("pamela", fleet.ledger, **fleet.options)
    dialler.check({"task", "voice"})
    with pytest.raises(errors.ConfigurationError, match="no argument 'tsak'"):
        dialler.check({"tsak"})
    with pytest.raises(errors.ConfigurationError, match="needs task"):
        dialler.check({"voice"})
    dialler.close()


def test_a_whole_number_of_a_csv_file_is_sent_as_one(fleet: Fleet) -> None:
    """All values of a CSV file are text; only the row with any other text is refused."""
    settings = CampaignSettings("autumn", "pamela")
    made = [
        Row(n, f"key-{n}", TO, {"task": "Call", "max_duration_seconds": value})
        for n, value in enumerate(("300", "5 min"), 1)
    ]
    fleet.store.create(settings, made)
    assert fleet.feeder().step().rows == {"accepted": 1, "rejected": 1}
    (sent,) = fleet.sandbox.control.requests(operation="create_call")
    assert json.loads(sent["body"])["max_duration_seconds"] == 300
