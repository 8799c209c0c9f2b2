"""The page's examples: the requests, and how the responses are read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.conftest import KEY
from tests.whispey.page import success

from trunkline.errors import InvalidArgumentError
from trunkline.whispey import CallStatus, Period, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers import Backend, Scripted


def query_of(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def test_agents_in_a_list(whispey: Backend, server: Scripted) -> None:
    """The list is unwrapped; totals are fields of the agent itself."""
    server.then(Reply(200, success([page.AGENT_IN_LIST])))
    (agent,) = whispey(lambda client: client.agents.list())
    assert (agent.id, agent.total_calls, agent.success_rate) == ("agent-123", 1250, 94.2)
    assert agent.created_at == datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("GET", "/v1/agents")
    assert asked.headers["authorization"] == f"Bearer {KEY}"


def test_one_agent(whispey: Backend, server: Scripted) -> None:
    """For a single agent the totals are in ``metrics``."""
    server.then(Reply(200, success({**page.AGENT, "metrics": page.AGENT_METRICS})))
    agent = whispey(lambda client: client.agents.get("agent-123"))
    assert (agent.metrics.total_cost, agent.metrics["avg_duration"]) == (187.5, 180)
    assert server.asked[0].path == "/v1/agents/agent-123"


def test_one_call_with_its_transcript(whispey: Backend, server: Scripted) -> None:
    """A call has its turns and measurements; its personal data are not in its repr."""
    server.then(Reply(200, success(page.CALL_DETAIL)))
    call = whispey(lambda client: client.calls.get("call-789"))
    assert [turn.speaker for turn in call.transcript] == [Speaker.USER, "agent"]
    assert (call.status, call.metrics.tts_quality) == (CallStatus.COMPLETED, 4.8)
    assert call.metadata["customer_name"] == "John Doe"
    assert "John" not in repr(call)
    assert "+1234567890" not in repr(call)
    assert "help" not in repr(call)


def test_a_call_in_progress_may_lack_everything(whispey: Backend, server: Scripted) -> None:
    """Absent, null and unknown fields cause no error."""
    bare = {"id": "c", "status": "ringing", "duration": None, "transcript": None, "new": 1}
    server.then(Reply(200, success(bare, extra=True)))
    call = whispey(lambda client: client.calls.get("c"))
    assert (call.duration, call.cost, call.transcript, call.metrics) == (None, None, None, None)
    assert call.status == "ringing"
    assert call["new"] == 1


def test_analytics_of_an_agent(whispey: Backend, server: Scripted) -> None:
    """Totals, trends, and providers by name."""
    server.then(Reply(200, success(page.ANALYTICS)))
    found = whispey(lambda client: client.analytics.agent("agent-123", period="30d"))
    assert found.metrics.cost_per_call == 0.15
    assert found.trends.calls_per_day == [45, 52]
    assert found.provider_breakdown["openai"].calls == 625
    assert server.asked[0].path == "/v1/analytics/agents/agent-123?period=30d"


def test_costs(whispey: Backend, server: Scripted) -> None:
    """Costs by kind and by day, for one agent or for all."""
    server.then(Reply(200, success(page.COSTS)), Reply(200, success({"period": "1d"})))
    found = whispey(
        lambda client: client.analytics.costs(agent_id="agent-123", period=Period("1y"))
    )
    assert found.cost_breakdown.llm.providers["openai"] == 93.75
    assert found.daily_costs[0].date == date(2024, 1, 1)
    assert query_of(server.asked[0].path) == {"agent_id": "agent-123", "period": "1y"}
    assert whispey(lambda client: client.analytics.costs()).total_cost is None
    assert server.asked[1].path == "/v1/analytics/costs"


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.analytics.agent("a", period="2d"),
        lambda client: client.analytics.costs(period="month"),
    ],
)
def test_an_unknown_period_is_refused(
    whispey: Backend, server: Scripted, action: Callable[[Any], Any]
) -> None:
    """Requests are strict: the known periods are listed and nothing is sent."""
    with pytest.raises(InvalidArgumentError, match="1d, 7d, 30d, 90d, 1y"):
        whispey(action)
    assert not server.asked


def test_calls_are_filtered(whispey: Backend, server: Scripted) -> None:
    """A date stays a date, a time gets its zone, and every filter is sent."""
    server.then(Reply(200, success([page.CALL], pagination={"total": 1, "has_more": False})))
    zone = timezone(timedelta(hours=2))
    listed = whispey(
        lambda client: client.calls.list(
            agent_id="agent-123",
            limit=100,
            offset=0,
            start_date=datetime(2024, 1, 1, 12, tzinfo=zone),
            end_date="2024-01-31",
            status=CallStatus.COMPLETED,
        )
    )
    assert (listed.items[0].cost, listed.total, len(listed.items)) == (0.15, 1, 1)
    assert query_of(server.asked[0].path) == {
        "agent_id": "agent-123",
        "limit": "100",
        "offset": "0",
        "start_date": "2024-01-01T12:00:00+02:00",
        "end_date": "2024-01-31",
        "status": "completed",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": True},
        {"offset": -1},
        {"status": "done"},
        {"start_date": "soon"},
    ],
)
def test_calls_are_not_listed_by_nonsense(
    whispey: Backend, server: Scripted, arguments: dict[str, Any]
) -> None:
    """A bound, state or date outside the contract is refused."""
    with pytest.raises(InvalidArgumentError, match=next(iter(arguments))):
        whispey.items(lambda client: client.calls.list(**arguments))
    assert not server.asked
