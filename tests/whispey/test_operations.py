"""The page's examples: what is sent, and what is made of the responses."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.conftest import KEY
from tests.whispey.page import success

from trunkline import AsyncWhispey, Secret, Whispey
from trunkline import whispey as package
from trunkline.errors import BadRequestError, ConfigurationError, InvalidArgumentError
from trunkline.whispey import CallStatus, EventName, ExportFormat, Period, Speaker

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
    """Of a single agent the totals are in ``metrics``."""
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
    """Absent, null and unheard-of fields cost nothing."""
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
    """Costs by kind and by day, of one agent or of all."""
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


def test_a_webhook_is_created(whispey: Backend, server: Scripted) -> None:
    """The body is the page's, and 201 does as well as 200."""
    server.then(Reply(201, success(page.WEBHOOK)))
    hook = whispey(
        lambda client: client.webhooks.create(
            url="https://your-app.com/webhooks/obsera",
            events=["call.completed", EventName.COST_ALERT],
            secret=Secret("your_webhook_secret"),
        )
    )
    assert (hook.id, hook.events) == ("webhook-123", ["call.completed", "cost.alert"])
    assert server.asked[0].json == {
        "url": "https://your-app.com/webhooks/obsera",
        "events": ["call.completed", "cost.alert"],
        "secret": "your_webhook_secret",
    }


def test_a_webhook_without_a_secret(whispey: Backend, server: Scripted) -> None:
    """The secret may be left out."""
    server.then(Reply(200, success(page.WEBHOOK)))
    whispey(lambda client: client.webhooks.create(url="https://a.example", events=("cost.alert",)))
    assert server.asked[0].json == {"url": "https://a.example", "events": ["cost.alert"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"url": "ftp://a.example"}, "url"),
        ({"url": "a.example"}, "url"),
        ({"url": None}, "url"),
        ({"url": "http://[::1"}, "url"),
        ({"events": "call.completed"}, "a list"),
        ({"events": None}, "a list"),
        ({"events": ["call.started"]}, "must be one of"),
        ({"events": [None]}, "must be one of"),
        ({"secret": ""}, "secret"),
        ({"secret": Secret("")}, "pickled"),
    ],
)
def test_unusable_webhooks_are_refused(
    whispey: Backend, server: Scripted, arguments: dict[str, Any], said: str
) -> None:
    """Each argument is checked before anything is sent."""
    usable: dict[str, Any] = {"url": "https://a.example", "events": ["cost.alert"]}
    with pytest.raises(InvalidArgumentError, match=said):
        whispey(lambda client: client.webhooks.create(**{**usable, **arguments}))
    assert not server.asked


def test_a_webhook_s_secret_stays_hidden(whispey: Backend, server: Scripted) -> None:
    """Not even a server that quotes it puts it into an error's text, details or pickle."""
    details = {"hunter2": ["hunter2 is short", 3, None], "b": {"c": "xhunter2x"}}
    server.then(
        Reply(400, {"error": {"code": "X", "message": "bad 'hunter2'", "details": details}}),
        Reply(400, {"error": "bad hunter2"}),
    )

    def create(client: Any, secret: str | None = "hunter2") -> Any:
        return client.webhooks.create(url="https://a.example", events=[], secret=secret)

    with pytest.raises(BadRequestError, match="bad") as caught:
        whispey(create)
    again = pickle.loads(pickle.dumps(caught.value))
    for error in (caught.value, again):
        assert "hunter2" not in f"{error}{error!r}{error.details}"
    assert again.details["b"] == {"c": "x[secret]x"}
    with pytest.raises(BadRequestError, match="bad hunter2"):
        whispey(lambda client: create(client, None))


