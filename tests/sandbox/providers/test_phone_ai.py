"""Phone.ai in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.sandbox.support import PLAIN

if TYPE_CHECKING:
    from tests.sandbox.support import Receiver

    from trunkline.sandbox import Control, Sandbox


def test_the_life_of_a_call(phone_ai: httpx.Client, control: Control) -> None:
    """A call accepts responses, audio and routing until it is hung up."""
    call = phone_ai.post("/calls", json={"to": "+15005550007", "voice": "v1"}).json()
    assert call["received"] == {"to": "+15005550007", "voice": "v1"}
    path = f"/calls/{call['callId']}"
    control.advance(3)
    for method, verb in (("POST", "respond"), ("PUT", "audio"), ("PUT", "route")):
        response = phone_ai.request(method, f"{path}/{verb}", json={"x": verb}).json()
        assert (response["status"], response["received"]) == ("in_progress", {"x": verb})
    for _ in range(2):
        assert phone_ai.put(f"{path}/hangup").json()["status"] == "completed"
    late = phone_ai.post(f"{path}/respond", json={})
    assert (late.status_code, late.json()) == (400, {"message": "The call has ended"})


def test_a_call_ends_by_itself(phone_ai: httpx.Client, control: Control) -> None:
    """Without a number a call completes normally; the body may be omitted."""
    call = phone_ai.post("/calls").json()
    control.advance(60)
    assert phone_ai.put(f"/calls/{call['callId']}/audio").status_code == 400


def test_escalation_means_nothing_here(phone_ai: httpx.Client, control: Control) -> None:
    """A call to the escalating number just completes."""
    call = phone_ai.post("/calls", json={"to": "+15005550009"}).json()
    control.advance(60)
    assert phone_ai.put(f"/calls/{call['callId']}/hangup").json()["status"] == "completed"


def test_the_life_of_an_agent(phone_ai: httpx.Client) -> None:
    """An update keeps unnamed fields, and a persona can be set repeatedly."""
    agent = phone_ai.post("/agents", json={"name": "A", "voice": "v"}).json()
    path = f"/agents/{agent['agentId']}"
    assert phone_ai.put(path, json={"name": "B"}).json()["agent"] == {"name": "B", "voice": "v"}
    for persona in ({"tone": "calm"}, {"tone": "brisk"}):
        response = phone_ai.post(f"{path}/persona", json=persona).json()
        assert response["agent"]["persona"] == persona


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/calls/nope/hangup"), ("PUT", "/agents/nope"), ("POST", "/agents/nope/persona")],
)
def test_unknown_ids(phone_ai: httpx.Client, method: str, path: str) -> None:
    """The page documents no 404, so an unknown id is a 400."""
    assert phone_ai.request(method, path, json={}).status_code == 400


@pytest.mark.parametrize("body", [[], "text", 5])
def test_bodies_are_objects(phone_ai: httpx.Client, body: Any) -> None:
    """Anything but an object is a 400 with a message."""
    response = phone_ai.post("/calls", json=body)
    assert (response.status_code, list(response.json())) == (400, ["message"])


def test_rate_limit(phone_ai: httpx.Client, control: Control) -> None:
    """Every response describes the window; a 429 does not say when it ends."""
    control.configure(phone_ai={"rate_limit": 1})
    first = phone_ai.post("/calls")
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == (
        "1",
        "0",
    )
    refused = phone_ai.post("/calls")
    assert refused.status_code == 429
    assert not {"retry-after", "x-ratelimit-reset"} & set(refused.headers)
    control.advance(60)
    assert phone_ai.post("/calls").is_success


def test_texts(phone_ai: httpx.Client, control: Control, receiver: Receiver) -> None:
    """A text is a free-form object, sent to the configured URL."""
    assert control.emit("phone_ai", "inboundText", anything=1) == 0
    control.configure(phone_ai={"webhook_url": receiver.url})
    assert control.emit("phone_ai", "inboundText", anything=1) == 1
    assert receiver.received[0].json == {"anything": 1}
    assert phone_ai.get("/nothing").status_code == 404


def test_tokens(sandbox: Sandbox) -> None:
    """A token is required."""
    response = httpx.post(f"{sandbox.phone_ai_url}/calls", **PLAIN)
    assert (response.status_code, response.json()) == (401, {"message": "Authentication failed"})
