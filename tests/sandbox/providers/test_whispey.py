"""Whispey's REST API in the sandbox."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import pytest
from tests.sandbox.support import whispey_data as data
from tests.sandbox.support import whispey_error as code

if TYPE_CHECKING:
    import httpx
    from tests.sandbox.support import Receiver

    from trunkline.sandbox import Control

STARTED = {"call_id": "s-1", "agent_id": "agent-live", "wcall_event": "call_started"}
ENDED = {
    "call_id": "s-1",
    "agent_id": "agent-live",
    "wcall_event": "call_ended",
    "call_started_at": "2026-06-15T12:00:00",
    "call_ended_at": "2026-06-15T12:02:00+00:00",
}


def test_agents(whispey: httpx.Client) -> None:
    """The totals are top-level in the list and under `metrics` in the detail, and agree."""
    listed = data(whispey.get("/agents"))
    assert [agent["id"] for agent in listed] == ["agent-support", "agent-sales", "agent-survey"]
    detail = data(whispey.get("/agents/agent-sales"))
    assert "total_calls" not in detail
    assert detail["metrics"]["total_calls"] == listed[1]["total_calls"] == 40
    assert 0 < detail["metrics"]["success_rate"] == listed[1]["success_rate"] <= 100


def test_an_agent_without_calls(whispey: httpx.Client) -> None:
    """Averages over no calls are zero."""
    metrics = data(whispey.get("/agents/agent-survey"))["metrics"]
    assert set(metrics.values()) == {0}
    trends = data(whispey.get("/analytics/agents/agent-survey"))
    assert trends["metrics"]["cost_per_call"] == 0


@pytest.mark.parametrize(
    "path",
    [
        "/agents/nope",
        "/analytics/agents/nope",
        "/analytics/costs?agent_id=nope",
        "/calls?agent_id=nope",
    ],
)
def test_unknown_agents(whispey: httpx.Client, path: str) -> None:
    """An unknown agent is a 404 with its documented code in every operation."""
    assert code(whispey.get(path)) == (404, "AGENT_NOT_FOUND")


def test_seeded_calls(whispey: httpx.Client) -> None:
    """The sandbox starts with a month of calls, listed newest first."""
    response = whispey.get("/calls", params={"limit": 100}).json()
    paging = {"total": 120, "limit": 100, "offset": 0, "has_more": True}
    assert response["pagination"] == paging
    times = [call["created_at"] for call in response["data"]]
    assert times == sorted(times, reverse=True)
    rest = whispey.get("/calls", params={"offset": 100}).json()
    assert (len(rest["data"]), rest["pagination"]["has_more"]) == (20, False)
    none = whispey.get("/calls", params={"offset": 500}).json()
    assert (none["data"], none["pagination"]["has_more"]) == ([], False)


def test_call_filters(whispey: httpx.Client) -> None:
    """Agent, status and window select calls."""

    def calls(**params: str) -> list[dict[str, Any]]:
        return list(data(whispey.get("/calls", params={"limit": "100", **params})))

    assert {call["agent_id"] for call in calls(agent_id="agent-sales")} == {"agent-sales"}
    assert {call["status"] for call in calls(status="failed")} == {"failed"}
    some = calls()[3]["created_at"]
    assert len(calls(start_date=some)) == 4
    assert len(calls(start_date=some, end_date=some)) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("start_date=2026-06-02&end_date=2026-06-01", "INVALID_DATE_RANGE"),
        ("start_date=soon", "INVALID_DATE_RANGE"),
        ("limit=0", "INVALID_REQUEST"),
        ("limit=101", "INVALID_REQUEST"),
        ("status=gone", "INVALID_REQUEST"),
    ],
)
def test_bad_queries(whispey: httpx.Client, query: str, expected: str) -> None:
    """A bad parameter is a 400 whose details map its name to a reason."""
    response = whispey.get(f"/calls?{query}")
    assert code(response) == (400, expected)
    assert query.partition("=")[0] in response.json()["error"]["details"]


def test_a_call_in_full(whispey: httpx.Client) -> None:
    """The detail adds transcript and measurements."""
    call = data(whispey.get("/calls/call-0119"))
    assert {turn["speaker"] for turn in call["transcript"]} <= {"user", "agent"}
    assert set(call["metrics"]) == {
        "stt_accuracy",
        "tts_quality",
        "response_time_avg",
        "user_satisfaction",
    }
    assert code(whispey.get("/calls/nope")) == (404, "CALL_NOT_FOUND")


@pytest.mark.parametrize(("period", "days"), [("1d", 1), ("7d", 7), ("30d", 30), ("1y", 365)])
def test_agent_analytics(whispey: httpx.Client, period: str, days: int) -> None:
    """Trends have one value per day and add up to the totals."""
    path = "/analytics/agents/agent-support"
    found = data(whispey.get(path, params={"period": period}))
    trends, metrics = found["trends"], found["metrics"]
    assert {len(values) for values in trends.values()} == {days}
    assert sum(trends["calls_per_day"]) == metrics["total_calls"]
    assert sum(trends["cost_per_day"]) == pytest.approx(metrics["total_cost"])
    providers = found["provider_breakdown"]
    assert set(providers) == {"openai", "deepgram", "elevenlabs"}
    costs = sum(provider["cost"] for provider in providers.values())
    assert costs == pytest.approx(metrics["total_cost"], abs=0.01)


def test_cost_analytics(whispey: httpx.Client) -> None:
    """Shares add up to 100 percent, days to the total, in order of date."""
    found = data(whispey.get("/analytics/costs", params={"period": "90d"}))
    shares = found["cost_breakdown"]
    assert sum(share["percentage"] for share in shares.values()) == pytest.approx(100, abs=0.2)
    assert sum(day["cost"] for day in found["daily_costs"]) == pytest.approx(found["total_cost"])
    dates = [day["date"] for day in found["daily_costs"]]
    assert (dates, len(dates)) == (sorted(set(dates)), 90)
    alone = data(whispey.get("/analytics/costs", params={"agent_id": "agent-survey"}))
    assert (alone["period"], alone["total_cost"]) == ("30d", 0)


def test_a_bad_period(whispey: httpx.Client) -> None:
    """Only the five documented periods exist."""
    assert code(whispey.get("/analytics/costs?period=2d")) == (400, "INVALID_REQUEST")


def test_ingested_calls_show_up(
    whispey: httpx.Client, ingest: httpx.Client, control: Control
) -> None:
    """An ingested call becomes an agent, a call and totals in the REST API."""
    ingest.post("/send-call-log", json=STARTED)
    call = data(whispey.get("/calls?agent_id=agent-live"))[0]
    assert (call["status"], call["duration"], call["cost"]) == ("in_progress", None, None)
    detail = data(whispey.get(f"/calls/{call['id']}"))
    assert (detail["transcript"], detail["metrics"]) == (None, None)
    assert call["session_id"] == "s-1"
    control.advance(120)
    ingest.post("/send-call-log", json=ENDED)
    done = data(whispey.get(f"/calls/{call['id']}"))
    assert (done["status"], done["duration"], done["cost"]) == ("completed", 120.0, 0.24)
    assert data(whispey.get("/agents/agent-live"))["metrics"]["total_calls"] == 1


def test_webhooks_hear_of_ended_calls(
    whispey: httpx.Client, ingest: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """A webhook gets its subscribed events, signed with the sandbox's own scheme."""
    body = {"url": receiver.url, "events": ["call.completed"], "secret": "s3cret"}
    response = whispey.post("/webhooks", json=body)
    assert response.status_code == 201
    made = data(response)
    assert (made["url"], made["status"], "secret" in made) == (receiver.url, "active", False)
    ingest.post("/send-call-log", json=ENDED)
    ingest.post("/send-call-log", json={**ENDED, "call_ended_reason": "error"})
    control.deliveries()
    assert receiver.events == ["call.completed"]
    received = receiver.received[0]
    expected = hmac.new(b"s3cret", received.body, hashlib.sha256).hexdigest()
    assert received.headers["x-whispey-signature"] == expected
    assert received.json["data"]["agent_id"] == "agent-live"


