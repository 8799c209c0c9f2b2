"""Pamela's calls in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.request_bodies import request_body

if TYPE_CHECKING:
    import httpx

    from trunkline.sandbox import Control

NUMBER = "+15551234567"


def create(pamela: httpx.Client, to: str = NUMBER, **fields: Any) -> dict[str, Any]:
    response = pamela.post(
        "/calls", json=request_body("pamela", "create_call", to=to, task="Order a pizza", **fields)
    )
    assert response.status_code == 200, response.text
    return dict(response.json())


def read(pamela: httpx.Client, call: dict[str, Any]) -> dict[str, Any]:
    return dict(pamela.get(f"/calls/{call['id']}").json())


def test_a_call_goes_its_way(pamela: httpx.Client, control: Control) -> None:
    """Queued, ringing, in progress, completed, each at its time."""
    call = create(pamela)
    seen = [call["status"]]
    for seconds in (1, 2, 30):
        control.advance(seconds)
        seen.append(read(pamela, call)["status"])
    assert seen == ["queued", "ringing", "in_progress", "completed"]


def test_a_created_call_tells_what_was_asked(pamela: httpx.Client) -> None:
    """The create response has the fields that the vendor's types name."""
    call = create(pamela)
    assert call["to"] == NUMBER
    assert call["task"] == "Order a pizza"
    assert call["success"] is True
    assert call["from_number"].startswith("+1")
    assert call["created_at"].endswith("Z")


def test_a_finished_call_has_its_results(pamela: httpx.Client, control: Control) -> None:
    """Duration, billing, transcript, summary and times exist at the end, not before."""
    call = create(pamela, metadata={"order": 7})
    before = read(pamela, call)
    results = ("started_at", "ended_at", "duration_seconds", "billed_minutes", "transcript")
    assert [before[name] for name in results] == [None] * 5
    control.advance(60)
    after = read(pamela, call)
    assert (after["duration_seconds"], after["billed_minutes"]) == (30, 1)
    assert [entry["speaker"] for entry in after["transcript"]] == ["agent", "callee"] * 2
    assert after["metadata"] == {"order": 7}
    assert after["summary"]
    assert after["started_at"] < after["ended_at"]


@pytest.mark.parametrize(
    ("number", "status", "duration", "billed"),
    [
        ("+15005550001", "failed", 0, 0),
        ("+15005550002", "failed", 0, 0),
        ("+15005550003", "failed", 0, 0),
        ("+15005550004", "failed", 10, 1),
        ("+15005550005", "queued", None, None),
        ("+15005550006", "ringing", None, None),
        ("+15005550007", "completed", 299, 5),
        ("+15005550008", "completed", 0, 1),
        ("+15005550009", "completed", 30, 1),
        ("+15005552059", "completed", 59, 1),
        ("+15005552061", "completed", 61, 2),
        ("+15005552121", "completed", 121, 3),
    ],
)
def test_numbers_decide_a_fate(
    pamela: httpx.Client,
    control: Control,
    number: str,
    status: str,
    duration: int | None,
    billed: int | None,
) -> None:
    """The documented numbers give their documented results and bills."""
    call = create(pamela, number)
    control.advance(1000)
    done = read(pamela, call)
    found = (done["status"], done["duration_seconds"], done["billed_minutes"])
    assert found == (status, duration, billed)


def test_metadata_decide_a_fate(pamela: httpx.Client, control: Control) -> None:
    """The member `sandbox` of the metadata overrides the scenario."""
    scenario = {"talk_seconds": 90, "outcome": "failed", "queue_seconds": 0}
    call = create(pamela, metadata={"sandbox": scenario})
    assert read(pamela, call)["status"] == "ringing"
    control.advance(100)
    done = read(pamela, call)
    assert (done["status"], done["duration_seconds"]) == ("failed", 90)


def test_odd_metadata_are_refused(pamela: httpx.Client) -> None:
    """A scenario that the sandbox does not know is a 400 that names it."""
    body = {"to": NUMBER, "task": "t", "metadata": {"sandbox": {"mood": "bad"}}}
    response = pamela.post("/calls", json=body)
    assert response.status_code == 400
    assert "mood" in response.json()["detail"]["message"]


def test_metadata_that_are_no_object_steer_nothing(pamela: httpx.Client) -> None:
    """A member `sandbox` of another type is the caller's own data."""
    call = create(pamela, metadata={"sandbox": "yes"})
    assert read(pamela, call)["metadata"] == {"sandbox": "yes"}


def test_the_longest_duration_caps_a_call(pamela: httpx.Client, control: Control) -> None:
    """A call ends at `max_duration_seconds`."""
    call = create(pamela, "+15005550007", max_duration_seconds=45)
    control.advance(100)
    assert read(pamela, call)["duration_seconds"] == 45


def test_cancel_before_connection(pamela: httpx.Client, control: Control) -> None:
    """A cancelled call never starts, costs nothing and stays cancelled."""
    call = create(pamela)
    control.advance(1)
    response = pamela.post(f"/calls/{call['id']}/cancel").json()
    assert (response["status"], response["success"]) == ("cancelled", True)
    control.advance(100)
    done = read(pamela, call)
    assert (done["status"], done["started_at"], done["billed_minutes"]) == ("cancelled", None, 0)


def test_hang_up(pamela: httpx.Client, control: Control) -> None:
    """A call hung up while in progress is completed and billed."""
    call = create(pamela, "+15005550007")
    control.advance(3 + 70)
    assert pamela.post(f"/calls/{call['id']}/hangup").json()["status"] == "completed"
    done = read(pamela, call)
    assert (done["duration_seconds"], done["billed_minutes"]) == (70, 2)


