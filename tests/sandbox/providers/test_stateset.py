"""StateSet Voice in the sandbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.request_bodies import request_body
from tests.sandbox.support import PLAIN
from twilio.request_validator import RequestValidator

if TYPE_CHECKING:
    from tests.sandbox.support import Receiver

    from trunkline.sandbox import Control, Sandbox

PACKAGE = "stateset_voice_public"
CALLS, LOGS, SESSIONS = "/api/v1/make-call", "/api/v1/call-logs", "/api/v1/voice-sessions"
INCOMING = "/api/v1/incoming-call"
FORM = {"From": "+15555555678", "To": "+15555551234", "CallSid": "CA" + "1" * 32, "Blank": ""}


def make(stateset: httpx.Client, to: str = "+15555555678", **fields: str) -> dict[str, Any]:
    response = stateset.post(CALLS, json=request_body(PACKAGE, "make_call", to=to, **fields))
    assert response.status_code == 200, response.text
    return dict(response.json())


def logs(stateset: httpx.Client, **params: Any) -> list[dict[str, Any]]:
    return list(stateset.get(LOGS, params=params).json()["data"])


def ring(
    stateset: httpx.Client, form: dict[str, str], token: str = "twilio_sandbox", url: str = ""
) -> httpx.Response:
    target = url or f"{str(stateset.base_url).rstrip('/')}{INCOMING}"
    signature = RequestValidator(token).compute_signature(target, form)
    headers = {"Authorization": "", "X-Twilio-Signature": signature}
    return stateset.post(INCOMING, data=form, headers=headers)


def test_a_call_goes_its_way(stateset: httpx.Client, control: Control) -> None:
    """Statuses have Twilio's spelling, in the call log and everywhere else."""
    call = make(stateset, agent_key="support_primary")
    assert re.fullmatch("CA[0-9a-f]{32}", call["call_sid"])
    assert (call["ok"], call["status"], call["from"]) == (True, "queued", "+15005550190")
    seen = []
    for seconds in (1, 2, 30):
        control.advance(seconds)
        seen.append(logs(stateset)[0]["status"])
    assert seen == ["ringing", "in-progress", "completed"]
    done = logs(stateset)[0]
    assert (done["call_sid"], done["agent_key"]) == (call["call_sid"], "support_primary")
    assert (done["duration_seconds"], done["escalated"], done["direction"]) == (
        30,
        False,
        "outbound",
    )


@pytest.mark.parametrize(
    ("number", "status"),
    [("+15005550001", "failed"), ("+15005550002", "no-answer"), ("+15005550003", "busy")],
)
def test_calls_that_nobody_answers(
    stateset: httpx.Client, control: Control, number: str, status: str
) -> None:
    """Such calls are logged and have no session."""
    make(stateset, number)
    control.advance(60)
    assert [call["status"] for call in logs(stateset)] == [status]
    assert stateset.get(SESSIONS).json()["data"] == []


def test_sessions(stateset: httpx.Client, control: Control) -> None:
    """A session starts with the connection; the greeting is said first."""
    make(stateset, greeting="Good morning", agent_key="a")
    make(stateset, agent_key="b")
    control.advance(10)
    found = stateset.get(SESSIONS, params={"agent_key": "a"}).json()
    session = found["data"][0]
    assert session["transcript"][0]["text"] == "Good morning"
    by_stream = {"stream_id": session["stream_id"], "status": "active"}
    assert stateset.get(SESSIONS, params=by_stream).json()["total"] == 1
    control.advance(60)
    assert stateset.get(SESSIONS, params={"status": "completed"}).json()["total"] == 2
    assert stateset.get(SESSIONS, params={"status": "failed"}).json()["total"] == 0


def test_a_session_that_failed(stateset: httpx.Client, control: Control) -> None:
    """A call that breaks off leaves a failed session."""
    make(stateset, "+15005550004")
    control.advance(60)
    assert stateset.get(SESSIONS, params={"status": "failed"}).json()["total"] == 1


