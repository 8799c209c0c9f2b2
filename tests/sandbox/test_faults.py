"""Faults on demand: what the client sees, and whether the request was carried out."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.request_bodies import request_body
from tests.sandbox.support import headers_for

from trunkline.errors import ConfigurationError
from trunkline.sandbox import ManualClock, create_app

if TYPE_CHECKING:
    from trunkline.sandbox import Control, Sandbox

CALL = request_body("pamela", "create_call", to="+15551234567", task="t")
CREATE = ("pamela", "create_call")


def create(pamela: httpx.Client) -> httpx.Response:
    return pamela.post("/calls", json=CALL)


@pytest.mark.parametrize(("when", "accepted"), [(None, 0), ("before", 0), ("after", 1)])
def test_status(pamela: httpx.Client, control: Control, when: str | None, accepted: int) -> None:
    """A status replaces the response; by default the request is not carried out."""
    control.fault("status", **({"when": when} if when else {}))
    response = create(pamela)
    assert (response.status_code, response.json()) == (503, {"detail": "A fault of the sandbox"})
    assert control.accepted(*CREATE) == accepted
    assert create(pamela).is_success


@pytest.mark.parametrize("status", [201, 204, 299, 302, 418, 499, 520, 599, 700])
def test_any_status(pamela: httpx.Client, control: Control, status: int) -> None:
    """Even non-standard statuses."""
    control.fault("status", status=status, headers={"Location": "/elsewhere"})
    response = create(pamela)
    assert (response.status_code, response.headers["location"]) == (status, "/elsewhere")


def test_status_with_a_body(pamela: httpx.Client, control: Control) -> None:
    """The body is JSON, or text that is sent as it is."""
    control.fault("status", status=500, body={"a": [1]})
    control.fault("status", status=200, body="not JSON at all")
    assert create(pamela).json() == {"a": [1]}
    text = create(pamela)
    assert (text.text, text.headers["content-type"]) == (
        "not JSON at all",
        "text/plain; charset=utf-8",
    )


def test_status_in_each_shape(
    whispey: httpx.Client, stateset: httpx.Client, phone_ai: httpx.Client, control: Control
) -> None:
    """Without a body the provider's own error shape is used."""
    control.fault("status", status=500, times=3)
    assert whispey.get("/agents").json()["error"]["code"] == "INTERNAL_ERROR"
    assert stateset.get("/health/ready").json()["error"] == "internal_error"
    assert phone_ai.post("/calls").json() == {"message": "A fault of the sandbox"}


def test_faults_are_meant_for_someone(
    pamela: httpx.Client, whispey: httpx.Client, control: Control
) -> None:
    """Provider, operation, skip and times select the requests."""
    control.fault("status", provider="pamela", operation="list_tools", skip=1, times=2)
    assert whispey.get("/agents").is_success
    assert pamela.get("/calls").is_success
    assert [pamela.get("/tools").status_code for _ in range(4)] == [200, 503, 503, 200]
    assert control.faults() == []


def test_faults_are_taken_in_their_order(pamela: httpx.Client, control: Control) -> None:
    """First planned, first used; all can be cleared."""
    for status in (500, 502):
        control.fault("status", status=status)
    control.fault("status", status=503)
    assert [pamela.get("/tools").status_code for _ in range(2)] == [500, 502]
    assert [fault["status"] for fault in control.faults()] == [503]
    control.clear_faults()
    assert pamela.get("/tools").is_success


def test_a_request_that_never_ends(sandbox: Sandbox, control: Control) -> None:
    """An incomplete request counts as no request."""
    port = int(sandbox.url.rpartition(":")[2])
    head = b"POST /pamela/api/b2b/v1/calls HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head)
    assert control.counters() == {}


@pytest.mark.parametrize("kind", ["reset", "close"])
@pytest.mark.parametrize(("when", "accepted"), [("before", 0), ("after", 1)])
def test_cut_connections(
    pamela: httpx.Client, control: Control, kind: str, when: str, accepted: int
) -> None:
    """The client gets no response, before or after the request was carried out."""
    control.fault(kind, when=when)
    with pytest.raises(httpx.ReadError if kind == "reset" else httpx.RemoteProtocolError):
        create(pamela)
    assert control.accepted(*CREATE) == accepted
    assert control.seen(*CREATE) == 1
    assert create(pamela).is_success


