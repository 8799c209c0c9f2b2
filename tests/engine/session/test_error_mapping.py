"""The error for each response or failure, without a network."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest
from tests.engine.error_scenarios import judged
from tests.engine.support import (
    KEY,
    Clock,
    build_request,
    make_context,
    make_request,
    next_delay,
    response,
)

from trunkline import errors
from trunkline._engine.session.error_mapping import invalid_response
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import REQUEST

LAST = {"max_retries": 0}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, errors.UnexpectedStatusError),
        (400, errors.BadRequestError),
        (401, errors.AuthenticationError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (409, errors.ConflictError),
        (412, errors.PreconditionFailedError),
        (418, errors.UnexpectedStatusError),
        (422, errors.UnprocessableEntityError),
        (429, errors.RateLimitError),
        (500, errors.ServerError),
        (599, errors.ServerError),
        (600, errors.UnexpectedStatusError),
    ],
)
def test_a_status_becomes_its_error(status: int, kind: type[errors.APIError]) -> None:
    """With all facts from the body, the headers and the request."""
    clock = Clock()
    context = make_context(clock, **LAST)
    body = b'{"message": "no", "code": 7, "details": {"a": 1}}'
    error = judged(context, response(status, body, x_request_id="req-9"))
    assert type(error) is kind
    assert (error.status, error.code, error.details) == (status, 7, {"a": 1})
    assert (error.message, error.request_id, error.body) == ("no", "req-9", body)
    assert (error.provider, error.operation_id, error.method, error.path) == (
        "acme",
        "some_call",
        "GET",
        "/calls",
    )


def test_a_success_is_no_error() -> None:
    """None means that the response is returned."""
    context = make_context()
    assert next_delay(context, make_request(context), response(204)) is None


@pytest.mark.parametrize(
    ("status", "headers", "maybe"),
    [
        (500, {}, True),
        (502, {"retry_after": "1"}, True),
        (503, {}, True),
        (503, {"retry_after": "1"}, False),
        (503, {"x_ratelimit_reset": "1"}, True),
        (429, {}, False),
        (400, {}, False),
        (600, {}, True),
    ],
)
def test_an_error_warns_where_a_post_may_have_been_accepted(
    status: int, headers: dict[str, str], *, maybe: bool
) -> None:
    """A 5xx without proof of a refusal may follow an accepted request; a GET never warns."""
    context = make_context(**LAST)
    assert judged(context, response(status, **headers), "POST").maybe_accepted is maybe
    assert judged(context, response(status, **headers), "GET").maybe_accepted is False


@pytest.mark.parametrize(
    ("broken", "get", "post"),
    [
        (TransportError("x", sent=False), errors.APIConnectionError, errors.APIConnectionError),
        (TransportError("x", sent=True), errors.APIConnectionError, errors.AmbiguousResultError),
        (
            TransportError("x", sent=False, timed_out=True),
            errors.APITimeoutError,
            errors.APITimeoutError,
        ),
        (
            TransportError("x", sent=True, timed_out=True),
            errors.APITimeoutError,
            errors.AmbiguousTimeoutError,
        ),
        (
            TransportError("x", sent=True, invalid_body=True, status=200),
            errors.ResponseValidationError,
            errors.ResponseValidationError,
        ),
        (
            TransportError("x", sent=True, status=200),
            errors.APIConnectionError,
            errors.AmbiguousResultError,
        ),
        (
            TransportError("x", sent=True, status=401),
            errors.AuthenticationError,
            errors.AuthenticationError,
        ),
    ],
)
def test_a_broken_attempt_becomes_its_error(
    broken: TransportError, get: type[errors.APIError], post: type[errors.APIError]
) -> None:
    """It depends on what was sent, whether time ran out, and how much of the response arrived."""
    context = make_context(**LAST)
    assert type(judged(context, broken, "GET")) is get
    assert type(judged(context, broken, "POST")) is post


def test_a_passed_deadline_has_an_error_of_its_own() -> None:
    """The error names the deadline, whatever ended the last attempt; a sent POST is ambiguous."""
    clock = Clock()
    context = make_context(clock, deadline=5)
    get, post = make_request(context, "GET"), make_request(context, "POST")
    clock.now += 6
    with pytest.raises(errors.DeadlineExceededError, match="deadline of 5 s passed"):
        next_delay(context, get, TransportError("cut", sent=True))
    with pytest.raises(errors.AmbiguousTimeoutError):
        next_delay(context, post, TransportError("cut", sent=True))
    with pytest.raises(errors.DeadlineExceededError):
        next_delay(context, post, TransportError("cut", sent=False))


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[1]", b'"x"', b"\xff", b"[" * 100_000, b'{"details": 3, "code": []}']
)
def test_odd_error_bodies_are_named_not_shown(body: bytes) -> None:
    """For a body in another shape, the error gives its length and type."""
    error = judged(make_context(**LAST), response(500, body, content_type="text/html; charset=x"))
    assert error.message == f"no message ({len(body)} bytes of text/html)"
    assert error.body == body


def test_plain_text_is_a_message() -> None:
    """The beginning of a text body is shown, masked and on one line."""
    body = b"no line\nto +15555550123\n" + b"x" * 500
    error = judged(make_context(**LAST), response(500, body, content_type="text/plain"))
    assert error.message.startswith("no line to [number] xxx")
    assert len(error.message) < 220


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (
            "https://user:word@elsewhere.example/x?token=word#word",
            "elsewhere.example/x",
        ),
        ("/login?token=word", "/login"),
        ("", "nowhere"),
        ("https://[word", "an unreadable address"),
    ],
)
def test_a_redirect_names_where_it_points(location: str, shown: str) -> None:
    """Without user, query and fragment, which may be secret."""
    error = judged(make_context(), response(302, location=location))
    assert f"redirect to {shown}, not followed" in error.message
    assert "word" not in str(error)


def test_a_vendor_that_quotes_the_key_is_not_quoted() -> None:
    """The client's own key is masked in message and code, whatever its form."""
    body = f'{{"message": "unknown key {KEY}", "code": "bad:{KEY}"}}'.encode()
    error = judged(make_context(**LAST), response(401, body))
    assert error.message == "unknown key [secret]"
    assert error.code == "bad:[secret]"
    assert KEY.encode() not in pickle.dumps(error)