def test_paging(stateset: httpx.Client, control: Control) -> None:
    """A limit above the maximum is clamped and echoed; `total` can be omitted."""
    for _ in range(5):
        make(stateset)
    control.configure(stateset={"max_page": 2})
    page = stateset.get(LOGS, params={"limit": 50, "offset": 4}).json()
    assert (page["limit"], page["offset"], page["total"], len(page["data"])) == (2, 4, 5, 1)
    control.configure(stateset={"with_total": False})
    assert "total" not in stateset.get(LOGS).json()


def test_filters(stateset: httpx.Client, control: Control) -> None:
    """Status, direction and the time window select logs."""
    make(stateset)
    later = control.advance(100)
    ring(stateset, FORM)
    assert [call["direction"] for call in logs(stateset)] == ["inbound", "outbound"]
    assert len(logs(stateset, status="completed")) == 1
    assert len(logs(stateset, direction="inbound")) == 1
    assert len(logs(stateset, **{"from": later})) == 1
    assert logs(stateset, to="2020-01-01T00:00:00Z") == []


def test_errors_name_the_field(stateset: httpx.Client, control: Control) -> None:
    """A bad request is a 400 with a slug and the field, or the short form."""
    response = stateset.post(CALLS, json=request_body(PACKAGE, "make_call", to="123"))
    assert response.status_code == 400
    body = response.json()
    assert (body["error"], body["details"]) == ("invalid_request", {"field": "to"})
    assert stateset.post(CALLS, json=[]).json()["details"] == {"field": "body"}
    control.configure(stateset={"error_style": "short"})
    short = stateset.get(LOGS, params={"limit": 0})
    assert short.json() == {"error": "invalid_request", "ok": False}


def test_every_answer_has_a_request_id(stateset: httpx.Client) -> None:
    """Success and failure alike, each with its own id."""
    responses = [
        stateset.get("/health/ready"),
        stateset.get(LOGS),
        stateset.get(LOGS, headers={"Authorization": "Bearer no"}),
        stateset.get("/nothing"),
        stateset.put(LOGS),
        stateset.post(CALLS, content=b"x"),
    ]
    assert [response.status_code for response in responses] == [200, 200, 401, 404, 405, 415]
    assert len({response.headers["x-request-id"] for response in responses}) == len(responses)


def test_readiness(stateset: httpx.Client, control: Control) -> None:
    """The probe needs no key, and fails when configured to."""
    ready = stateset.get("/health/ready", headers={"Authorization": ""})
    assert (ready.status_code, ready.content) == (200, b"")
    control.configure(stateset={"is_ready": False})
    assert stateset.get("/health/ready").status_code == 503


@pytest.mark.parametrize("which", ["ip_rate_limit", "tenant_rate_limit"])
def test_rate_limits(stateset: httpx.Client, control: Control, which: str) -> None:
    """Address and tenant each have a window; the headers report the tighter one."""
    control.configure(stateset={which: 1})
    assert stateset.get(LOGS).headers["x-ratelimit-remaining"] == "0"
    refused = stateset.get(LOGS)
    assert (refused.status_code, refused.json()["error"]) == (429, "rate_limited")
    assert (refused.headers["retry-after"], refused.headers["x-ratelimit-limit"]) == ("60", "1")


def test_incoming_calls_are_connected(stateset: httpx.Client) -> None:
    """A signed callback gets TwiML with a stream, and the call is in the logs once."""
    for _ in range(2):
        response = ring(stateset, FORM)
        assert response.headers["content-type"] == "text/xml"
        assert re.search(r'<Stream url="wss://[^"]+/media-stream\?stream_token=', response.text)
    call = logs(stateset)[0]
    assert (call["call_sid"], call["from_number"]) == (FORM["CallSid"], FORM["From"])
    assert len(logs(stateset)) == 1


