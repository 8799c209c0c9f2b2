"""Bad input from both sides: wrong arguments of a caller, and wrong responses of a server.

Every case has one clear outcome: our own error, or a result without loss.
"""

from __future__ import annotations

import socketserver
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from trunkline import StateSetVoice, errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.runtime import Runtime
    from trunkline.sandbox.server import Sandbox

KEY = "ssv_sandbox"
TO = "+15555555678"


@pytest.fixture
def client(sandbox: Sandbox, hasty: Runtime) -> Iterator[StateSetVoice]:
    with StateSetVoice(KEY, base_url=sandbox.stateset_url, runtime=hasty) as made:
        yield made


class Canned(socketserver.BaseRequestHandler):
    """Sends the same bytes in response to every request and closes."""

    def handle(self) -> None:
        self.request.recv(65536)
        self.request.sendall(self.server.response)  # type: ignore[attr-defined]  # set by the fixture


@pytest.fixture
def canned() -> Iterator[Any]:
    """A raw server; set ``response`` to the bytes to send."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        response = b""

    with Server(("127.0.0.1", 0), Canned) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def answering(canned: Any, hasty: Runtime, response: bytes) -> StateSetVoice:
    canned.response = response
    url = f"http://127.0.0.1:{canned.server_address[1]}"
    return StateSetVoice(KEY, base_url=url, runtime=hasty, max_retries=0)


def response(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


MADE = b'{"call_sid":"CA1","status":"queued"}'


# --- from the caller ----------------------------------------------------------------------------


def test_a_wrong_key_is_an_authentication_error(sandbox: Sandbox) -> None:
    """An unknown key is an AuthenticationError (401) without the key in its text."""
    wrong = StateSetVoice("ssv_wrong_key_1234", base_url=sandbox.stateset_url)
    with wrong, pytest.raises(errors.AuthenticationError) as caught:
        wrong.call_logs.list()
    assert "ssv_wrong_key_1234" not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize("key", ["", " ", "a b", "line\nend", "schlüssel"])
def test_an_unusable_key_is_refused_at_once(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty key, or one that no header can hold, never reaches a server."""
    monkeypatch.delenv("STATESET_VOICE_API_KEY", raising=False)
    with pytest.raises(errors.ConfigurationError) as caught:
        StateSetVoice(key)
    assert not key.strip() or key not in str(caught.value)


def test_an_empty_setting_is_no_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty key or URL never falls back to the environment or the vendor's server."""
    monkeypatch.setenv("STATESET_VOICE_API_KEY", "another")
    with pytest.raises(errors.ConfigurationError, match="api_key is empty"):
        StateSetVoice("")
    with pytest.raises(errors.ConfigurationError, match=r"base_url .* it is empty"):
        StateSetVoice("k", base_url="")


def test_a_key_in_clear_text_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    """Plain http to another machine is allowed with a log warning; to this one, without."""
    for host in ("localhost", "127.0.0.1", "[::1]"):
        StateSetVoice("k", base_url=f"http://{host}:8700").close()
    assert not caplog.records
    StateSetVoice("k", base_url="http://gateway.internal").close()
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "clear text to gateway.internal" in record.getMessage()


@pytest.mark.parametrize(
    "url", ["", "voice", "ftp://host", "https://", "https://u:p@host", "https://h?x=1"]
)
def test_an_unusable_base_url_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base URL must be an absolute http(s) URL without user, query or fragment."""
    monkeypatch.setenv("STATESET_VOICE_BASE_URL", url or "nonsense")
    with pytest.raises(errors.ConfigurationError, match="base_url"):
        StateSetVoice("k", base_url=url)


@pytest.mark.parametrize(
    "number",
    ["", "5555555678", "+", "+0155", "+1 555 555 5678", "+1555555567890123", "tel:+1555", "+١٢٣"],
)
def test_a_number_that_is_not_e164_is_refused(client: StateSetVoice, number: str) -> None:
    """The error is a ValueError with the number's shape, never the number."""
    with pytest.raises(ValueError, match=r"E\.164") as caught:
        client.make_call(to=number)
    assert isinstance(caught.value, errors.InvalidArgumentError)
    assert len(number) < 5 or number not in str(caught.value)