def test_a_path_outside_the_contract_loses_its_query() -> None:
    """If there is no template, the path is shown masked and without a query."""
    context = make_context(**LAST)
    request = build_request(context, "GET", "/find/15555550123?to=%2B15555550123")
    request.attempts = 1
    with pytest.raises(errors.ServerError) as caught:
        next_delay(context, request, response(500))
    assert caught.value.path == "/find/[number]"


def test_a_validation_error_knows_its_request() -> None:
    """The error names the missing field and shows nothing else of the body."""
    context = make_context()
    request = make_request(context, "POST")

    class Response:
        status_code = 201
        headers = httpx.Headers({"x-request-id": "req-2"})
        received = b'{"to": "+15555550123"}'
        extensions: dict[str, Any] = {REQUEST: request}  # noqa: RUF012 - a stand-in

    cases: list[tuple[Exception, str]] = [
        (KeyError("call_id"), "without 'call_id'"),
        (KeyError("+15555550123"), "without '[number]'"),
        (KeyError(7), "KeyError"),
        (ValueError("secret words"), "ValueError"),
    ]
    for cause, words in cases:
        error = invalid_response(context.provider, Response(), cause, 0.0)
        assert error.message == f"the body does not fit the contract ({words})"
        assert (error.status, error.request_id, error.maybe_accepted) == (201, "req-2", True)
        assert error.body == Response.received


def test_a_delete_that_is_gone_after_a_lost_response_says_so() -> None:
    """The first attempt may have deleted it: a plain 404 would look like a mistake."""
    context = make_context()
    request = make_request(context, "DELETE", attempts=1)
    lost = TransportError("the connection failed", sent=True)
    assert next_delay(context, request, lost) is not None
    request.attempts = 2
    with pytest.raises(errors.NotFoundError, match="an earlier attempt got no response") as caught:
        next_delay(context, request, response(404))
    assert (caught.value.attempts, caught.value.maybe_accepted) == (2, True)
