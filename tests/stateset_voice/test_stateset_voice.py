"""StateSet Voice against the sandbox, over real sockets, in both backends."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from trunkline import AsyncStateSetVoice, StateSetVoice, errors
from trunkline.stateset_voice import StateSetVoiceClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.runtime import Runtime
    from trunkline.sandbox.server import Sandbox

KEY = "ssv_sandbox"
TO = "+15555555678"
FROM = "+15555551234"


@pytest.fixture
def client(sandbox: Sandbox, hasty: Runtime) -> Iterator[StateSetVoice]:
    with StateSetVoice(KEY, base_url=sandbox.stateset_url, runtime=hasty) as made:
        yield made


def test_the_vendor_s_sample_runs(sandbox: Sandbox) -> None:
    """The source page's client works under its own name and arguments."""
    with StateSetVoiceClient(KEY, base_url=sandbox.stateset_url) as client:
        made = client.make_call(to=TO, from_=FROM, agent_key="support_primary")
    with StateSetVoiceClient(KEY, sandbox.stateset_url) as client:  # as in the sample's class
        assert client.health.ready()
    assert made["call_sid"].startswith("CA")
    assert made.get("status") == "queued"
    assert (made.to, made.from_) == (TO, FROM)


def test_call_logs_are_paged_to_the_end(client: StateSetVoice) -> None:
    """Iterating a list fetches page after page and yields every call once."""
    sids = {client.make_call(to=TO).call_sid for _ in range(7)}
    page = client.call_logs.list(limit=3, direction="outbound")
    assert (len(page.items), page.limit, page.total) == (3, 3, 7)
    assert {log.call_sid for log in page} == sids
    assert [len(part.items) for part in client.call_logs.list(limit=3).pages()] == [3, 3, 1]


def test_call_logs_take_times_in_any_form(sandbox: Sandbox, client: StateSetVoice) -> None:
    """Dates, text and datetimes without a zone set the window in UTC."""
    client.make_call(to=TO)
    now = datetime.fromisoformat(sandbox.control.now())
    tomorrow = now.date() + timedelta(days=1)
    assert len(client.call_logs.list(from_=f"{now.date()}", to=now.replace(tzinfo=None)).items) == 1
    assert len(client.call_logs.list(from_=tomorrow).items) == 0
    with pytest.raises(errors.InvalidArgumentError, match="ISO 8601"):
        client.call_logs.list(from_="yesterday")


def test_voice_sessions_and_health(sandbox: Sandbox, client: StateSetVoice) -> None:
    """Sessions of finished calls are listed, and readiness is a plain True."""
    client.make_call(to=TO, agent_key="support_primary")
    sandbox.control.advance(60)
    sessions = client.voice_sessions.list(agent_key="support_primary", limit=10)
    assert [session.call_sid is not None for session in sessions] == [True]
    assert client.health.ready() is True
    sandbox.control.configure(stateset={"is_ready": False})
    with pytest.raises(errors.ServerError):
        client.with_options(max_retries=0).health.ready()


def test_incoming_calls_need_twilio_s_signature(client: StateSetVoice) -> None:
    """Without a valid signature the callback is refused, and the error says 401."""
    with pytest.raises(errors.AuthenticationError) as caught:
        client.calls.incoming(from_=FROM, to="+15005550190", call_sid="CA" + "0" * 32)
    assert caught.value.status == 401


def test_incoming_calls_answer_twiml(sandbox: Sandbox, client: StateSetVoice) -> None:
    """With the check off the response is the TwiML that opens the media stream."""
    sandbox.control.configure(stateset={"twilio_auth_token": None})
    twiml = client.calls.incoming(
        from_=FROM,
        to="+15005550190",
        call_sid="CA" + "0" * 32,
        account_sid="AC1",
        api_version="2010-04-01",
        call_status="ringing",
        direction="inbound",
        signature="ignored",
    )
    assert "<Stream" in twiml


