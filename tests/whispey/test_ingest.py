"""Call records as sent to the ingest API."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply
from tests.whispey.conftest import KEY

from trunkline import Whispey
from trunkline.errors import (
    APIError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    InvalidArgumentError,
    ResponseValidationError,
    ServerError,
)
from trunkline.whispey import ingest as models

if TYPE_CHECKING:
    from tests.providers import Backend, Scripted

RECEIPT = {"message": "stored", "log_id": "l-1", "agent_id": "a", "project_id": "p-1"}


def send(whispey: Backend, **fields: Any) -> Any:
    return whispey(lambda client: client.ingest.call_ended(call_id="c", agent_id="a", **fields))


def unpacked(envelope: dict[str, Any]) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(envelope["data"])))


def test_a_call_begins(whispey: Backend, server: Scripted) -> None:
    """The URL is used unchanged, and the key has another header than in the REST API."""
    server.then(Reply(200, {"success": True, "data": RECEIPT}))
    receipt = whispey(
        lambda client: client.ingest.call_started(
            call_id="c",
            agent_id="a",
            customer_number="",
            call_started_at=datetime(2026, 11, 2, 10, tzinfo=timezone(timedelta(hours=5.5))),
            duration_seconds=0,
            environment="staging",
        )
    )
    assert (receipt.log_id, receipt.project_id) == ("l-1", "p-1")
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/api/logs/call-logs?x=1")
    assert asked.headers["x-pype-token"] == KEY
    assert "authorization" not in asked.headers
    assert int(asked.headers["content-length"]) == len(asked.body)
    assert asked.json == {
        "call_id": "c",
        "agent_id": "a",
        "wcall_event": "call_started",
        "customer_number": "",
        "call_started_at": "2026-11-02T04:30:00+00:00",
        "duration_seconds": 0,
        "environment": "staging",
    }


def test_a_call_ends(whispey: Backend, server: Scripted) -> None:
    """Every field of the record can be passed, objects as mappings or as models."""
    turn = {"turn_id": "turn_1", "stt_metrics": None, "unheard_of": [1, None]}
    fields: dict[str, Any] = {
        "customer_number": "unknown",
        "call_ended_reason": "completed",
        "transcript_type": "agent",
        "recording_url": "",
        "transcript_json": [{"role": "user", "content": "Hello"}],
        "transcript_with_metrics": [turn],
        "metadata": {"usage": {"llm_prompt_tokens": 7}, "ours": None},
        "billing_duration_seconds": 60,
        "telemetry_data": {"session_traces": []},
        "dynamic_variables": {"a": 1},
        "voice_recording_url": "https://a.example/r",
        "duration_seconds": 61.5,
        "environment": "prod",
    }
    send(
        whispey,
        call_started_at=datetime(2026, 11, 2, 10),  # noqa: DTZ001 - naive on purpose
        call_ended_at="2026-11-02",
        **fields,
    )
    assert server.asked[0].json == {
        "call_id": "c",
        "agent_id": "a",
        "wcall_event": "call_ended",
        "call_started_at": "2026-11-02T10:00:00+00:00",
        "call_ended_at": "2026-11-02T00:00:00+00:00",
        **fields,
    }


def test_a_call_ends_with_models(whispey: Backend, server: Scripted) -> None:
    """Models give the same, with types."""
    send(
        whispey,
        transcript_json=(m for m in [models.TranscriptMessage(role="user", content="Hello")]),
        transcript_with_metrics=[
            models.ConversationTurn(turn_id="turn_1", llm_metrics=models.LlmMetrics(ttft=0.2))
        ],
        metadata=models.CallMetadata(usage=models.UsageTotals(tts_characters=5)),
        telemetry_data=models.TelemetryData(session_traces=[]),
        call_started_at=date(2026, 11, 2),
        wcall_event=None,
    )
    assert server.asked[0].json == {
        "call_id": "c",
        "agent_id": "a",
        "call_started_at": "2026-11-02T00:00:00+00:00",
        "transcript_json": [{"role": "user", "content": "Hello"}],
        "transcript_with_metrics": [{"turn_id": "turn_1", "llm_metrics": {"ttft": 0.2}}],
        "metadata": {"usage": {"tts_characters": 5}},
        "telemetry_data": {"session_traces": []},
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"metadata": "text"},
        {"metadata": {"when": datetime(2026, 11, 2, tzinfo=UTC)}},
        {"telemetry_data": [1]},
        {"transcript_json": "text"},
        {"transcript_json": {"role": "user"}},
        {"transcript_json": 5},
        {"transcript_json": [None, "text"]},
        {"transcript_with_metrics": [3]},
        {"call_started_at": "noon"},
        {"call_ended_at": datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))},
        {"dynamic_variables": {1, 2}},
    ],
)
@pytest.mark.parametrize("compress", [True, False])
def test_records_that_cannot_be_written_are_refused(
    whispey: Backend, server: Scripted, fields: dict[str, Any], *, compress: bool
) -> None:
    """One odd value is our own error before sending, and not a lost call."""
    with pytest.raises(InvalidArgumentError):
        send(whispey, **fields, compress=compress)
    assert not server.asked


def test_large_records_are_compressed(whispey: Backend, server: Scripted) -> None:
    """Above 10 KiB the JSON is sent as base64 of gzip, with the sizes beside it."""
    text = "Grüße " * 5000
    send(whispey, transcript_json=[{"role": "user", "content": text}])
    envelope = server.asked[0].json
    assert envelope["compressed"] is True
    assert unpacked(envelope)["transcript_json"][0]["content"] == text
    plain = gzip.decompress(base64.b64decode(envelope["data"]))
    assert envelope["original_size"] == len(plain)
    assert envelope["compressed_size"] == len(base64.b64decode(envelope["data"]))
    assert 90 < envelope["compression_ratio"] < 100


def test_the_limit_itself_is_not_compressed(whispey: Backend, server: Scripted) -> None:
    """A record of 10 KiB is sent as it is, one byte more is compressed."""
    send(whispey, environment="x")
    spare = 10 * 1024 - len(server.asked[0].body)
    send(whispey, environment="x" * (spare + 1))
    send(whispey, environment="x" * (spare + 2))
    assert len(server.asked[1].body) == 10 * 1024
    assert "compressed" not in server.asked[1].json
    assert server.asked[2].json["compressed"] is True


def test_compression_can_be_switched_off(whispey: Backend, server: Scripted) -> None:
    """The older self-hosted route does not support it."""
    send(whispey, environment="x" * 20_000, compress=False)
    assert server.asked[0].json["environment"] == "x" * 20_000


def test_a_record_that_is_compressed_already(whispey: Backend, server: Scripted) -> None:
    """It is sent as stored, however large."""
    data = "A" * 20_000
    whispey(
        lambda client: client.ingest.send_compressed(
            data=data, original_size=3, compressed_size=2, compression_ratio=33.3
        )
    )
    assert server.asked[0].json == {
        "compressed": True,
        "data": data,
        "original_size": 3,
        "compressed_size": 2,
        "compression_ratio": 33.3,
    }


def test_a_record_may_be_a_model(whispey: Backend, server: Scripted) -> None:
    """``send`` accepts the contract's models."""
    record = models.CallStarted(call_id="c", agent_id="a", wcall_event="call_started")
    whispey(lambda client: client.ingest.send(record))
    assert server.asked[0].json["wcall_event"] == "call_started"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"success": True, "data": RECEIPT}, RECEIPT),
        (RECEIPT, RECEIPT),
        ({**RECEIPT, "success": True, "data": None}, RECEIPT),
        ({}, {}),
        (b"", {}),
        ({"success": True, "data": {"log_id": "l-1", "new": 1}}, {"log_id": "l-1", "new": 1}),
    ],
)
def test_receipts_come_in_two_shapes(
    whispey: Backend, server: Scripted, body: Any, expected: dict[str, Any]
) -> None:
    """Wrapped by the self-hosted route, flat elsewhere: the result is the same."""
    server.then(Reply(200, body))
    assert send(whispey).to_dict() == expected