def test_failed_calls_and_other_events(
    whispey: httpx.Client, ingest: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """Without a secret nothing is signed; known and unknown events can be emitted."""
    events = ["call.failed", "cost.alert"]
    whispey.post("/webhooks", json={"url": receiver.url, "events": events})
    ingest.post("/send-call-log", json={**ENDED, "call_ended_reason": "timeout"})
    assert control.emit("whispey", "cost.alert", threshold=100) == 1
    assert control.emit("whispey", "performance.alert") == 0
    assert control.emit("whispey", "moon.phase") == 1
    assert receiver.events == ["call.failed", "cost.alert", "moon.phase"]
    assert "x-whispey-signature" not in receiver.received[0].headers
    assert receiver.received[1].json["data"] == {"threshold": 100}


@pytest.mark.parametrize("url", ["ftp://x", "nowhere", 5])
def test_webhooks_need_a_url(whispey: httpx.Client, url: Any) -> None:
    """Only http and https URLs are accepted."""
    response = whispey.post("/webhooks", json={"url": url, "events": []})
    assert code(response) == (400, "INVALID_REQUEST")


def test_keys(whispey: httpx.Client) -> None:
    """A missing and a wrong key are both INVALID_API_KEY."""
    for authorization in ("", "Bearer pype_wrong", "pype_sandbox"):
        response = whispey.get("/agents", headers={"Authorization": authorization})
        assert code(response) == (401, "INVALID_API_KEY")


@pytest.mark.parametrize("style", ["epoch", "delta"])
def test_rate_limit_headers(whispey: httpx.Client, control: Control, style: str) -> None:
    """Every response describes the window; one too many is a 429 without Retry-After."""
    control.configure(whispey={"rate_limit": 2, "rate_window_seconds": 60, "reset_style": style})
    first = whispey.get("/agents")
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == (
        "2",
        "1",
    )
    reset = int(first.headers["x-ratelimit-reset"])
    assert reset == 60 if style == "delta" else reset > 10**9
    assert whispey.get("/agents").headers["x-ratelimit-remaining"] == "0"
    refused = whispey.get("/agents")
    assert code(refused) == (429, "RATE_LIMIT_EXCEEDED")
    assert "retry-after" not in refused.headers
    control.advance(60)
    assert whispey.get("/agents").is_success


def test_errors_may_be_texts(whispey: httpx.Client, control: Control) -> None:
    """The shape that the vendor's real routes send can be configured."""
    control.configure(whispey={"error_style": "string"})
    response = whispey.get("/calls/nope").json()
    assert response == {"success": False, "error": "The call does not exist"}


def test_paths_and_methods_outside_the_contract(whispey: httpx.Client) -> None:
    """404, 405 and 415 keep the vendor's envelope."""
    assert code(whispey.get("/nothing")) == (404, "NOT_FOUND")
    assert code(whispey.delete("/agents")) == (405, "METHOD_NOT_ALLOWED")
    assert code(whispey.post("/webhooks", content=b"x")) == (415, "UNSUPPORTED_MEDIA_TYPE")