def test_the_number_check_can_be_switched_off(sandbox: Sandbox) -> None:
    """With the check off the server decides."""
    lax = StateSetVoice(KEY, base_url=sandbox.stateset_url, check_phone_numbers=False)
    with lax, pytest.raises(errors.BadRequestError):
        lax.make_call(to="5555555678")


@pytest.mark.parametrize("limit", [0, -1, True, 1.5, "ten"])
def test_a_limit_out_of_range_is_refused(client: StateSetVoice, limit: Any) -> None:
    """A page size that is below one, or not a whole number, is refused with its value."""
    with pytest.raises(errors.InvalidArgumentError, match="limit must be a whole number"):
        client.call_logs.list(limit=limit)


def test_a_naive_datetime_is_utc(sandbox: Sandbox, client: StateSetVoice) -> None:
    """A datetime without a zone means UTC, as documented."""
    client.make_call(to=TO)
    now = datetime.fromisoformat(sandbox.control.now())
    naive = now.replace(tzinfo=None) + timedelta(seconds=1)
    assert len(client.call_logs.list(from_=naive).items) == 0
    assert len(client.call_logs.list(to=naive).items) == 1
    assert sandbox.control.seen("stateset", "list_call_logs") == 2


def test_an_enum_value_that_the_contract_lacks_is_refused(client: StateSetVoice) -> None:
    """Requests are strict: the error for a misspelt value lists the known ones."""
    with pytest.raises(errors.InvalidArgumentError, match="inbound, outbound"):
        client.call_logs.list(direction="sideways")


@pytest.mark.parametrize("value", [object(), float("nan"), "\ud800", {1, 2}])
def test_a_body_that_json_cannot_hold_is_refused(client: StateSetVoice, value: Any) -> None:
    """What cannot be written as JSON is refused before anything is sent."""
    with pytest.raises(errors.InvalidArgumentError, match="JSON"):
        client.make_call(to=TO, greeting=value)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": "5"},
        {"deadline": 0},
        {"max_retries": -1},
        {"max_retries": 1.5},
        {"key": ""},
        {"headers": {"X": "a\nb"}},
        {"max_response_bytes": 0},
    ],
)
def test_unusable_options_are_refused(client: StateSetVoice, options: Any) -> None:
    """Each error names the option and what it accepts."""
    with pytest.raises(errors.InvalidArgumentError, match=r"|".join(map(str, options)) + "|header"):
        client.with_options(**options)


def test_a_closed_client_says_so(sandbox: Sandbox) -> None:
    """A call after close() is a ClientClosedError."""
    client = StateSetVoice(KEY, base_url=sandbox.stateset_url)
    client.close()
    with pytest.raises(errors.ClientClosedError):
        client.make_call(to=TO)


# --- from the server ----------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "299 Odd"])
def test_any_success_is_read(canned: Any, hasty: Runtime, status: str) -> None:
    """A success outside the contract loses no data."""
    with answering(canned, hasty, response(status, MADE)) as client:
        made = client.calls.with_raw_response.make(to=TO)
    assert made.parsed.call_sid == "CA1"
    assert made.status_code == int(status[:3])


@pytest.mark.parametrize(
    "response",
    [
        response("200 OK", b"<html>hello</html>", "Content-Type: text/html"),
        response("200 OK", b"not json"),
        response("200 OK", b'{"call_sid": '),
        response("200 OK", b"\xff\xfe\x00"),
        response("200 OK", b""),
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
    ids=["html", "text", "cut json", "binary", "empty", "204"],
)
def test_a_success_that_is_no_json_keeps_its_bytes(
    canned: Any, hasty: Runtime, response: bytes
) -> None:
    """The call was accepted, so the error says so and holds the body."""
    with answering(canned, hasty, response) as client:
        with pytest.raises(errors.ResponseValidationError) as caught:
            client.make_call(to=TO)
    body = response.partition(b"\r\n\r\n")[2]
    assert caught.value.maybe_accepted
    assert caught.value.operation_id == "make_call"
    assert caught.value.body == body


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("302 Found", errors.UnexpectedStatusError),
        ("304 Not Modified", errors.UnexpectedStatusError),
        ("400 Bad Request", errors.BadRequestError),
        ("402 Payment Required", errors.UnexpectedStatusError),
        ("409 Conflict", errors.ConflictError),
        ("412 Precondition Failed", errors.PreconditionFailedError),
        ("418 Teapot", errors.UnexpectedStatusError),
        ("422 Unprocessable", errors.UnprocessableEntityError),
        ("429 Too Many", errors.RateLimitError),
        ("499 Client Closed", errors.UnexpectedStatusError),
        ("500 Oops", errors.ServerError),
        ("520 Odd", errors.ServerError),
        ("599 Odd", errors.ServerError),
        ("600 Odd", errors.UnexpectedStatusError),
        ("999 Odd", errors.UnexpectedStatusError),
    ],
)
def test_every_other_status_is_an_error_of_ours(
    canned: Any, hasty: Runtime, status: str, kind: type[errors.APIStatusError]
) -> None:
    """A status outside the contract, or outside HTTP itself, is an error with that status."""
    with answering(canned, hasty, response(status, b"<h1>no</h1>")) as client:
        with pytest.raises(errors.APIStatusError) as caught:
            client.make_call(to=TO)
    assert type(caught.value) is kind
    assert caught.value.status == int(status[:3])