def test_a_reset_in_the_middle_of_the_head(pamela: httpx.Client, control: Control) -> None:
    """So many bytes of the response are sent before the reset."""
    control.fault("close", when="after", after_bytes=20)
    with pytest.raises(httpx.RemoteProtocolError):
        create(pamela)
    control.fault("reset", when="after", after_bytes=250)
    with pytest.raises(httpx.ReadError):
        create(pamela)


def test_truncated(pamela: httpx.Client, control: Control) -> None:
    """The body is shorter than its Content-Length."""
    control.fault("truncated")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        create(pamela)
    assert control.accepted(*CREATE) == 1


@pytest.mark.parametrize(("when", "accepted"), [("before", 1), ("after", 1)])
def test_latency(pamela: httpx.Client, control: Control, when: str, accepted: int) -> None:
    """The response is late; like a real server the sandbox finishes the work."""
    control.fault("latency", seconds=0.05, when=when)
    started = time.monotonic()
    assert create(pamela).is_success
    assert time.monotonic() - started >= 0.05
    assert control.accepted(*CREATE) == accepted


def test_a_client_without_patience(pamela: httpx.Client, control: Control) -> None:
    """The request is carried out although the client has disconnected."""
    control.fault("latency", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        pamela.post("/calls", json=CALL, timeout=httpx.Timeout(60, read=0.05))
    deadline = time.monotonic() + 60
    while control.accepted(*CREATE) == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert control.accepted(*CREATE) == 1


def test_slow_body(pamela: httpx.Client, control: Control) -> None:
    """The body is sent in pieces; a client that disconnects stops it."""
    control.fault("slow_body", seconds=0.002, chunk_bytes=50)
    assert create(pamela).json()["status"] == "queued"
    control.fault("slow_body", seconds=0.05, chunk_bytes=50)
    with pamela.stream("POST", "/calls", json=CALL) as response:
        assert next(response.iter_raw())
    assert create(pamela).is_success
    assert control.accepted(*CREATE) == 3


def test_spoilt_bodies(pamela: httpx.Client, control: Control) -> None:
    """Half a JSON text, HTML, nothing, garbage: each with its own status if wanted."""
    for kind in ("malformed_json", "html", "empty", "gzip_garbage"):
        control.fault(kind)
    half = create(pamela)
    with pytest.raises(ValueError, match=r"."):
        half.json()
    html = create(pamela)
    assert html.text.startswith("<!doctype html>")
    assert html.headers["content-type"].startswith("text/html")
    empty = create(pamela)
    assert (empty.status_code, empty.content, "content-type" in empty.headers) == (200, b"", False)
    with pytest.raises(httpx.DecodingError):
        create(pamela)
    assert control.accepted(*CREATE) == 4
    control.fault("html", status=502, when="before")
    assert create(pamela).status_code == 502
    assert control.accepted(*CREATE) == 4


def test_wrong_enum(pamela: httpx.Client, whispey: httpx.Client, control: Control) -> None:
    """A member gets a value outside the contract, at any depth."""
    create(pamela)
    control.fault("wrong_enum", times=2)
    assert create(pamela).json()["status"] == "sandbox_unheard_of"
    page = pamela.get("/calls").json()
    assert {item["status"] for item in page["items"]} == {"sandbox_unheard_of"}
    control.fault("wrong_enum", field="speaker", value="robot")
    call = whispey.get("/calls/call-0001").json()["data"]
    assert {turn["speaker"] for turn in call["transcript"]} == {"robot"}


def test_extra_fields(pamela: httpx.Client, control: Control) -> None:
    """Every object gets a member outside the contract."""
    control.fault("extra_fields", times=2)
    assert "sandbox_extra" in create(pamela).json()
    assert "sandbox_extra" in pamela.get("/calls").json()["items"][0]


def test_spoilers_leave_other_bodies_alone(stateset: httpx.Client, control: Control) -> None:
    """A body that is not a JSON object is not changed."""
    control.fault("wrong_enum")
    assert stateset.get("/health/ready").content == b""
    control.fault("status", body=[1], times=1)
    control.fault("stuck_offset", when="before")
    assert stateset.get("/health/ready").json() == [1]
    assert stateset.get("/health/ready").json() == {}


def test_pages_that_never_end(
    pamela: httpx.Client, whispey: httpx.Client, stateset: httpx.Client, control: Control
) -> None:
    """The next page's offset is that of the current one, and there is always more."""
    create(pamela)
    control.fault("stuck_offset", times=3)
    page = pamela.get("/calls", params={"offset": 0}).json()
    assert (page["has_more"], page["next_offset"], page["total"]) == (True, 0, 1_000_000)
    paging = whispey.get("/calls", params={"offset": 100}).json()["pagination"]
    assert (paging["has_more"], paging["offset"]) == (True, 100)
    assert stateset.get("/api/v1/call-logs").json()["total"] == 1_000_000
    control.configure(stateset={"with_total": False})
    control.fault("stuck_offset", times=2)
    assert "total" not in stateset.get("/api/v1/call-logs").json()
    assert pamela.get("/tools").json() == []


def test_pages_that_repeat(whispey: httpx.Client, control: Control) -> None:
    """The first page is returned for any offset."""
    first = whispey.get("/calls", params={"limit": 5}).json()
    control.fault("duplicate_page")
    again = whispey.get("/calls", params={"limit": 5, "offset": 5}).json()
    assert again == first


@pytest.mark.parametrize(
    ("form", "header", "value"),
    [
        ("seconds", "retry-after", "2"),
        ("float", "retry-after", "2.5"),
        ("reset_delta", "x-ratelimit-reset", "2"),
        ("negative", "retry-after", "-2"),
        ("huge", "retry-after", "1000000"),
        ("text", "retry-after", "soon"),
    ],
)
def test_forms_of_retry_after(
    stateset: httpx.Client, control: Control, form: str, header: str, value: str
) -> None:
    """A 429 gives the wait in the configured form."""
    control.fault("rate_limit", form=form, seconds=2.5)
    response = stateset.get("/api/v1/call-logs")
    assert (response.status_code, response.json()["error"]) == (429, "rate_limited")
    assert response.headers[header] == value


def test_forms_of_retry_after_that_need_the_time(pamela: httpx.Client, control: Control) -> None:
    """Dates and epochs use the sandbox's time, which the Date header shows."""
    control.fault("rate_limit", form="http_date", seconds=30)
    response = pamela.get("/calls")
    assert response.json()["detail"]["error_code"] == 6001
    later = parsedate_to_datetime(response.headers["retry-after"])
    assert later - parsedate_to_datetime(response.headers["date"]) == timedelta(seconds=30)
    control.fault("rate_limit", form="reset_epoch", seconds=30)
    response = pamela.get("/calls")
    reset = datetime.fromtimestamp(int(response.headers["x-ratelimit-reset"]), UTC)
    assert abs((later - reset).total_seconds()) <= 1


def test_retry_after_in_the_body_or_nowhere(pamela: httpx.Client, control: Control) -> None:
    """The wait may be in the details, or be omitted."""
    control.fault("rate_limit", form="details", seconds=7)
    control.fault("rate_limit", form="none", when="after")
    response = pamela.post("/calls", json=CALL)
    assert response.json()["detail"]["details"] == {"retry_after": 7}
    assert "retry-after" not in response.headers
    response = pamela.post("/calls", json=CALL)
    assert response.json()["detail"]["details"] == {}
    assert control.accepted(*CREATE) == 1


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"kind": "gremlin"}, "gremlin"),
        ({"kind": "status", "status": "500"}, "fault.status"),
        ({"kind": "status", "times": True}, "fault.times"),
        ({"kind": "status", "when": "later"}, "fault.when"),
        ({"kind": "status", "headers": []}, "fault.headers"),
        ({"kind": "status", "colour": 1}, "colour"),
    ],
)
def test_bad_faults_are_refused(control: Control, options: dict[str, Any], named: str) -> None:
    """An unknown fault is refused by name, and none of its batch is planned."""
    with pytest.raises(ConfigurationError, match=named):
        control.fault(**options)
    assert control.faults() == []


@pytest.mark.anyio
async def test_without_a_connection_of_its_own() -> None:
    """In process there is no connection to cut, so the client gets the error itself."""
    transport = httpx.ASGITransport(create_app(clock=ManualClock()))
    base = "http://sandbox"
    headers = headers_for("pamela")
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
        await client.post("/_control/faults", json={"kind": "reset"})
        with pytest.raises(ConnectionResetError):
            await client.get("/pamela/api/b2b/v1/calls")
        assert (await client.get("/pamela/api/b2b/v1/calls")).is_success
