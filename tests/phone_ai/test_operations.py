"""What each of the eight operations sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply

from trunkline.errors import ConfigurationError, InvalidArgumentError
from trunkline.phone_ai import PhoneAI

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers import Backend, Scripted

OPERATIONS: list[tuple[Callable[[Any], Any], str, str]] = [
    (lambda phone: phone.calls.create(data="x"), "POST", "/api/calls"),
    (lambda phone: phone.calls.hangup("c1", data="x"), "PUT", "/api/calls/c1/hangup"),
    (lambda phone: phone.calls.respond("c1", data="x"), "POST", "/api/calls/c1/respond"),
    (lambda phone: phone.calls.audio("c1", data="x"), "PUT", "/api/calls/c1/audio"),
    (lambda phone: phone.calls.route("c1", data="x"), "PUT", "/api/calls/c1/route"),
    (lambda phone: phone.agents.create(data="x"), "POST", "/api/agents"),
    (lambda phone: phone.agents.update("a1", data="x"), "PUT", "/api/agents/a1"),
    (lambda phone: phone.agents.persona("a1", data="x"), "POST", "/api/agents/a1/persona"),
]


@pytest.mark.parametrize(("action", "method", "path"), OPERATIONS, ids=[o[2] for o in OPERATIONS])
def test_fields_pass_through_both_ways(
    phone: Backend, server: Scripted, action: Callable[[Any], Any], method: str, path: str
) -> None:
    """Every field is sent as given, and every field of the response can be read."""
    server.then(Reply(200, {"callId": "c1", "nested": {"deep": [1, None]}}))
    result = phone(action)
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.json) == (method, path, {"data": "x"})
    assert asked.headers["authorization"] == "Bearer token-1"
    assert asked.headers["content-type"] == "application/json"
    assert result["callId"] == "c1"
    assert result.get("nested") == {"deep": [1, None]}
    assert result.get("missing") is None
    assert "missing" not in result


def test_without_fields_there_is_no_body(phone: Backend, server: Scripted) -> None:
    """The body is optional in the contract, so none is made up."""
    phone(lambda client: client.calls.hangup("c1"))
    assert server.asked[0].body == b""
    assert server.asked[0].headers["content-length"] == "0"


def test_a_reserved_word_is_written_with_an_underscore(phone: Backend, server: Scripted) -> None:
    """The field ``from`` can be given as ``from_``; other underscores stay."""
    phone(lambda client: client.calls.create(from_="a", class_="b", note_="c"))
    assert server.asked[0].json == {"from": "a", "class": "b", "note_": "c"}


@pytest.mark.parametrize("odd", ["a/b", "a?b", "..", ".", "ä b", "a%2Fb", "a#b"])
def test_odd_ids_stay_one_segment(phone: Backend, server: Scripted, odd: str) -> None:
    """An id cannot lead a request to another operation."""
    phone(lambda client: client.calls.hangup(odd))
    path = server.asked[0].path
    assert path.startswith("/api/calls/")
    assert path.endswith("/hangup")
    assert path.count("/") == 4
    assert "?" not in path


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize("name", ["hangup", "respond", "audio", "route"])
def test_an_empty_call_id_is_refused(
    phone: Backend, server: Scripted, empty: str, name: str
) -> None:
    """Without an id it would be another path, so nothing is sent."""
    with pytest.raises(InvalidArgumentError, match="call_id"):
        phone(lambda client: getattr(client.calls, name)(empty))
    assert not server.asked


@pytest.mark.parametrize("name", ["update", "persona"])
def test_an_empty_agent_id_is_refused(phone: Backend, server: Scripted, name: str) -> None:
    """The same holds for agents."""
    with pytest.raises(InvalidArgumentError, match="agent_id"):
        phone(lambda client: getattr(client.agents, name)(""))
    assert not server.asked


def test_a_field_without_a_json_form_is_refused(phone: Backend, server: Scripted) -> None:
    """A value that JSON cannot hold is our own error, which does not show the value."""
    with pytest.raises(InvalidArgumentError, match="JSON") as caught:
        phone(lambda client: client.calls.create(to={"+15555550123"}))
    assert "+15555550123" not in str(caught.value)
    assert not server.asked


def test_raw_responses_show_the_rate_limit(phone: Backend, server: Scripted) -> None:
    """The two documented headers are read as numbers; anything else counts as absent."""
    headers = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "97"}
    server.then(Reply(200, {"callId": "c1"}, headers))
    raw = phone(lambda client: client.calls.with_raw_response.create(data="x"))
    assert (raw.parsed["callId"], raw.status_code) == ("c1", 200)
    assert (raw.rate_limit.limit, raw.rate_limit.remaining) == (100, 97)
    assert raw.rate_limit.reset is None
    server.then(Reply(200, {}, {"X-RateLimit-Limit": "many"}))
    raw = phone(lambda client: client.agents.with_raw_response.update("a1"))
    assert raw.rate_limit.limit is None


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.calls.with_raw_response.hangup("c1"),
        lambda client: client.calls.with_raw_response.respond("c1"),
        lambda client: client.calls.with_raw_response.audio("c1"),
        lambda client: client.calls.with_raw_response.route("c1"),
        lambda client: client.agents.with_raw_response.create(),
        lambda client: client.agents.with_raw_response.persona("a1"),
    ],
)
def test_every_method_has_a_raw_form(phone: Backend, action: Callable[[Any], Any]) -> None:
    """Each operation can also return the raw response with its result."""
    assert phone(action).content == b"{}"


def test_the_generated_client_sends_through_the_same_session(server: Scripted) -> None:
    """``client.raw`` sends the token although it does not know it."""
    from trunkline_generated.phone_ai.api.calls import create_call

    with PhoneAI("token-1", base_url=f"{server.url}/api") as phone:
        create_call.sync(client=phone.raw)
    assert server.asked[0].headers["authorization"] == "Bearer token-1"


def test_the_token_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, server: Scripted
) -> None:
    """PHONE_AI_API_KEY and PHONE_AI_BASE_URL configure a client without arguments."""
    monkeypatch.setenv("PHONE_AI_API_KEY", "token-2")
    monkeypatch.setenv("PHONE_AI_BASE_URL", f"{server.url}/api/")
    with PhoneAI() as phone:
        phone.calls.create(data="x")
    assert server.asked[0].headers["authorization"] == "Bearer token-2"
    assert server.asked[0].path == "/api/calls"


def test_a_missing_token_names_both_ways_to_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to pass the token."""
    monkeypatch.delenv("PHONE_AI_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match=r"api_key=.*PHONE_AI_API_KEY"):
        PhoneAI()


def test_the_default_server_is_the_page_s() -> None:
    """Host and prefix come from the page's only example URL."""
    with PhoneAI("token-1") as phone:
        assert repr(phone) == "PhoneAI(base_url='https://phone.ai/api')"