@pytest.mark.parametrize("body", ["[]", "3", '{"data": 5}'])
def test_receipts_of_another_shape(whispey: Backend, server: Scripted, body: str) -> None:
    """The record was most likely stored: the receipt holds the body."""
    server.then(Reply(200, body.encode()))
    receipt = send(whispey)
    assert (receipt.raw, receipt.log_id) == (json.loads(body), None)


def test_a_receipt_that_is_no_json(whispey: Backend, server: Scripted) -> None:
    """The record was most likely stored, and the error says so."""
    server.then(Reply(200, b"ok"))
    with pytest.raises(ResponseValidationError) as caught:
        send(whispey)
    assert caught.value.maybe_accepted
    assert caught.value.operation_id == "sendCallLog"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadRequestError), (401, AuthenticationError), (500, ServerError)],
)
def test_refusals_are_texts(
    whispey: Backend, server: Scripted, status: int, kind: type[APIError]
) -> None:
    """The vendor's real server responds with a text in ``error``; it is final."""
    server.then(Reply(status, {"success": False, "error": "Missing call_id"}))
    with pytest.raises(kind, match="Missing call_id"):
        send(whispey)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda raw: raw.call_started(call_id="c", agent_id="a"),
        lambda raw: raw.call_ended(call_id="c", agent_id="a"),
        lambda raw: raw.send_compressed(data="x"),
        lambda raw: raw.send(models.CallEnded(call_id="c", agent_id="a")),
    ],
)
def test_every_method_has_a_raw_form(whispey: Backend, server: Scripted, call: Any) -> None:
    """The raw response comes with the receipt, on the ingest API's own session."""
    server.then(Reply(200, RECEIPT, {"x-request-id": "r-1"}))
    raw = whispey(lambda client: call(client.ingest.with_raw_response))
    assert (raw.parsed.log_id, raw.request_id) == ("l-1", "r-1")
    assert server.asked[0].headers["x-pype-token"] == KEY