def test_incoming_calls_to_nowhere(stateset: httpx.Client) -> None:
    """A number without a route gets the fallback response and no log."""
    response = ring(stateset, {**FORM, "To": "+15005550404"})
    assert "<Hangup/>" in response.text
    assert logs(stateset) == []


def test_signatures_of_callbacks(stateset: httpx.Client, control: Control) -> None:
    """A wrong signature is a 401; the public URL can be set, the check disabled."""
    assert ring(stateset, FORM, token="wrong").status_code == 401
    public = "https://voice.example/api/v1/incoming-call"
    control.configure(stateset={"public_url": public})
    assert ring(stateset, FORM).status_code == 401
    assert ring(stateset, FORM, url=public).status_code == 200
    assert ring(stateset, FORM, url=public.replace("example", "example:443")).status_code == 200
    control.configure(stateset={"twilio_auth_token": None})
    assert ring(stateset, FORM, token="wrong").status_code == 200


def test_callbacks_need_their_fields(stateset: httpx.Client) -> None:
    """A signed form without a call id is a 400."""
    form = {"From": "+1", "To": "+2"}
    assert ring(stateset, form).json()["details"] == {"field": "CallSid"}


def test_events(stateset: httpx.Client, control: Control, receiver: Receiver) -> None:
    """Start, escalation and end are sent, each with its own key, unsigned."""
    control.configure(stateset={"webhook_url": receiver.url})
    sid = make(stateset, "+15005550009")["call_sid"]
    control.advance(60)
    names = ["voice.call.started", "voice.call.escalated", "voice.call.completed"]
    assert receiver.events == names
    keys = [received.headers["x-idempotency-key"] for received in receiver.received]
    assert [received.json["id"] for received in receiver.received] == keys
    last = receiver.received[-1].json
    assert last["data"]["call_sid"] == sid
    assert (last["data"]["escalated"], last["data"]["transcript_turn_count"]) == (True, 4)
    assert logs(stateset)[0]["escalated"] is True
    session = stateset.get(SESSIONS).json()["data"][0]
    assert session["tags"] == ["escalated"]


def test_the_older_envelope(stateset: httpx.Client, control: Control, receiver: Receiver) -> None:
    """The other documented form has a payload, with two ids at the top level."""
    control.configure(stateset={"webhook_url": receiver.url, "envelope": "payload"})
    sid = make(stateset, "+15005550001")["call_sid"]
    control.advance(10)
    event = receiver.received[0].json
    assert "id" not in event
    assert "data" not in event
    assert event["call_sid"] == sid
    assert event["voice_session_id"].startswith("vs_")
    assert event["payload"]["status"] == "failed"


def test_a_delivery_that_is_given_up(control: Control, receiver: Receiver) -> None:
    """After the last attempt an event reports the failure, but not its own failure."""
    control.configure(
        stateset={"webhook_url": receiver.url}, deliveries={"retry_delays": [1.0, 1.0]}
    )
    receiver.statuses.extend([500] * 6)
    assert control.emit("stateset", "voice.session.evaluated", score=0.9) == 1
    control.advance(30)
    assert (
        receiver.events == ["voice.session.evaluated"] * 3 + ["voice.webhook.delivery_failed"] * 3
    )
    failed = receiver.received[-1].json["data"]
    first = receiver.received[0]
    assert (failed["event_id"], failed["attempt_count"]) == (first.json["id"], 3)


def test_without_a_url_nothing_is_sent(stateset: httpx.Client, control: Control) -> None:
    """No event is sent until a URL is configured."""
    make(stateset)
    control.advance(60)
    assert control.emit("stateset", "voice.session.evaluated") == 0
    assert control.deliveries() == []


def test_keys(sandbox: Sandbox) -> None:
    """A key is required."""
    response = httpx.get(sandbox.stateset_url + LOGS, **PLAIN)
    assert (response.status_code, response.json()["error"]) == (401, "unauthorized")
