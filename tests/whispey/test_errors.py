"""Unsuccessful responses and broken connections."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.page import success

from trunkline.errors import (
    AmbiguousResultError,
    APIError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    MissingFieldError,
    NotFoundError,
    RateLimitError,
    ResponseValidationError,
    ServerError,
    UnexpectedStatusError,
    UnprocessableEntityError,
)
from trunkline.whispey._provider import decode_error, is_error_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers import Backend, Scripted


def failure(code: str, message: str = "because") -> dict[str, Any]:
    return {"success": False, "error": {"code": code, "message": message, "details": {"a": "b"}}}


@pytest.mark.parametrize(
    ("body", "message", "code", "details"),
    [
        (failure("X", "no"), "no: a: b", "X", {"a": "b"}),
        (failure("X", ""), "a: b", "X", {"a": "b"}),
        (
            {"error": "no", "details": {"field": "to", "b": "c"}},
            "no: field to",
            None,
            {"field": "to", "b": "c"},
        ),
        ({"success": False, "error": "no"}, "no", None, {}),
        ({"error": "no", "details": {"c": 1}}, "no", None, {"c": 1}),
        ({"error": {"code": "X", "details": None}}, "", "X", {}),
        ({"message": "no"}, "no", None, {}),
        ({"error": {"message": {"deep": 1}, "code": []}, "message": 3}, "", None, {}),
        ({"error": None}, "", None, {}),
        ([], "", None, {}),
        (None, "", None, {}),
        ("text", "", None, {}),
    ],
)
def test_error_bodies(body: Any, message: str, code: str | None, details: dict[str, Any]) -> None:
    """The documented object, the text of the real routes' responses, and everything else."""
    info = decode_error(body)
    assert (info.message, info.code, dict(info.details)) == (message, code, details)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("error"), inner),
    max_leaves=8,
)


@given(JSON)
def test_reading_an_error_never_raises(body: Any) -> None:
    """Any JSON from a gateway can be made into an error."""
    decode_error(body)


@pytest.mark.parametrize(
    ("body", "denied"),
    [
        (b'{"success": false}', True),
        (b'{"success" :\nfalse, "data": {}}', True),
        (b'{"success": true}', False),
        (b'{"success": true, "data": {"success": false}}', False),
        (b'[{"success": false}]', False),
        (b'{"success": false', False),
        (b'{"success": 0}', False),
        (b"", False),
        (b"[" * 100_000 + b'"success":false', False),
    ],
)
def test_a_body_speaks_for_itself_at_its_top_only(body: bytes, *, denied: bool) -> None:
    """``success: false`` counts at the envelope's top level, and no deeper."""
    assert is_error_body(body) is denied


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "INVALID_DATE_RANGE", BadRequestError),
        (422, "INVALID_DATE_RANGE", UnprocessableEntityError),
        (401, "INVALID_API_KEY", AuthenticationError),
        (403, "INVALID_API_KEY", AuthenticationError),
        (404, "AGENT_NOT_FOUND", NotFoundError),
        (400, "AGENT_NOT_FOUND", NotFoundError),
        (409, "EXPORT_IN_PROGRESS", ConflictError),
        (400, "EXPORT_IN_PROGRESS", ConflictError),
        (429, "RATE_LIMIT_EXCEEDED", RateLimitError),
        (403, "RATE_LIMIT_EXCEEDED", RateLimitError),
        (400, "SOMETHING_NEW", BadRequestError),
        (500, "SOMETHING_NEW", ServerError),
        (302, "SOMETHING_NEW", UnexpectedStatusError),
        (499, "SOMETHING_NEW", UnexpectedStatusError),
        (200, "SOMETHING_NEW", APIStatusError),
        (200, "AGENT_NOT_FOUND", NotFoundError),
        (201, "RATE_LIMIT_EXCEEDED", RateLimitError),
    ],
)
def test_status_first_then_code(
    whispey: Backend, server: Scripted, status: int, code: str, kind: type[APIError]
) -> None:
    """The status decides the class, a documented code overrides it, even in a 200."""
    server.then(Reply(status, failure(code), {"x-request-id": "r-9"}))
    with pytest.raises(kind) as caught:
        whispey(lambda client: client.exports.create(), max_retries=0)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.details) == (status, code, {"a": "b"})
    assert (error.request_id, error.operation_id) == ("r-9", "createCallExport")
    assert str(error).startswith("[r-9] whispey.createCallExport: because")


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.agents.list(),
        lambda client: client.agents.get("a"),
        lambda client: client.calls.list(),
        lambda client: client.calls.get("a"),
        lambda client: client.analytics.agent("a"),
        lambda client: client.analytics.costs(),
        lambda client: client.webhooks.create(url="https://a.example", events=[]),
        lambda client: client.exports.create(),
        lambda client: client.exports.get("a"),
        lambda client: client.exports.wait("a"),
        lambda client: client.ingest.call_started(call_id="c", agent_id="a"),
    ],
)
def test_no_200_hides_a_failure(
    whispey: Backend, server: Scripted, action: Callable[[Any], Any]
) -> None:
    """``success: false`` is an error for every operation, with or without ``data``."""
    server.then(Reply(200, {**failure("X"), "data": {"id": "a"}}))
    with pytest.raises(APIStatusError, match="because"):
        whispey(action)
    assert len(server.asked) == 1