def test_options_reach_the_ingest_api(whispey: Backend, server: Scripted) -> None:
    """``with_options`` applies, and the REST API keeps its own server and header."""
    server.then(Reply(200, {}), Reply(200, {"success": True, "data": []}))

    def both(client: Any) -> Any:
        changed = client.with_options(headers={"X-Mine": "1"})
        return changed.ingest.call_started(call_id="c", agent_id="a")

    whispey(both)
    whispey(lambda client: client.agents.list())
    assert server.asked[0].headers["x-mine"] == "1"
    assert "x-pype-token" not in server.asked[1].headers


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://api.whispey.xyz", "path included"),
        ("not a url", "https://"),
        ("ftp://a.example/x", "https://"),
        ("https://u:p@a.example/x", "user name"),
        ("http://[::1/x", "not a URL"),
        (5, "not a URL"),
    ],
)
def test_ingest_urls_that_cannot_work(url: Any, said: str) -> None:
    """A bare host, as once on the vendor's page, is refused when the client is made."""
    with pytest.raises(ConfigurationError, match=said):
        Whispey(KEY, ingest_url=url)


def test_the_ingest_url_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, server: Scripted
) -> None:
    """WHISPEY_API_URL is the complete URL, as in the vendor's packages; ``/`` is valid."""
    monkeypatch.setenv("WHISPEY_API_URL", f"{server.url}/")
    with Whispey(KEY) as whispey:
        assert whispey.ingest_url == f"{server.url}/"
        whispey.ingest.call_started(call_id="c", agent_id="a")
    assert server.asked[0].path == "/"


def test_models_show_nothing_personal() -> None:
    """Numbers and transcripts stay out of repr."""
    record = models.CallEnded(
        call_id="c",
        agent_id="a",
        customer_number="+15555550123",
        transcript_json=[models.TranscriptMessage(role="user", content="my PIN is 1234")],
    )
    assert "5555550123" not in repr(record)
    assert "PIN" not in repr(record)


@pytest.mark.parametrize("record", [{"call_id": "c"}, None, "c"])
def test_what_is_no_record_is_refused(whispey: Backend, server: Scripted, record: Any) -> None:
    """The error names the models, and how to convert a dictionary to one."""
    with pytest.raises(InvalidArgumentError, match="CallStarted, CallEnded or CompressedCallLog"):
        whispey(lambda client: client.ingest.send(record))
    assert not server.asked
