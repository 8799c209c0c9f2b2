"""The ingest API in the sandbox."""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.sandbox.support import PLAIN

if TYPE_CHECKING:
    from trunkline.sandbox import Control, Sandbox

PATH = "/send-call-log"
STARTED = {"call_id": "s-1", "agent_id": "a-1", "wcall_event": "call_started"}
ENDED = {"call_id": "s-1", "agent_id": "a-1", "wcall_event": "call_ended"}


def packed(log: Any) -> dict[str, Any]:
    data = gzip.compress(json.dumps(log).encode())
    return {"compressed": True, "data": base64.b64encode(data).decode()}


def call(whispey: httpx.Client) -> dict[str, Any]:
    listed = whispey.get("/calls", params={"agent_id": "a-1"}).json()["data"]
    return dict(whispey.get(f"/calls/{listed[0]['id']}").json()["data"])


def count(whispey: httpx.Client) -> int:
    response = whispey.get("/calls", params={"agent_id": "a-1"}).json()
    return int(response["pagination"]["total"])


def test_receipts_come_in_two_forms(ingest: httpx.Client, control: Control) -> None:
    """The receipt is wrapped in `data`, or flat when configured."""
    wrapped = ingest.post(PATH, json=STARTED).json()
    assert (wrapped["success"], wrapped["data"]["agent_id"]) == (True, "a-1")
    control.configure(whispey_ingest={"response_style": "flat"})
    flat = ingest.post(PATH, json=ENDED).json()
    assert flat["log_id"] == wrapped["data"]["log_id"]


def test_it_is_not_idempotent(ingest: httpx.Client, whispey: httpx.Client) -> None:
    """A second end creates a second row, and a late start a row that stays in progress."""
    for log in (STARTED, ENDED):
        ingest.post(PATH, json=log)
    assert count(whispey) == 1
    for log in (ENDED, STARTED):
        ingest.post(PATH, json=log)
    assert count(whispey) == 3
    assert call(whispey)["status"] == "in_progress"


def test_compressed_logs(ingest: httpx.Client, whispey: httpx.Client) -> None:
    """A compressed envelope is unpacked."""
    assert ingest.post(PATH, json=packed(ENDED)).is_success
    assert call(whispey)["status"] == "completed"


@pytest.mark.parametrize(
    "body",
    [
        {"compressed": True, "data": "not base64!"},
        {"compressed": True, "data": base64.b64encode(b"not gzip").decode()},
        {"compressed": True, "data": base64.b64encode(gzip.compress(b"{")).decode()},
        {"compressed": True, "call_id": "c", "agent_id": "a"},
        packed([1]),
        packed({"call_id": "c"}),
        packed({"compressed": True, "data": "x"}),
        {"compressed": False, "data": "x"},
    ],
)
def test_envelopes_that_hold_nothing(ingest: httpx.Client, body: dict[str, Any]) -> None:
    """What does not unpack to a call log is a 400 with a text."""
    response = ingest.post(PATH, json=body)
    assert response.status_code == 400
    assert isinstance(response.json()["error"], str)


@pytest.mark.parametrize("body", [{}, {"call_id": "c"}, {"agent_id": "a"}, [], "text"])
def test_logs_without_ids(ingest: httpx.Client, body: Any) -> None:
    """Call id and agent id are required."""
    assert ingest.post(PATH, json=body).status_code == 400


def test_tokens(sandbox: Sandbox) -> None:
    """A missing token is a 400, a wrong one a 401; a bearer key does not count."""
    url = sandbox.whispey_ingest_url
    statuses = [
        httpx.post(url, json=STARTED, headers=headers, **PLAIN).status_code
        for headers in ({}, {"x-pype-token": "no"}, {"Authorization": "Bearer pype_sandbox"})
    ]
    assert statuses == [400, 401, 400]


def test_unknown_paths(ingest: httpx.Client) -> None:
    """The error stays plain text."""
    assert ingest.post("/elsewhere").json() == {"success": False, "error": "Not Found"}


@pytest.mark.parametrize(
    ("log", "duration"),
    [
        ({"call_started_at": "2026-01-01T00:00:00", "call_ended_at": "2026-01-01T00:01:30"}, 90),
        ({"call_started_at": "2026-01-01T00:01:30Z", "call_ended_at": "2026-01-01T00:00:00"}, 0),
        ({"call_started_at": "earlier", "billing_duration_seconds": 12}, 12),
        ({"duration_seconds": 7.5, "billing_duration_seconds": 12}, 7.5),
        ({}, 0),
    ],
)
def test_durations(
    ingest: httpx.Client, whispey: httpx.Client, log: dict[str, Any], duration: float
) -> None:
    """The duration comes from the times, else from the duration field, else it is zero."""
    ingest.post(PATH, json={**ENDED, **log})
    assert call(whispey)["duration"] == duration