@pytest.mark.parametrize("body", [b"<html>", b""])
def test_a_success_that_is_no_json_is_our_error(
    whispey: Backend, server: Scripted, body: bytes
) -> None:
    """The error holds its bytes."""
    server.then(Reply(200, body))
    with pytest.raises(ResponseValidationError) as caught:
        whispey(lambda client: client.agents.get("a"))
    assert caught.value.status == 200


@pytest.mark.parametrize(
    "body", ["[]", "null", "3", '{"success": true}', '{"data": []}', '{"id": "a", "name": "b"}']
)
def test_a_success_of_another_shape_is_a_result(
    whispey: Backend, server: Scripted, body: str
) -> None:
    """Without an object in ``data``, the whole body is read as the requested agent."""
    server.then(Reply(200, body.encode()))
    agent = whispey(lambda client: client.agents.get("a"))
    assert agent.raw == json.loads(body)
    if "id" in body:
        assert agent.id == "a"
    else:
        with pytest.raises(MissingFieldError, match="the response of getAgent"):
            _ = agent.id


def test_a_list_is_found_or_its_absence_is_told(whispey: Backend, server: Scripted) -> None:
    """A bare list and null are lists; an object without one is an error with its fields."""
    server.then(Reply(200, b'[{"id": "a"}]'), Reply(200, b'{"success": true, "data": null}'))
    server.then(Reply(200, b'{"agents": [], "count": 0}'))
    assert [agent.id for agent in whispey(lambda client: client.agents.list())] == ["a"]
    assert whispey(lambda client: client.agents.list()) == []
    with pytest.raises(ResponseValidationError, match="no list under 'data', but agents, count"):
        whispey(lambda client: client.agents.list())


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"<html>no</html>", "text/html", "bytes of text/html"),
        (b"upstream timed out", "text/plain", "upstream timed out"),
        (b"", "application/json", "0 bytes"),
    ],
)
def test_gateways_speak_their_own_language(
    whispey: Backend, server: Scripted, body: bytes, kind: str, said: str
) -> None:
    """An error response without JSON is still our own error."""
    server.then(Reply(502, body, {"Content-Type": kind}))
    with pytest.raises(ServerError, match=said):
        whispey(lambda client: client.agents.list(), max_retries=0)


@pytest.mark.parametrize(
    "action",
    [
        lambda client: client.webhooks.create(url="https://a.example", events=["cost.alert"]),
        lambda client: client.exports.create(format="csv"),
        lambda client: client.ingest.call_ended(call_id="c", agent_id="a"),
    ],
)
@pytest.mark.parametrize("reply", [Reply(200, b"{", promised=50), Reply(503), Reply(500)])
def test_what_may_have_happened_is_not_repeated(
    whispey: Backend, server: Scripted, action: Callable[[Any], Any], reply: Reply
) -> None:
    """A POST that may have been carried out is sent once, and its error says so."""
    server.then(reply)
    with pytest.raises((AmbiguousResultError, ServerError)) as caught:
        whispey(action)
    assert caught.value.maybe_accepted
    assert len(server.asked) == 1


def test_a_limit_is_waited_out(whispey: Backend, server: Scripted) -> None:
    """A request above the limit was not carried out, so it is repeated."""
    server.then(
        Reply(429, failure("RATE_LIMIT_EXCEEDED"), {"Retry-After": "0"}),
        Reply(200, success(page.EXPORT_CREATED)),
    )
    assert whispey(lambda client: client.exports.create()).export_id == "export-456"


@pytest.mark.parametrize("reset", ["3600", "4102444800"])
def test_an_hour_is_too_long_to_wait(whispey: Backend, server: Scripted, reset: str) -> None:
    """Delay or epoch, a distant reset ends the call at once with the wait in its error."""
    headers = {"X-RateLimit-Reset": reset}
    server.then(Reply(429, failure("RATE_LIMIT_EXCEEDED"), headers))
    with pytest.raises(RateLimitError) as caught:
        whispey(lambda client: client.agents.list())
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 3599
    assert len(server.asked) == 1


def test_reads_survive_a_broken_connection(whispey: Backend, server: Scripted) -> None:
    """A GET is repeated."""
    server.then(Reply(200, b"{", promised=50), Reply(200, success([])))
    assert whispey(lambda client: client.agents.list()) == []


def test_errors_keep_secrets_and_travel(whispey: Backend, server: Scripted) -> None:
    """A key and numbers that a server echoes are masked; the refined error pickles and copies."""
    said = "key pype_0123456789abcdef of +15555550123"
    server.then(Reply(400, failure("AGENT_NOT_FOUND", said)))
    with pytest.raises(NotFoundError) as caught:
        whispey(lambda client: client.with_options(key="order-1").agents.get("a"))
    for error in (
        caught.value,
        pickle.loads(pickle.dumps(caught.value)),
        copy.deepcopy(caught.value),
    ):
        assert (error.status, error.code, error.key) == (400, "AGENT_NOT_FOUND", "order-1")
        assert "pype_" not in str(error)
        assert "5555550123" not in str(error)
