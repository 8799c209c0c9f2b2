"""Whispey: agents, calls, analytics, a webhook and an export to a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from trunkline import Whispey

from .receiver import WHISPEY_SECRET

if TYPE_CHECKING:
    from .runner import Runner


def run(runner: Runner) -> None:
    """Read what the agents did, receive the event of a new call, and download the data."""
    urls = runner.sandbox.urls
    ingest_url = urls["whispey_ingest"]
    with Whispey("pype_sandbox", base_url=urls["whispey"], ingest_url=ingest_url) as whispey:
        agent_id = _read(runner, whispey)
        _hear(runner, whispey, agent_id)
        _export(runner, whispey, agent_id)
        _faults(runner, whispey)


def _read(runner: Runner, whispey: Whispey) -> str:
    agents = runner.step("list agents", whispey.agents.list)
    agent = agents[0]
    calls = runner.step(
        "list an agent's calls, twenty a page",
        lambda: list(whispey.calls.list(agent_id=agent.id, limit=20)),
    )
    runner.check(
        f"{len(calls)} calls, each once", len({call.id for call in calls}) == len(calls) > 20
    )
    detail = runner.step("read one with its transcript", lambda: whispey.calls.get(calls[0].id))
    runner.check(f"{len(detail.transcript or [])} turns", detail.transcript)
    stats = runner.step("read analytics", lambda: whispey.analytics.agent(agent.id, period="30d"))
    costs = runner.step(
        "read costs", lambda: whispey.analytics.costs(agent_id=agent.id, period="30d")
    )
    runner.check("both agree on the total", stats.metrics and costs.total_cost is not None)
    return str(agent.id)


def _hear(runner: Runner, whispey: Whispey, agent_id: str) -> None:
    runner.step(
        "create a webhook",
        lambda: whispey.webhooks.create(
            url=f"{runner.receiver.url}/whispey", events=["call.completed"], secret=WHISPEY_SECRET
        ),
    )
    runner.step(
        "send a call log, as a session observer does",
        lambda: whispey.ingest.call_ended(
            call_id="demo-call-1",
            agent_id=agent_id,
            call_ended_reason="completed",
            call_started_at="2026-11-01T12:00:00+00:00",
            call_ended_at="2026-11-01T12:01:00+00:00",
        ),
    )
    runner.sandbox.control.deliveries(provider="whispey")
    events = runner.receiver.events["whispey"]
    runner.check(f"{len(events)} signed event arrived", events == ["call.completed"])


def _export(runner: Runner, whispey: Whispey, agent_id: str) -> None:
    created = runner.step(
        "order an export", lambda: whispey.exports.create(agent_id=agent_id, format="csv")
    )
    export = runner.step(
        "wait for it", lambda: whispey.exports.wait(created.export_id, timeout=30, interval=0.1)
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "calls.csv"
        runner.step("download it to a file", lambda: whispey.exports.download(export.id, file))
        rows = len(file.read_text().splitlines()) - 1
    runner.check(f"{rows} rows on disk", rows == export.record_count)


def _faults(runner: Runner, whispey: Whispey) -> None:
    control = runner.sandbox.control
    control.fault("rate_limit", provider="whispey", form="reset_delta", seconds=1)
    runner.step("list agents through a 429", whispey.agents.list)
    control.fault("status", provider="whispey", status=503)
    control.fault("reset", provider="whispey")
    runner.step("list agents through a 503 and a reset connection", whispey.agents.list)
