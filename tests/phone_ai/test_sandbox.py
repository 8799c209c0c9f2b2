"""The eight operations against the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trunkline import PhoneAI
from trunkline.errors import AuthenticationError, BadRequestError, RateLimitError

if TYPE_CHECKING:
    from trunkline.sandbox import Sandbox


def test_a_call_from_beginning_to_end(sandbox: Sandbox) -> None:
    """A call is started, spoken into, given audio, routed and hung up."""
    with PhoneAI("phone_ai_sandbox", base_url=sandbox.phone_ai_url) as phone:
        call_id = phone.calls.create(to="+15555550123", from_="+15555550100")["callId"]
        sandbox.control.advance(4)
        assert phone.calls.respond(call_id, text="Hello")["received"] == {"text": "Hello"}
        phone.calls.audio(call_id, url="https://example.com/a.wav")
        phone.calls.route(call_id, to="+15555550124")
        assert phone.calls.hangup(call_id)["status"] == "completed"
        with pytest.raises(BadRequestError, match="ended"):
            phone.calls.respond(call_id, text="Hello?")


def test_an_agent_and_its_persona(sandbox: Sandbox) -> None:
    """An agent is created, changed, and given a persona twice with the same method."""
    with PhoneAI("phone_ai_sandbox", base_url=sandbox.phone_ai_url) as phone:
        agent_id = phone.agents.create(name="Ada")["agentId"]
        phone.agents.update(agent_id, name="Grace")
        phone.agents.persona(agent_id, tone="calm")
        persona = phone.agents.persona(agent_id, tone="warm")
        assert persona["agent"] == {"name": "Grace", "persona": {"tone": "warm"}}


def test_a_wrong_token(sandbox: Sandbox) -> None:
    """The vendor's 401 becomes an AuthenticationError."""
    with (
        PhoneAI("wrong", base_url=sandbox.phone_ai_url) as phone,
        pytest.raises(AuthenticationError, match="permissions"),
    ):
        phone.calls.create(to="+15555550123")


def test_the_limit_of_requests(sandbox: Sandbox) -> None:
    """Above the limit: a RateLimitError; the headers showed the limit before."""
    sandbox.control.configure(phone_ai={"rate_limit": 1})
    with PhoneAI("phone_ai_sandbox", base_url=sandbox.phone_ai_url, max_retries=0) as phone:
        raw = phone.agents.with_raw_response.create(name="Ada")
        assert (raw.rate_limit.limit, raw.rate_limit.remaining) == (1, 0)
        with pytest.raises(RateLimitError) as caught:
            phone.agents.create(name="Ada")
    assert caught.value.retry_after is None