def test_an_export_is_created(whispey: Backend, server: Scripted) -> None:
    """The body is the page's; a day is its first instant and a time without a zone is UTC."""
    server.then(Reply(202, success(page.EXPORT_CREATED)))
    made = whispey(
        lambda client: client.exports.create(
            agent_id="agent-123",
            format="csv",
            start=date(2024, 1, 1),
            end=datetime(2024, 1, 31, 23, 59, 59),  # noqa: DTZ001 - naive on purpose
            include_transcripts=True,
            include_metrics=False,
        )
    )
    assert (made.export_id, made.status, made["export_id"]) == (
        "export-456",
        "processing",
        "export-456",
    )
    assert server.asked[0].path == "/v1/export/calls"
    assert server.asked[0].json == {
        "agent_id": "agent-123",
        "format": "csv",
        "date_range": {"start": "2024-01-01T00:00:00+00:00", "end": "2024-01-31T23:59:59+00:00"},
        "include_transcripts": True,
        "include_metrics": False,
    }


def test_an_export_may_name_any_format_and_half_a_range(whispey: Backend, server: Scripted) -> None:
    """The vendor's list of formats is incomplete, and nothing says that a range needs two ends."""
    server.then(Reply(200, success(page.EXPORT_CREATED)), Reply(200, success(page.EXPORT_CREATED)))
    whispey(lambda client: client.exports.create(format="xlsx", end="2024-02-01"))
    assert server.asked[0].json == {
        "format": "xlsx",
        "date_range": {"end": "2024-02-01T00:00:00+00:00"},
    }
    whispey(lambda client: client.exports.create(format=ExportFormat.JSON))
    assert server.asked[1].json == {"format": "json"}


@pytest.mark.parametrize(
    "arguments", [{"format": 5}, {"start": "yesterday"}, {"end": "2024-13-01"}]
)
def test_unusable_exports_are_refused(
    whispey: Backend, server: Scripted, arguments: dict[str, Any]
) -> None:
    """What is no format or no date is refused before anything is sent."""
    with pytest.raises(InvalidArgumentError, match=next(iter(arguments))):
        whispey(lambda client: client.exports.create(**arguments))
    assert not server.asked


def test_the_state_of_an_export(whispey: Backend, server: Scripted) -> None:
    """The size is a text for people; the export may be named by its id or by itself."""
    server.then(Reply(200, success(page.EXPORT)), Reply(200, success(page.EXPORT)))
    found = whispey(lambda client: client.exports.get("export-456"))
    assert (found.file_size, found.record_count) == ("2.5MB", 1250)
    assert whispey(lambda client: client.exports.get(found)).id == "export-456"
    assert {asked.path for asked in server.asked} == {"/v1/exports/export-456"}


def test_calls_are_filtered(whispey: Backend, server: Scripted) -> None:
    """A day stays a day, a time gets its zone, and every filter is sent."""
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
    """A bound, state or date that the contract does not know is refused."""
    with pytest.raises(InvalidArgumentError, match=next(iter(arguments))):
        whispey.items(lambda client: client.calls.list(**arguments))
    assert not server.asked


@pytest.mark.parametrize("odd", ["a/b", "a?b", "..", "ü", "a%2Fb"])
@pytest.mark.parametrize(
    ("action", "slashes"),
    [
        (lambda client, odd: client.agents.get(odd), 3),
        (lambda client, odd: client.calls.get(odd), 3),
        (lambda client, odd: client.analytics.agent(odd), 4),
        (lambda client, odd: client.exports.get(odd), 3),
    ],
)
def test_odd_ids_stay_one_segment(
    whispey: Backend, server: Scripted, odd: str, action: Callable[[Any, str], Any], slashes: int
) -> None:
    """An id cannot lead a request to another path."""
    server.then(Reply(200, success({"id": "x"})))
    whispey(lambda client: action(client, odd))
    path = server.asked[0].path
    assert path.count("/") == slashes
    assert "?" not in path


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.agents.get(""),
        lambda client: client.calls.get(" "),
        lambda client: client.analytics.agent(""),
        lambda client: client.exports.get(""),
        lambda client: client.exports.wait(""),
        lambda client: client.exports.download("", "x.csv"),
    ],
)
def test_empty_ids_are_refused(
    whispey: Backend, server: Scripted, action: Callable[[Any], Any]
) -> None:
    """Without an id the path would be that of another operation."""
    with pytest.raises(InvalidArgumentError, match="non-empty"):
        whispey(action)
    assert not server.asked


