"""Planning and judging of attempts, without a network."""

from __future__ import annotations

import logging
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import (
    KEY,
    PROVIDER,
    Clock,
    build_request,
    failure,
    make_context,
    make_request,
    next_delay,
    response,
)

from trunkline import errors
from trunkline._engine.provider import RetryRule
from trunkline._engine.session.error_mapping import invalid_response
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import REQUEST

if TYPE_CHECKING:
    from trunkline._engine.session.context import ClientContext


def headers_of(context: ClientContext, **arguments: Any) -> dict[str, str]:
    request = build_request(context, "POST", "/x", **arguments)
    return {name.decode(): value.decode() for name, value in request.headers}


def test_a_request_is_built_once() -> None:
    """Method, target, headers and body are frozen before the first attempt."""
    context = make_context(base_url="https://api.acme.example/v2", headers={"X-Tenant": "7"})
    request = build_request(
        context, "POST", "/calls", json={"to": "ü"}, params={"dry": True, "n": [1, 2]}
    )
    assert request.target == b"/v2/calls?dry=true&n=1&n=2"
    assert request.content == '{"to":"ü"}'.encode()
    assert (b"Authorization", f"Bearer {KEY}".encode()) in request.headers
    assert (b"Content-Length", b"%d" % len(request.content)) in request.headers
    assert (b"Content-Type", b"application/json") in request.headers
    assert (b"X-Tenant", b"7") in request.headers
    assert (b"Host", b"api.acme.example") in request.headers


def test_the_caller_s_headers_replace_the_client_s_own() -> None:
    """A User-Agent of the caller's stands alone."""
    found = [
        (name, value)
        for name, value in build_request(
            make_context(headers={"user-agent": "mine"}), "GET", "/x"
        ).headers
        if name.lower() == b"user-agent"
    ]
    assert found == [(b"user-agent", b"mine")]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/a/b", b"/a/b"),
        ("/a b", b"/a%20b"),
        ("/ä", b"/%C3%A4"),
        ("/a%2Fb", b"/a%2Fb"),
        ("/a?x=1", b"/a?x=1"),
        ("/a\r\nHost: evil", b"/a%0D%0AHost:%20evil"),
        ("/a#fragment", b"/a"),
    ],
)
def test_paths_go_out_as_a_target(url: str, target: bytes) -> None:
    """What HTTP cannot carry is escaped, once."""
    assert build_request(make_context(), "GET", url).target == target


def test_a_query_joins_the_query_that_is_there() -> None:
    """A path with a query takes further parameters."""
    assert build_request(make_context(), "GET", "/a?x=1", params={"y": 2}).target == b"/a?x=1&y=2"