def test_transcripts_and_metadata(ingest: httpx.Client, whispey: httpx.Client) -> None:
    """Turns with measurements take precedence; the number becomes metadata."""
    turns = [
        {"user_transcript": "Hi", "agent_response": "Hello", "timestamp": 1_780_000_000},
        {"user_transcript": "Bye", "agent_response": "", "timestamp": 1e300},
    ]
    log = {
        "transcript_with_metrics": turns,
        "transcript_json": [{"role": "user", "content": "other"}],
        "metadata": {"plan": "gold"},
        "customer_number": "+15550001111",
    }
    ingest.post(PATH, json={**STARTED, "customer_number": ""})
    ingest.post(PATH, json={**ENDED, **log})
    found = call(whispey)
    said = [(turn["speaker"], turn["text"]) for turn in found["transcript"]]
    assert said == [("user", "Hi"), ("agent", "Hello"), ("user", "Bye")]
    assert found["transcript"][0]["timestamp"].startswith("2026-")
    assert found["transcript"][2]["timestamp"] is None
    assert found["metadata"] == {"plan": "gold", "phone_number": "+15550001111"}


def test_plain_transcripts(ingest: httpx.Client, whispey: httpx.Client) -> None:
    """Without measurements the plain transcript is used."""
    spoken = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    ingest.post(PATH, json={**ENDED, "transcript_json": spoken, "call_ended_reason": "error"})
    found = call(whispey)
    said = [(turn["speaker"], turn["text"]) for turn in found["transcript"]]
    assert said == [("user", "Hi"), ("agent", "Hello")]
    assert found["status"] == "failed"


TURN = {"user_transcript": "x" * 6000, "agent_response": "y" * 6000}


def upload(ingest: httpx.Client, log: Any) -> tuple[httpx.Response, str]:
    """Upload a log as the vendor's package does; return the response and the key."""
    asked = {"call_id": "s-1", "content_type": "application/json"}
    made = ingest.post("/get-upload-url", json=asked).json()
    content = json.dumps(log).encode()
    headers = {"Content-Type": "application/json"}
    response = httpx.put(made["upload_url"], content=content, headers=headers, **PLAIN)
    assert made["s3_bucket"] == "pype-voice-call-logs"
    return response, made["s3_key"]


def test_large_logs_are_uploaded(
    ingest: httpx.Client, whispey: httpx.Client, control: Control
) -> None:
    """A log of 12 MB goes to an upload URL; the key in its body is its credential."""
    log = {"token": "pype_sandbox", **ENDED, "transcript_with_metrics": [TURN] * 1000}
    assert len(json.dumps(log)) > 10 * 1024 * 1024
    response, key = upload(ingest, log)
    assert (response.status_code, call(whispey)["status"]) == (200, "completed")
    assert len(call(whispey)["transcript"]) == 2000
    reference = {"s3_reference": True, "s3_key": key, "call_id": "s-1", "agent_id": "a-1"}
    assert ingest.post(PATH, json=reference).is_success
    assert "pype_sandbox" not in str(control.requests())
    assert count(whispey) == 1


def test_uploads_can_wait_for_a_reference(
    ingest: httpx.Client, whispey: httpx.Client, control: Control
) -> None:
    """Without the trigger a log is stored once, when a reference to it arrives."""
    control.configure(whispey_ingest={"upload_trigger": False})
    response, key = upload(ingest, ENDED)
    assert response.is_success
    assert whispey.get("/agents/a-1").status_code == 404
    reference = {"s3_reference": True, "s3_key": key, "call_id": "s-1", "agent_id": "a-1"}
    receipts = [ingest.post(PATH, json=reference).json()["data"]["log_id"] for _ in range(2)]
    assert (count(whispey), len(set(receipts))) == (1, 1)


@pytest.mark.parametrize(
    ("log", "status"),
    [
        (ENDED, 403),
        ({**ENDED, "token": "wrong"}, 403),
        ({**ENDED, "token": ["pype_sandbox"]}, 403),
        ({"token": "pype_sandbox", "call_id": "s-1"}, 400),
        ([ENDED], 400),
        ("text", 400),
    ],
)
def test_uploads_that_cannot_be_stored(ingest: httpx.Client, log: Any, status: int) -> None:
    """A log without a valid token or its ids is refused at the upload."""
    response, _ = upload(ingest, log)
    assert (response.status_code, response.json()["success"]) == (status, False)


def test_upload_urls_expire(ingest: httpx.Client, control: Control) -> None:
    """An upload URL is valid for fifteen minutes and cannot be guessed."""
    made = ingest.post("/get-upload-url", json={"call_id": "s-1"}).json()
    control.advance(901)
    for url in (made["upload_url"], made["upload_url"].replace(made["s3_key"], "other")):
        assert httpx.put(url, json=ENDED, **PLAIN).status_code == 403
    assert ingest.post("/get-upload-url", json={}).status_code == 400
    assert ingest.post("/get-upload-url", headers={"x-pype-token": ""}).status_code == 400
    reference = {"s3_reference": True, "s3_key": made["s3_key"], "call_id": "c", "agent_id": "a"}
    assert ingest.post(PATH, json=reference).status_code == 400