@pytest.mark.parametrize(
    ("action", "response"),
    [
        (lambda raw: raw.agents.with_raw_response.list(), success([])),
        (lambda raw: raw.agents.with_raw_response.get("a"), success(page.AGENT)),
        (lambda raw: raw.calls.with_raw_response.get("a"), success(page.CALL)),
        (lambda raw: raw.calls.with_raw_response.list(), success([])),
        (lambda raw: raw.analytics.with_raw_response.agent("a"), success({})),
        (lambda raw: raw.analytics.with_raw_response.costs(), success({})),
        (
            lambda raw: raw.webhooks.with_raw_response.create(url="https://a.example", events=[]),
            success(page.WEBHOOK),
        ),
        (lambda raw: raw.exports.with_raw_response.create(), success(page.EXPORT_CREATED)),
        (lambda raw: raw.exports.with_raw_response.get("e"), success(page.EXPORT)),
        (lambda raw: raw.exports.with_raw_response.wait("e"), success(page.EXPORT)),
    ],
)
def test_every_method_has_a_raw_form(
    whispey: Backend, server: Scripted, action: Callable[[Any], Any], response: Any
) -> None:
    """Headers stand beside the result; an epoch as reset becomes seconds from now."""
    headers = {
        "X-RateLimit-Limit": "1000",
        "X-RateLimit-Remaining": "998",
        "X-RateLimit-Reset": "3600",
        "x-request-id": "r-1",
    }
    server.then(Reply(200, response, headers))
    raw = whispey(action)
    assert (raw.status_code, raw.request_id, raw.attempts) == (200, "r-1", 1)
    limit = raw.rate_limit
    assert (limit.limit, limit.remaining, limit.reset) == (1000, 998, 3600)


def test_the_page_s_rest_sample(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page does with ``requests`` and ``response.json()["data"]`` is one call here."""
    server.then(Reply(200, success([page.CALL], pagination={"total": 1, "has_more": False})))
    monkeypatch.setenv("WHISPEY_API_KEY", KEY)
    monkeypatch.setenv("WHISPEY_BASE_URL", server.url)
    with Whispey() as whispey:
        calls = list(whispey.calls.list(agent_id="your-agent-id"))
    assert calls[0]["metadata"]["phone_number"] == "+1234567890"
    assert server.asked[0].path == "/v1/calls?agent_id=your-agent-id"


def test_a_missing_key_names_both_ways_to_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever forgot the key learns how to give it."""
    monkeypatch.delenv("WHISPEY_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match=r"api_key=.*WHISPEY_API_KEY"):
        Whispey()


def test_the_default_servers() -> None:
    """The page's production server, and for records the one that the vendor's packages post to."""
    with Whispey(KEY) as whispey:
        assert repr(whispey) == "Whispey(base_url='https://api.whispey.ai')"
        assert whispey.ingest_url.endswith(".amazonaws.com/dev/send-call-log")
        assert KEY not in repr(vars(whispey))


def test_the_generated_client_takes_the_same_road(server: Scripted) -> None:
    """``client.raw`` sends the key that it does not know itself."""
    from trunkline_generated.whispey.api.agents import list_agents

    server.then(Reply(200, success([])))
    with Whispey(KEY, base_url=server.url) as whispey:
        list_agents.sync(client=whispey.raw)
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_room_s_names() -> None:
    """Names are imported when they are used; a misspelt one is refused."""
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="Wispey"):
        _ = package.Wispey  # type: ignore[attr-defined]  # misspelt on purpose


@pytest.mark.parametrize("name", ["agents", "calls", "analytics", "webhooks", "exports", "ingest"])
def test_the_colours_have_the_same_methods(name: str) -> None:
    """What one client can do, its twin can."""
    here, there = getattr(Whispey(KEY), name), getattr(AsyncWhispey(KEY), name)
    assert {n for n in dir(here) if n[0] != "_"} == {n for n in dir(there) if n[0] != "_"}