def test_hang_up_before_connection(pamela: httpx.Client) -> None:
    """A call hung up before it is answered is cancelled."""
    call = create(pamela)
    assert pamela.post(f"/calls/{call['id']}/hangup").json()["status"] == "cancelled"


@pytest.mark.parametrize("verb", ["cancel", "hangup"])
def test_a_finished_call_cannot_be_ended(pamela: httpx.Client, control: Control, verb: str) -> None:
    """Ending a call twice is a 400 that names its state."""
    call = create(pamela)
    control.advance(60)
    response = pamela.post(f"/calls/{call['id']}/{verb}")
    assert response.status_code == 400
    assert response.json()["detail"]["details"] == {"status": "completed"}


@pytest.mark.parametrize("path", ["/calls/nope", "/calls/a%2Fb%3Fc", "/calls/%E2%82%AC%0A"])
def test_unknown_calls(pamela: httpx.Client, path: str) -> None:
    """Any unknown id, even an escaped one, is a 404 with code 7003."""
    response = pamela.get(path)
    assert response.status_code == 404
    assert response.json()["detail"]["error_code"] == 7003


def test_paging(pamela: httpx.Client) -> None:
    """Pages start with the newest, follow `next_offset` and end with null."""
    made = [create(pamela)["id"] for _ in range(5)]
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = pamela.get("/calls", params={"limit": 2, "offset": offset}).json()
        assert (page["total"], page["limit"]) == (5, 2)
        assert page["has_more"] is (page["next_offset"] is not None)
        seen += [call["id"] for call in page["items"]]
        offset = page["next_offset"]
    assert seen == made[::-1]


def test_an_offset_beyond_the_end(pamela: httpx.Client) -> None:
    """A page after the last is empty and is marked as the end."""
    create(pamela)
    page = pamela.get("/calls", params={"offset": 10**25}).json()
    assert (page["items"], page["has_more"], page["next_offset"]) == ([], False, None)


def test_filters(pamela: httpx.Client, control: Control) -> None:
    """Status and time window select calls; a date alone means the whole day."""
    old = create(pamela)["id"]
    middle = control.advance(60)
    new = create(pamela)["id"]

    def ids(**params: str) -> list[str]:
        return [call["id"] for call in pamela.get("/calls", params=params).json()["items"]]

    assert ids(status_filter="completed") == [old]
    assert ids(status_filter="queued") == [new]
    assert ids(start_date=middle) == [new]
    assert ids(end_date=middle[:10]) == [new, old]
    assert ids(end_date="2020-01-01T00:00:00+05:30") == []


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "ten"},
        {"limit": "9" * 5000},
        {"offset": "-1"},
        {"status_filter": "busy"},
        {"start_date": "yesterday"},
        {"start_date": "2026-02-30"},
        {"start_date": "2026-01-01T00:00:00"},
    ],
)
def test_bad_queries(pamela: httpx.Client, params: dict[str, str]) -> None:
    """A parameter that violates the contract is a 422 that names its location."""
    response = pamela.get("/calls", params=params)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["query", next(iter(params))]


@pytest.mark.parametrize("number", ["5551234567", "+0123", "+1 555", "+15551234567\n", ""])
def test_numbers_have_to_be_e164(pamela: httpx.Client, number: str) -> None:
    """A number in another form is a 400 with code 2002."""
    response = pamela.post("/calls", json=request_body("pamela", "create_call", to=number))
    assert response.status_code == 400
    assert response.json()["detail"]["error_code"] == 2002


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"to": NUMBER}, ["body", "task"]),
        ({"to": 5, "task": "t"}, ["body", "to"]),
        ({"to": NUMBER, "task": "t", "voice": "robot"}, ["body", "voice"]),
        ({"to": NUMBER, "task": "t", "metadata": []}, ["body", "metadata"]),
        (
            {"to": NUMBER, "task": "t", "tools": [{"name": "n"}]},
            ["body", "tools", 0, "description"],
        ),
        ([], ["body"]),
    ],
)
def test_bad_bodies(pamela: httpx.Client, body: Any, place: list[Any]) -> None:
    """A body that violates the contract is a 422 that names its location."""
    response = pamela.post("/calls", json=body)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == place


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"to": NaN}', b"\xff", b"[" * 100_000, b'{"to": ' + b"9" * 5000 + b"}"]
)
def test_bodies_that_cannot_be_read(pamela: httpx.Client, raw: bytes) -> None:
    """A body that is not JSON is a 422, never a crash."""
    headers = {"content-type": "application/json"}
    response = pamela.post("/calls", content=raw, headers=headers)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body"]


@pytest.mark.parametrize(("country", "code"), [("AQ", 7004), ("ZZ", 7005)])
def test_countries_without_service(pamela: httpx.Client, country: str, code: int) -> None:
    """Two countries are refused with the documented codes."""
    response = pamela.post(
        "/calls", json=request_body("pamela", "create_call", to=NUMBER, country=country)
    )
    assert response.status_code == 400
    assert response.json()["detail"]["error_code"] == code


def test_the_transcript_may_come_late(pamela: httpx.Client, control: Control) -> None:
    """With a delay, a completed call has no transcript at first."""
    control.configure(pamela={"transcript_lag_seconds": 3})
    call = create(pamela)
    control.advance(33)
    done = read(pamela, call)
    assert (done["status"], done["transcript"], done["summary"]) == ("completed", None, None)
    control.advance(3)
    assert len(read(pamela, call)["transcript"]) == 4


def test_the_transcript_may_be_a_text(pamela: httpx.Client, control: Control) -> None:
    """The other documented form of a transcript is a single text."""
    control.configure(pamela={"transcript_style": "text"})
    call = create(pamela)
    control.advance(60)
    assert read(pamela, call)["transcript"].startswith("agent: ")
