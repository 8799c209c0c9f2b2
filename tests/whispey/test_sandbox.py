"""The client against the sandbox: the whole job, and faults on the way."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from trunkline import Whispey
from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline.errors import (
    APIConnectionError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    RateLimitError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline.sandbox import Sandbox


@pytest.fixture
def virtual(sandbox: Sandbox) -> Runtime:
    """Pauses advance the sandbox's clock instead of taking time."""

    def advance(delay: float) -> None:
        sandbox.control.advance(delay)

    return replace(SYSTEM, sleep=advance)


@pytest.fixture
def whispey(sandbox: Sandbox, virtual: Runtime) -> Iterator[Whispey]:
    with Whispey(
        "pype_sandbox",
        base_url=sandbox.whispey_url,
        ingest_url=sandbox.whispey_ingest_url,
        runtime=virtual,
    ) as whispey:
        yield whispey


def test_agents_calls_and_figures_agree(whispey: Whispey) -> None:
    """The lists and the totals agree."""
    agent = whispey.agents.list()[0]
    assert whispey.agents.get(agent.id).metrics is not None
    calls = list(whispey.calls.list(agent_id=agent.id, limit=50))
    assert len(calls) == agent.total_calls
    assert {call.agent_id for call in calls} == {agent.id}
    assert whispey.calls.get(calls[0].id).session_id == calls[0].session_id
    assert whispey.analytics.agent(agent.id, period="1y").metrics is not None
    costs = whispey.analytics.costs(period="1y")
    assert costs.total_cost is not None
    assert costs.total_cost > 0


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_export_becomes_a_file(whispey: Whispey, tmp_path: Path, kind: str) -> None:
    """It is created, waited for and saved, with the promised number of records."""
    made = whispey.exports.create(format=kind, include_transcripts=True, include_metrics=True)
    with pytest.raises(ConflictError):
        whispey.exports.create()
    with pytest.raises(ConflictError):
        whispey.exports.download(made, tmp_path / "early")
    done = whispey.exports.wait(made)
    saved = whispey.exports.download(done, tmp_path / "calls")
    text = saved.path.read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines())) if kind == "csv" else json.loads(text)
    assert len(rows) == done.record_count == 120
    assert [found.name for found in tmp_path.iterdir()] == ["calls"]


def test_an_export_of_a_range(whispey: Whispey, tmp_path: Path) -> None:
    """An empty range gives a file without records."""
    done = whispey.exports.wait(whispey.exports.create(start="2001-01-01", end="2001-01-02"))
    assert done.record_count == 0
    assert whispey.exports.download(done, tmp_path / "none.csv").media_type == "text/csv"
    with pytest.raises(BadRequestError) as caught:
        whispey.exports.create(start="2002-01-01", end="2001-01-01")
    assert caught.value.code == "INVALID_DATE_RANGE"


@pytest.mark.parametrize("kind", ["truncated", "reset", "close"])
def test_a_download_survives_faults(
    sandbox: Sandbox, whispey: Whispey, tmp_path: Path, kind: str
) -> None:
    """A body that is cut twice arrives complete the third time."""
    done = whispey.exports.wait(whispey.exports.create(format="json"))
    sandbox.control.fault(kind, operation="downloadExport", when="after", after_bytes=2000, times=2)
    saved = whispey.exports.download(done, tmp_path / "calls.json")
    assert len(json.loads(saved.path.read_bytes())) == done.record_count


def test_an_export_is_never_started_twice(sandbox: Sandbox, whispey: Whispey) -> None:
    """A reset after the request was carried out is ambiguous, so one export runs, not two."""
    sandbox.control.fault("reset", operation="createCallExport", when="after")
    with pytest.raises(APIConnectionError) as caught:
        whispey.exports.create()
    assert caught.value.maybe_accepted
    assert sandbox.control.accepted("whispey", "createCallExport") == 1


def test_a_webhook(whispey: Whispey) -> None:
    """Created, and its secret is not echoed."""
    hook = whispey.webhooks.create(
        url="http://127.0.0.1:9/hook", events=["call.completed"], secret="s3cret"
    )
    assert hook.events == ["call.completed"]
    assert "s3cret" not in str(hook.to_dict())


@pytest.mark.parametrize("style", ["data", "flat"])
def test_records_become_calls(sandbox: Sandbox, whispey: Whispey, style: str) -> None:
    """Records sent to the ingest API appear in the REST API."""
    sandbox.control.configure(whispey_ingest={"response_style": style})
    agent = whispey.agents.list()[0]
    whispey.ingest.call_started(call_id="call-x", agent_id=agent.id)
    receipt = whispey.ingest.call_ended(
        call_id="call-x",
        agent_id=agent.id,
        call_ended_reason="completed",
        transcript_json=[{"role": "user", "content": "Hello " * 4000}],
    )
    assert receipt.agent_id == agent.id
    assert receipt.log_id
    after = whispey.agents.get(agent.id).metrics
    assert after is not None
    assert after.total_calls == (agent.total_calls or 0) + 1


@pytest.mark.parametrize("style", ["object", "string"])
def test_both_shapes_of_errors(sandbox: Sandbox, whispey: Whispey, style: str) -> None:
    """The documented object and the real routes' text give the same error."""
    sandbox.control.configure(whispey={"error_style": style})
    with pytest.raises(NotFoundError, match="agent does not exist"):
        whispey.agents.get("agent-none")
    with (
        Whispey("pype_wrong", base_url=sandbox.whispey_url) as stranger,
        pytest.raises(AuthenticationError),
    ):
        stranger.agents.list()


@pytest.mark.parametrize("style", ["epoch", "delta"])
def test_the_limit_of_an_hour(sandbox: Sandbox, whispey: Whispey, style: str) -> None:
    """Above the limit the error has the wait, in either form of the header."""
    sandbox.control.configure(whispey={"rate_limit": 1, "reset_style": style})
    raw = whispey.agents.with_raw_response.list()
    assert (raw.rate_limit.limit, raw.rate_limit.remaining) == (1, 0)
    with pytest.raises(RateLimitError) as caught:
        whispey.agents.list()
    assert caught.value.code == "RATE_LIMIT_EXCEEDED"
    assert caught.value.retry_after is not None


def test_a_refused_format_is_named(whispey: Whispey) -> None:
    """The error's text names the refused field and the reason."""
    with pytest.raises(BadRequestError, match="format: does not fit") as caught:
        whispey.exports.create(format="xlsx")
    assert list(caught.value.details) == ["format"]