def test_errors_carry_request_id_and_key(sandbox: Sandbox) -> None:
    """An error has the request id, the caller's own key, and its status's class."""
    unchecked = StateSetVoice(KEY, base_url=sandbox.stateset_url, check_phone_numbers=False)
    with unchecked, pytest.raises(errors.BadRequestError) as caught:
        unchecked.make_call(to="not a number", key="order-1")
    error = caught.value
    assert error.request_id
    assert error.key == "order-1"
    assert str(error).startswith(f"[{error.request_id}] stateset_voice.make_call: ")
    assert error.details == {"field": "to"}
    assert ": field to (status=400" in str(error)


def test_a_call_is_not_repeated_after_a_503(sandbox: Sandbox, client: StateSetVoice) -> None:
    """The vendor forbids repeating make-call after a 5xx, even with Retry-After."""
    sandbox.control.fault(
        "status", operation="make_call", status=503, headers={"Retry-After": "0"}, times=5
    )
    with pytest.raises(errors.ServerError) as caught:
        client.make_call(to=TO)
    assert caught.value.attempts == 1
    assert caught.value.maybe_accepted
    assert sandbox.control.seen("stateset", "make_call") == 1


def test_a_call_is_repeated_after_a_429(sandbox: Sandbox, client: StateSetVoice) -> None:
    """A refused request is repeated and places one call."""
    sandbox.control.fault("rate_limit", operation="make_call", form="seconds", seconds=1)
    made = client.calls.with_raw_response.make(to=TO)
    assert (made.attempts, made.status_code) == (2, 200)
    assert made.request_id
    assert sandbox.control.accepted("stateset", "make_call") == 1


def test_a_lost_answer_is_ambiguous(sandbox: Sandbox, client: StateSetVoice) -> None:
    """When the response is lost the call may have been placed, and it is not placed again."""
    sandbox.control.fault("reset", operation="make_call", when="after")
    with pytest.raises(errors.AmbiguousResultError) as caught:
        client.make_call(to=TO, key="order-9")
    assert caught.value.maybe_accepted
    assert sandbox.control.accepted("stateset", "make_call") == 1
    assert len(client.call_logs.list().items) == 1


def test_the_async_client_does_the_same(sandbox: Sandbox) -> None:
    """Every resource works with await and async for."""

    async def run() -> None:
        async with AsyncStateSetVoice(KEY, base_url=sandbox.stateset_url) as client:
            made = [await client.make_call(to=TO) for _ in range(5)]
            logs = [log.call_sid async for log in client.call_logs.list(limit=2)]
            assert set(logs) == {call.call_sid for call in made}
            page = await client.call_logs.list(limit=2)
            assert (len(page.items), page.total, page.has_next) == (2, 5, True)
            pages = [len(part.items) async for part in client.call_logs.list(limit=2).pages()]
            assert pages == [2, 2, 1]
            assert [s async for s in client.voice_sessions.list(limit=1)] == []
            raw = await client.health.with_raw_response.ready()
            assert raw.parsed is True
            listed = await client.call_logs.with_raw_response.list(limit=1)
            assert len(listed.parsed.items) == 1
            sessions = await client.voice_sessions.with_raw_response.list()
            assert sessions.status_code == 200

    asyncio.run(run())


def test_the_generated_client_shares_the_engine(sandbox: Sandbox, client: StateSetVoice) -> None:
    """A call through client.raw sends the key, is retried, and raises our errors."""
    from trunkline_generated.stateset_voice_public.api.call_logs import list_call_logs

    sandbox.control.fault("status", operation="list_call_logs", status=503)
    parsed = list_call_logs.sync(client=client.raw)
    assert parsed is not None
    assert sandbox.control.seen("stateset", "list_call_logs") == 2


def test_production_is_the_default_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """No client ever defaults to localhost, whatever the contract's first server is."""
    monkeypatch.delenv("STATESET_VOICE_BASE_URL", raising=False)
    monkeypatch.setenv("STATESET_VOICE_API_KEY", "from-the-environment")
    with StateSetVoice() as client:
        assert "https://voice.stateset.app" in repr(client)


def test_a_missing_key_names_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the argument and the environment variable."""
    monkeypatch.delenv("STATESET_VOICE_API_KEY", raising=False)
    with pytest.raises(errors.ConfigurationError, match=r"api_key=.*STATESET_VOICE_API_KEY"):
        StateSetVoice()