def test_a_redirect_is_not_followed(canned: Any, hasty: Runtime) -> None:
    """The key is sent to base_url only; the error names the target, without its query."""
    there = "Location: https://elsewhere.example/x?token=abc"
    with answering(canned, hasty, response("302 Found", b"", there)) as client:
        with pytest.raises(errors.UnexpectedStatusError, match="not followed") as caught:
            client.make_call(to=TO)
    assert "elsewhere.example/x" in str(caught.value)
    assert "abc" not in str(caught.value)


def test_a_body_that_stops_early_is_ambiguous_for_a_call(canned: Any, hasty: Runtime) -> None:
    """The status arrived but the body did not: the call may have been placed."""
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + MADE
    with answering(canned, hasty, cut) as client:
        with pytest.raises(errors.AmbiguousResultError) as caught:
            client.make_call(to=TO)
    assert caught.value.status == 200


def test_a_body_that_stops_early_is_read_again_for_a_list(
    sandbox: Sandbox, client: StateSetVoice
) -> None:
    """A read is safe to repeat."""
    sandbox.control.fault("truncated", operation="list_call_logs", after_bytes=200)
    assert len(client.call_logs.list().items) == 0
    assert sandbox.control.seen("stateset", "list_call_logs") == 2


def test_damaged_compression_is_a_validation_error(canned: Any, hasty: Runtime) -> None:
    """Garbage labelled as gzip is our own error."""
    garbage = response("200 OK", b"garbage", "Content-Encoding: gzip")
    with answering(canned, hasty, garbage) as client:
        with pytest.raises(errors.ResponseValidationError, match="damaged"):
            client.call_logs.list()


def test_a_huge_body_is_refused(canned: Any, hasty: Runtime) -> None:
    """A body above the limit is cut off, not buffered."""
    with answering(canned, hasty, response("200 OK", b"x" * 5000)) as client:
        with pytest.raises(errors.ResponseValidationError, match="max_response_bytes"):
            client.with_options(max_response_bytes=1000).call_logs.list()


@pytest.mark.parametrize("fault", ["duplicate_page", "stuck_offset"])
def test_a_list_that_does_not_advance_ends(
    sandbox: Sandbox, client: StateSetVoice, fault: str
) -> None:
    """A repeated page ends the list instead of looping forever."""
    for _ in range(6):
        client.make_call(to=TO)
    sandbox.control.fault(fault, operation="list_call_logs", skip=1, times=50)
    seen = [log.call_sid for log in client.call_logs.list(limit=2)]
    assert len(seen) == len(set(seen))
    assert sandbox.control.seen("stateset", "list_call_logs") < 8


def test_unknown_enum_values_and_fields_survive(sandbox: Sandbox, client: StateSetVoice) -> None:
    """A value or field outside the contract causes no error."""
    client.make_call(to=TO)
    sandbox.control.fault("wrong_enum", operation="list_call_logs", field="direction", value="up")
    (log,) = client.call_logs.list()
    assert log.direction == "up"
    sandbox.control.fault("extra_fields", operation="list_call_logs")
    (log,) = client.call_logs.list()
    assert log.additional_properties
