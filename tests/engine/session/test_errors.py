"""Errors: their text, their attributes, and what is kept between processes."""

from __future__ import annotations

import copy
import inspect
import json
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from celery import Celery
from celery.backends.base import Backend
from hypothesis import given
from hypothesis import strategies as st

from trunkline import StateSetVoice, errors
from trunkline.errors import APIError, TrunklineError
from trunkline.pamela import CallResponse

KINDS: list[type[TrunklineError]] = [getattr(errors, name) for name in errors.__all__]
API_KINDS = [kind for kind in KINDS if issubclass(kind, APIError)]

FACTS: dict[str, Any] = {
    "provider": "acme",
    "operation_id": "make_call",
    "method": "POST",
    "path": "/calls/{id}",
    "status": 503,
    "code": "busy",
    "details": {"fields": ["to"], "number": "+15555550123"},
    "request_id": "req-1",
    "retry_after": 3.5,
    "attempts": 2,
    "elapsed": 1.25,
    "key": "order-4711",
    "maybe_accepted": True,
    "body": b'{"to": "+15555550123"}',
    "headers": {"set-cookie": "session=1"},
}


def full(kind: type[APIError]) -> APIError:
    error = kind("the line is busy", **FACTS)
    if isinstance(error, errors.SubscriptionError):
        error.grace_period_ends_at = datetime(2026, 12, 1, tzinfo=UTC)
    return error


def made(kind: type[TrunklineError]) -> TrunklineError:
    if issubclass(kind, APIError):
        return full(kind)
    if issubclass(kind, OSError):
        return kind(28, "no space", "/some/file")
    return kind("something is wrong")


@pytest.mark.parametrize("kind", API_KINDS)
def test_the_request_id_comes_first(kind: type[APIError]) -> None:
    """The id for a report to the vendor is first, then operation, message and facts."""
    assert str(full(kind)) == (
        "[req-1] acme.make_call: the line is busy (status=503, code=busy, retry_after=3.5, "
        "attempts=2, key=order-4711; it may have been accepted: look before you repeat it)"
    )


def test_an_error_says_only_what_it_knows() -> None:
    """Without facts there are no empty brackets."""
    assert str(APIError()) == ""
    assert str(APIError("cut")) == "cut"
    assert str(APIError("cut", provider="acme", path="/x")) == "acme./x: cut"


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_pickles(kind: type[TrunklineError]) -> None:
    """Class, message and facts are kept; body and headers are not, and details are masked."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        error = made(kind)
        check_loaded(error, pickle.loads(pickle.dumps(error, protocol)))


def check_loaded(error: TrunklineError, loaded: Any) -> None:
    assert type(loaded) is type(error)
    assert str(loaded) == str(error)
    if isinstance(error, APIError):
        kept = {
            **FACTS,
            "body": b"",
            "headers": {},
            "details": {"fields": ["to"], "number": "[number]"},
        }
        assert {name: getattr(loaded, name) for name in FACTS} == kept
    if isinstance(error, errors.SubscriptionError):
        assert loaded.grace_period_ends_at == error.grace_period_ends_at


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_copies(kind: type[TrunklineError]) -> None:
    """Copy and deepcopy give an equal error of the same class."""
    error = made(kind)
    for copied in (copy.copy(error), copy.deepcopy(error)):
        assert type(copied) is kind
        assert str(copied) == str(error)
        assert copied.args == error.args


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("serializer", ["json", "pickle"])
def test_every_error_survives_celery(kind: type[TrunklineError], serializer: str) -> None:
    """A task's failure keeps class and message in Celery's JSON form, and its facts in pickles."""
    app = Celery(set_as_current=False)
    backend = Backend(app, serializer=serializer)
    error = made(kind)
    stored = backend.prepare_exception(error, serializer)
    if serializer == "json":
        stored = json.loads(json.dumps(stored))
    loaded = backend.exception_to_python(stored)
    assert type(loaded) is kind
    assert loaded.args[0] == error.args[0]
    if serializer == "pickle":
        assert str(loaded) == str(error)


def fail() -> None:
    raise full(errors.RateLimitError)


def test_an_error_crosses_a_process() -> None:
    """The error of a worker process is the error that the caller gets."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        with pytest.raises(errors.RateLimitError) as caught:
            pool.submit(fail).result()
    assert caught.value.retry_after == 3.5


