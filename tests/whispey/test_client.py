"""The Whispey client as a whole: ids, raw forms, keys and servers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.conftest import KEY
from tests.whispey.page import success

from trunkline import AsyncWhispey, Whispey
from trunkline import whispey as package
from trunkline.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers import Backend, Scripted


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
    """Without an id it would be the path of another operation."""
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
    """Headers come with the result; a reset given as an epoch becomes seconds from now."""
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
    """The page's ``requests`` call and ``response.json()["data"]`` are one call here."""
    server.then(Reply(200, success([page.CALL], pagination={"total": 1, "has_more": False})))
    monkeypatch.setenv("WHISPEY_API_KEY", KEY)
    monkeypatch.setenv("WHISPEY_BASE_URL", server.url)
    with Whispey() as whispey:
        calls = list(whispey.calls.list(agent_id="your-agent-id"))
    assert calls[0]["metadata"]["phone_number"] == "+1234567890"
    assert server.asked[0].path == "/v1/calls?agent_id=your-agent-id"


def test_a_missing_key_names_both_ways_to_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to pass the key."""
    monkeypatch.delenv("WHISPEY_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match=r"api_key=.*WHISPEY_API_KEY"):
        Whispey()


def test_the_default_servers() -> None:
    """The page's production server; for records, the server of the vendor's packages."""
    with Whispey(KEY) as whispey:
        assert repr(whispey) == "Whispey(base_url='https://api.whispey.ai')"
        assert whispey.ingest_url.endswith(".amazonaws.com/dev/send-call-log")
        assert KEY not in repr(vars(whispey))


def test_the_generated_client_sends_through_the_same_session(server: Scripted) -> None:
    """``client.raw`` sends the key although it does not know it."""
    from trunkline_generated.whispey.api.agents import list_agents

    server.then(Reply(200, success([])))
    with Whispey(KEY, base_url=server.url) as whispey:
        list_agents.sync(client=whispey.raw)
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_package_s_names() -> None:
    """Names are imported on use; a misspelt one is refused."""
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="Wispey"):
        _ = package.Wispey  # type: ignore[attr-defined]  # misspelt on purpose


@pytest.mark.parametrize("name", ["agents", "calls", "analytics", "webhooks", "exports", "ingest"])
def test_sync_and_async_have_the_same_methods(name: str) -> None:
    """Both clients have the same methods."""
    here, there = getattr(Whispey(KEY), name), getattr(AsyncWhispey(KEY), name)
    assert {n for n in dir(here) if n[0] != "_"} == {n for n in dir(there) if n[0] != "_"}
