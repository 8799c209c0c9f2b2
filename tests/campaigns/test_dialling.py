"""Rows at each provider, the end reported by a webhook, and the required environment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.conftest import OTHER, TASK, TO
from tests.redis_server import REDIS_URL

from trunkline import errors
from trunkline.campaigns import CampaignSettings, Feeder, Row, report_of
from trunkline.campaigns.dialling import Dialler
from trunkline.campaigns.working import Worker, dialler_for
from trunkline.webhooks import IncomingRequest, PamelaWebhook, SQLiteReplayStore, WebhookEndpoint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.campaigns.conftest import Fleet

    from trunkline.webhooks.events.pamela import CallCompleted

FIELDS: dict[str, dict[str, Any]] = {
    "stateset_voice": {"agent_key": "support_primary"},
    "phone_ai": {"prompt": "Call"},
}
SECRETS = {"stateset_voice": "ssv_sandbox", "phone_ai": "phone_ai_sandbox"}


Begin = Callable[..., Feeder]


@pytest.fixture
def begin(fleet: Fleet) -> Iterator[Begin]:
    """Creates a campaign of two rows at a provider; each message is delivered twice."""
    closed: list[Any] = []

    def feeder(provider: str, look_every: float | None = 0, **settings: Any) -> Feeder:
        url = fleet.sandbox.url_for({"stateset_voice": "stateset"}.get(provider, provider))
        options = {**fleet.options, "api_key": SECRETS[provider], "base_url": url}
        rows = [Row(n, f"key-{n}", to, FIELDS[provider]) for n, to in enumerate((TO, OTHER), 1)]
        fleet.store.create(CampaignSettings("autumn", provider, **settings), rows)
        worker = Worker(fleet.store, fleet.ledger, **options)

        def ring(name: str, lines: Any) -> None:
            for line in [*lines, *lines]:
                worker.dial(name, line)

        dialler = Dialler(provider, fleet.ledger, **options)
        closed.extend((worker, dialler))
        every = {"look_every": look_every, "reconcile_every": 0}
        return Feeder(fleet.store, "autumn", ring, dialler, **every)

    yield feeder
    for each in closed:
        each.close()


def test_what_nobody_saw_end_is_not_observed(fleet: Fleet, begin: Begin) -> None:
    """Phone.ai cannot be queried: its calls are given up, or ``finish`` reports their end."""
    feeder = begin("phone_ai", longest_call=1e-9)
    assert feeder.step().rows == {"accepted": 2}
    first, second = [row["call_id"] for row in fleet.store.results("autumn")]
    assert first != second
    assert fleet.store.finish(first, "answered")
    assert feeder.step().rows == {"finished": 2}
    assert report_of(fleet.store, "autumn").outcomes == {"answered": 1, "not observed": 1}


@pytest.mark.parametrize("logs_running", [True, False])
def test_stateset_rows_end_as_the_logs_say(
    fleet: Fleet, begin: Begin, *, logs_running: bool
) -> None:
    """One reading of the logs serves all rows; a running call, listed or not, stays accepted."""
    began = datetime.fromisoformat(fleet.sandbox.control.now())
    fleet.sandbox.control.advance(max(0.0, (datetime.now(UTC) - began).total_seconds()))
    fleet.sandbox.control.configure(stateset={"logs_running_calls": logs_running, "max_page": 1})
    feeder = begin("stateset_voice")
    for _ in range(2):
        assert feeder.step().rows == {"accepted": 2}
    fleet.sandbox.control.advance(600)
    assert feeder.step().rows == {"finished": 2}
    report = report_of(fleet.store, "autumn")
    assert report.outcomes == {"completed": 2}
    assert len(report.durations) == 2


def test_the_logs_are_read_once_a_minute(fleet: Fleet, begin: Begin) -> None:
    """StateSet allows 60 requests a minute, which dialling needs too."""
    feeder = begin("stateset_voice", None)
    feeder.step()
    for _ in range(3):
        fleet.store._change("UPDATE campaign_row SET due = clock_timestamp() - interval '1 hour'")
        feeder.step()
    assert fleet.sandbox.control.seen("stateset", "list_call_logs") == 1


def test_a_verified_delivery_finishes_its_row(fleet: Fleet, tmp_path: Path) -> None:
    """The second copy is stopped by the replay store."""
    fleet.begin(f"to,key\n{TO},1\n")
    fleet.feeder().step()
    ((call_id),) = [row["call_id"] for row in fleet.store.results("autumn")]
    finished: list[bool] = []
    pamela = PamelaWebhook("whsec_test")
    with SQLiteReplayStore(str(tmp_path / "deliveries.db")) as deliveries:
        webhook = WebhookEndpoint(pamela, store=deliveries)

        @webhook.on("call.completed")
        def completed(event: CallCompleted) -> None:
            finished.append(fleet.store.finish(event.call_id, "completed"))

        body = json.dumps({"event": "call.completed", "call_id": call_id}).encode()
        headers = {"X-Pamela-Signature": pamela.sign(body)}
        for _ in range(2):
            response = webhook.receive(IncomingRequest(body=body, headers=headers))
            assert response.status == 200
    assert finished == [True]
    assert fleet.store.counts("autumn").rows == {"finished": 1}


def test_workers_share_the_limit_that_the_environment_names(
    fleet: Fleet, redis_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slot that comes too late leaves the row ready; it is not a refusal by the vendor."""
    monkeypatch.setenv("PAMELA_API_KEY", "pk_test_sandbox")
    monkeypatch.setenv("PAMELA_BASE_URL", fleet.sandbox.pamela_url)
    limit = {"TRUNKLINE_LIMIT": "1/3600", "TRUNKLINE_REDIS": REDIS_URL, "TRUNKLINE_FLEET_SIZE": "1"}
    fleet.begin(f"to,key\n{TO},1\n")
    (queued,) = fleet.store.claim("autumn", 1)
    dialler = dialler_for("pamela", fleet.ledger, {**limit, "TRUNKLINE_PREFIX": redis_prefix})
    result = dialler.dial(fleet.store.campaign("autumn").settings, queued)
    dialler.close()
    assert result.state == "ready"
    assert result.wait > 60
    assert not result.refused
    assert fleet.calls() == []
    assert TASK in queued.row.fields.values()


@pytest.mark.parametrize(
    "environment",
    [
        {"TRUNKLINE_LIMIT": "100"},
        {"TRUNKLINE_LIMIT": "100/60"},
        {"TRUNKLINE_LIMIT": "x/60", "TRUNKLINE_REDIS": REDIS_URL, "TRUNKLINE_FLEET_SIZE": "1"},
    ],
)
def test_a_limit_that_cannot_be_read(fleet: Fleet, environment: dict[str, str]) -> None:
    """The error shows the format, and says what else is needed."""
    with pytest.raises(errors.ConfigurationError, match="such as 100/60"):
        dialler_for("pamela", fleet.ledger, environment)


def test_a_worker_needs_a_ledger(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it could dial twice: it does not start."""
    monkeypatch.delenv("TRUNKLINE_LEDGER", raising=False)
    with pytest.raises(errors.ConfigurationError, match="TRUNKLINE_CAMPAIGNS"):
        Worker.from_environment()
    monkeypatch.setenv("TRUNKLINE_CAMPAIGNS", database)
    with pytest.raises(errors.ConfigurationError, match="set TRUNKLINE_LEDGER"):
        Worker.from_environment()