def test_a_pickled_error_keeps_no_wait_state() -> None:
    """The last state may be personal data."""
    error = errors.WaitTimeoutError("too long")
    error.last = {"transcript": "hello"}
    assert b"hello" not in pickle.dumps(error)
    assert pickle.loads(pickle.dumps(error)).last is None


@pytest.mark.parametrize(
    ("kind", "also"),
    [
        (errors.ConfigurationError, ValueError),
        (errors.InvalidArgumentError, ValueError),
        (errors.ClientClosedError, RuntimeError),
        (errors.LocalFileError, OSError),
        (errors.AmbiguousTimeoutError, errors.APITimeoutError),
        (errors.AmbiguousTimeoutError, errors.AmbiguousResultError),
        (errors.DeadlineExceededError, errors.APITimeoutError),
        (errors.SubscriptionError, errors.PermissionDeniedError),
        (errors.APITimeoutError, errors.APIConnectionError),
        (errors.ResponseValidationError, errors.APIError),
    ],
)
def test_errors_are_what_their_tree_says(kind: type[Exception], also: type[Exception]) -> None:
    """Each can be caught by its base class."""
    assert issubclass(kind, also)
    assert issubclass(kind, TrunklineError)


def test_the_tree_in_the_documentation_is_complete() -> None:
    """Every public error is in the module's docstring, and __all__ is sorted."""
    text = inspect.getdoc(errors) or ""
    assert all(name in text for name in errors.__all__)
    public = {
        n for n, v in vars(errors).items() if inspect.isclass(v) and issubclass(v, TrunklineError)
    }
    assert set(errors.__all__) == public


texts = st.text(max_size=60)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(texts, texts | st.integers(), texts, st.dictionaries(texts, json_values, max_size=4))
def test_any_words_of_a_vendor_are_survived(
    message: str, code: str | int, request_id: str, details: dict[str, Any]
) -> None:
    """Half characters, line ends and numbers in a vendor's message break no text or pickle."""
    error = APIError(message, code=code, request_id=request_id, details=details, provider="acme")
    assert str(error).isprintable()
    str(error).encode()
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"error": {"code": 1}}, None, 1),
        ({"error": {"code": "E7", "message": "no line"}}, "no line", "E7"),
        ({"error": "busy", "message": {"message": "no line"}}, "no line", "busy"),
        ({"error": 7}, None, 7),
        ({"error": {"code": {"code": 1}}}, None, None),
        ({"error": ["x"], "message": True}, None, None),
    ],
)
def test_a_message_is_the_vendor_s_or_says_that_there_is_none(
    body: Any, message: str | None, code: str | int | None
) -> None:
    """An object instead of a text gives its message and code, and never a Python name."""
    reply = httpx.Response(400, json=body)
    nothing = f"no message ({len(reply.content)} bytes of application/json)"
    transport = httpx.MockTransport(lambda _request: reply)
    with StateSetVoice("ssv_0123456789", transport=transport) as client:
        with pytest.raises(errors.BadRequestError) as caught:
            client.make_call(to="+15555550123")
    assert (caught.value.message, caught.value.code) == (message or nothing, code)


def test_deep_details_survive_a_pickle() -> None:
    """An error with a body nested deeper than Python's stack can still be stored."""
    deep: dict[str, Any] = {}
    for _ in range(3000):
        deep = {"a": deep}
    assert pickle.loads(pickle.dumps(APIError("x", details=deep))).details


@pytest.mark.parametrize("code", [15555550123, -15555550123, "+15555550123"])
def test_a_number_in_the_place_of_a_code_is_masked(code: int | str) -> None:
    """Some vendors put the received value there."""
    error = APIError("x", code=code)
    assert error.code == "[number]"
    assert APIError("x", code=7008).code == 7008


def test_a_missing_field_s_name_survives_pickle_and_copy() -> None:
    """Workers report it to another process."""
    with pytest.raises(errors.MissingFieldError) as caught:
        _ = CallResponse.from_dict({"id": "c1"}).status
    for again in (pickle.loads(pickle.dumps(caught.value)), copy.deepcopy(caught.value)):
        assert (again.name, str(again)) == ("status", str(caught.value))