@pytest.mark.parametrize(
    "arguments",
    [
        {"url": "https://elsewhere.example/x"},
        {"url": "x"},
        {"url": "/\ud800"},
        {"params": {"a": "\ud800"}},
        {"params": 7},
        {"json": float("nan")},
        {"json": object()},
        {"content": "text"},
        {"content": 7},
        {"data": 7},
        {"files": {"f": 7}},
        {"headers": {"X": "ü"}},
        {"headers": {"X": "a\nb"}},
        {"cookies": {"a": "b"}},
        {"auth": ("user", "word")},
        {"timeout": 5},
        {"follow_redirects": True},
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_is(arguments: dict[str, Any]) -> None:
    """Each is an InvalidArgumentError that does not show the value."""
    url = arguments.pop("url", "/x")
    with pytest.raises(errors.InvalidArgumentError) as caught:
        build_request(make_context(), "POST", url, **arguments)
    assert "word" not in str(caught.value)


def test_the_defaults_of_httpx_are_taken() -> None:
    """Httpx's own get() and post() pass arguments that nobody gave."""
    nothing: dict[str, Any] = dict.fromkeys(("auth", "timeout"), httpx.USE_CLIENT_DEFAULT)
    assert build_request(make_context(), "GET", "/x", cookies=None, **nothing).target == b"/x"


def test_forms_are_encoded_by_httpx() -> None:
    """A form has its own content type and length."""
    found = headers_of(make_context(), data={"From": "+1 555"})
    assert found["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers_of(make_context(), files={"f": b"x"})["Content-Type"].startswith("multipart/")
    assert headers_of(make_context(), content=b"x")["Content-Type"] == "application/octet-stream"
    assert headers_of(make_context())["Content-Length"] == "0"


@given(
    st.text(),
    st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.text())),
)
def test_any_path_and_query_is_sent_or_refused(path: str, params: dict[str, Any]) -> None:
    """The target is ASCII without spaces or line ends, or the refusal is ours."""
    found = failure(lambda: build_request(make_context(), "GET", "/" + path, params=params))
    assert found is None or isinstance(found, errors.InvalidArgumentError)
    if found is None:
        target = build_request(make_context(), "GET", "/" + path, params=params).target.decode(
            "ascii"
        )
        assert target.isprintable()
        assert " " not in target


def judged(
    context: ClientContext, outcome: Any, method: str = "GET", *, attempts: int = 1, **more: Any
) -> errors.APIError:
    """Return the error that a last attempt becomes."""
    request = make_request(context, method, attempts=attempts, **more)
    with pytest.raises(errors.APIError) as caught:
        next_delay(context, request, outcome)
    return caught.value


LAST = {"max_retries": 0}
CUT = TransportError("x", sent=True, status=200)
REFUSED = TransportError("x", sent=True, status=401)


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
    """With everything that the body, the headers and the request know."""
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
    """None means: that is the response."""
    context = make_context()
    assert next_delay(context, make_request(context), response(204)) is None


def test_a_wait_comes_back_as_seconds() -> None:
    """What next_delay returns is how long to wait before the next attempt."""
    clock = Clock(draw=0.0)
    context = make_context(clock)
    assert next_delay(context, make_request(context), response(429, retry_after="7")) == 7.0
    assert next_delay(context, make_request(context), response(500)) == 0.0
    assert next_delay(context, make_request(context), TransportError("cut", sent=True)) == 0.0


def test_the_wanted_wait_is_in_the_error() -> None:
    """A queue can reschedule what this client does not wait for."""
    error = judged(make_context(max_wait=60), response(429, retry_after="1000000"))
    assert error.retry_after == 1e6
    assert error.attempts == 1


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
    """A 5xx without proof of a refusal may come after the work was done; a GET never warns."""
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
    """What was sent, whether time ran out, and how far the response came decide."""
    context = make_context(**LAST)
    assert type(judged(context, broken, "GET")) is get
    assert type(judged(context, broken, "POST")) is post


def test_a_passed_deadline_has_an_error_of_its_own() -> None:
    """The deadline is named, whatever ended the last attempt; what was sent stays ambiguous."""
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


def test_what_would_end_the_same_way_is_not_repeated() -> None:
    """An untrusted certificate or an oversized body costs one attempt."""
    error = judged(make_context(), TransportError("untrusted", sent=False, permanent=True))
    assert error.attempts == 1


def test_the_budget_ends_retries_of_an_outage() -> None:
    """Ten retries in ten seconds, then a failure is final; a paced one costs nothing."""
    clock = Clock()
    context = make_context(clock, max_retries=100)
    for _ in range(10):
        assert next_delay(context, make_request(context), response(500)) == 0.0
    with pytest.raises(errors.ServerError):
        next_delay(context, make_request(context), response(500))
    assert next_delay(context, make_request(context), response(503, retry_after="1")) == 1.0
    clock.now += 10
    assert next_delay(context, make_request(context), response(500)) == 0.0


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[1]", b'"x"', b"\xff", b"[" * 100_000, b'{"details": 3, "code": []}']
)
def test_odd_error_bodies_are_named_not_shown(body: bytes) -> None:
    """A body in another shape says how long it is and of what kind."""
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
    """Without user, query and fragment, which may be secrets."""
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
    """Where there is no template, the path is shown masked and without a query."""
    context = make_context(**LAST)
    request = build_request(context, "GET", "/find/15555550123?to=%2B15555550123")
    request.attempts = 1
    with pytest.raises(errors.ServerError) as caught:
        next_delay(context, request, response(500))
    assert caught.value.path == "/find/[number]"


def test_an_operation_s_own_rule_comes_first() -> None:
    """A rule of the provider's data replaces the method's."""
    strict = RetryRule(idempotent=False, evidence="the vendor's page")
    context = make_context().replace(provider=_with_rules({"some_call": strict}))
    assert make_request(context, "GET").retry_rule is strict
    assert build_request(context, "GET", "/x").retry_rule.idempotent


def _with_rules(retry_rules: dict[str, RetryRule]) -> Any:
    from dataclasses import replace

    return replace(PROVIDER, retry_rules=retry_rules)


def test_logs_hold_only_what_is_on_the_list(caplog: pytest.LogCaptureFixture) -> None:
    """Method, path template, attempt, result and time: no key, query, number, header or body."""
    context = make_context(headers={"X-Token": "hidden-word"})
    with caplog.at_level(logging.DEBUG):
        request = build_request(
            context, "POST", "/calls?to=%2B15555550123", json={"to": "+15555550123"}
        )
        request.attempts = 1
        failure(
            lambda: next_delay(
                context, request, response(401, b'{"message": "+15555550123"}', x="hidden")
            )
        )
        next_delay(context, request, response(200, b'{"transcript": "hello"}'))
        failure(
            lambda: next_delay(context, request, TransportError("the server broke off", sent=True))
        )
    assert [record.name for record in caplog.records] == ["trunkline.acme"] * 3
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "POST /calls attempt=1 result=401 elapsed=0.000",
        "POST /calls attempt=1 result=200 elapsed=0.000",
        "POST /calls attempt=1 result=the server broke off elapsed=0.000",
    ]


def test_a_validation_error_knows_its_request() -> None:
    """A success that does not fit names the missing field, and shows nothing else of the body."""
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
    """The first attempt may have deleted it: a bare 404 would look like a mistake."""
    context = make_context()
    request = make_request(context, "DELETE", attempts=1)
    lost = TransportError("the connection failed", sent=True)
    assert next_delay(context, request, lost) is not None
    request.attempts = 2
    with pytest.raises(errors.NotFoundError, match="an earlier attempt got no response") as caught:
        next_delay(context, request, response(404))
    assert (caught.value.attempts, caught.value.maybe_accepted) == (2, True)
