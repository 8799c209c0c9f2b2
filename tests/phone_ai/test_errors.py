"""Unsuccessful responses and broken connections."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply

from trunkline._engine.provider import usual_error as decode_error
from trunkline.errors import (
    AmbiguousResultError,
    APIError,
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseValidationError,
    ServerError,
    UnexpectedStatusError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers import Backend, Scripted

CUT = Reply(200, b"{", promised=100)


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"message": "no"}, "no", None),
        ({"error": "no"}, "no", None),
        ({"error": {"message": "no", "code": "E1"}}, "no", "E1"),
        ({"detail": "no", "code": 7}, "no", 7),
        ({"error": {}, "message": ""}, "", None),
        ("no", "no", None),
        (None, "", None),
        ([1], "", None),
        (3, "", None),
        ({"message": 3, "code": True, "details": "x"}, "", None),
    ],
)
def test_error_bodies_are_read_leniently(body: Any, message: str, code: str | int | None) -> None:
    """The page documents a message but no field; the usual shapes are read, nothing raises."""
    info = decode_error(body)
    assert (info.message, info.code) == (message, code)
    assert info.details == {}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (429, RateLimitError),
        (500, ServerError),
        (302, UnexpectedStatusError),
        (499, UnexpectedStatusError),
        (520, ServerError),
    ],
)
def test_statuses_have_classes(
    phone: Backend, server: Scripted, status: int, kind: type[APIError]
) -> None:
    """The status decides the class, and the vendor's message is in the text."""
    server.then(Reply(status, {"message": "because"}))
    with pytest.raises(kind) as caught:
        phone(lambda client: client.calls.create(data="x"), max_retries=0)
    assert caught.value.status == status
    assert "because" in str(caught.value)
    assert caught.value.operation_id == "create_call"


def test_a_401_mentions_permissions(phone: Backend, server: Scripted) -> None:
    """The page gives a 401 two meanings, so the error names both, also after pickling."""
    server.then(Reply(401, {"message": "Unauthorized"}))
    with pytest.raises(AuthenticationError, match=r"Unauthorized; .*permissions") as caught:
        phone(lambda client: client.agents.create(data="x"))
    assert "permissions" in str(pickle.loads(pickle.dumps(caught.value)))


def test_the_page_s_403_example_in_spirit(phone: Backend, server: Scripted) -> None:
    """The page's check ``response.status_code == 403`` is an except clause here."""
    server.then(Reply(403, {"message": "Forbidden"}))
    said = ""
    try:
        phone(lambda client: client.calls.create(data="your_request_data"))
    except PermissionDeniedError as error:
        if error.status == 403:
            said = "Access denied. Check your permissions and token."
    assert said


@pytest.mark.parametrize(
    ("body", "kind"), [(b"<html>", "text/html"), (b"\xff\x00", "image/png"), (b"", "text/plain")]
)
def test_bodies_that_are_not_json_still_make_an_error(
    phone: Backend, server: Scripted, body: bytes, kind: str
) -> None:
    """A gateway's page is named but not shown."""
    server.then(Reply(400, body, {"Content-Type": kind}))
    with pytest.raises(BadRequestError, match=f"bytes of {kind}") as caught:
        phone(lambda client: client.calls.create(data="x"))
    assert caught.value.body == body


def test_a_success_that_is_no_json_is_told_with_its_body(phone: Backend, server: Scripted) -> None:
    """A started call is not lost: the error says so and holds the bytes."""
    server.then(Reply(200, b"OK"))
    with pytest.raises(ResponseValidationError) as caught:
        phone(lambda client: client.calls.create(data="x"))
    assert caught.value.body == b"OK"
    assert caught.value.maybe_accepted


@pytest.mark.parametrize("body", ["[1]", "3", '"text"', "null"])
def test_a_success_that_is_no_object_is_a_result(
    phone: Backend, server: Scripted, body: str
) -> None:
    """It has no fields, and keeps the body."""
    server.then(Reply(200, body.encode()))
    result = phone(lambda client: client.calls.create(data="x"))
    assert (result.to_dict(), result.raw) == ({}, json.loads(body))
    assert [each.pointer for each in result.deviations] == [""]


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_success_without_a_body_is_an_empty_result(
    phone: Backend, server: Scripted, status: int
) -> None:
    """The response is undocumented, so nothing in it is required."""
    server.then(Reply(status, b""))
    assert phone(lambda client: client.calls.create(data="x")).to_dict() == {}


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.calls.create(data="x"),
        lambda client: client.calls.respond("c1", data="x"),
        lambda client: client.calls.audio("c1", data="x"),
        lambda client: client.agents.create(data="x"),
        lambda client: client.agents.persona("a1", data="x"),
    ],
)
def test_what_may_have_happened_is_not_repeated(
    phone: Backend, server: Scripted, action: Callable[[Any], Any]
) -> None:
    """After a broken connection: one request, and an error that says to check first."""
    server.then(CUT)
    with pytest.raises(AmbiguousResultError) as caught:
        phone(action)
    assert len(server.asked) == 1
    assert caught.value.maybe_accepted


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.calls.hangup("c1"),
        lambda client: client.calls.route("c1", to="x"),
        lambda client: client.agents.update("a1", name="x"),
    ],
)
def test_puts_that_set_a_state_are_repeated(
    phone: Backend, server: Scripted, action: Callable[[Any], Any]
) -> None:
    """Hanging up twice is the same as once, so a broken connection is retried."""
    server.then(CUT, Reply(200, {"done": True}))
    assert phone(action)["done"]
    assert len(server.asked) == 2


def test_a_429_is_waited_out(phone: Backend, server: Scripted) -> None:
    """A throttled request was not carried out, so even a call may be repeated."""
    server.then(Reply(429, {}, {"Retry-After": "0"}), Reply(200, {"callId": "c1"}))
    assert phone(lambda client: client.calls.create(data="x"))["callId"] == "c1"
    assert len(server.asked) == 2
