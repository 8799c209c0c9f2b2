"""``with_raw_response``: the model and the facts of the response, separate for each call."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import httpx
import pytest
from tests.engine.backends import BACKENDS, TO, Backend, Caller, run
from tests.engine.pool_clients import Offset
from tests.engine.server import Asked, Exchange, response

from trunkline import AsyncWhispey, RawResponse, Whispey, errors

pytestmark = pytest.mark.parametrize("backend", BACKENDS)

PAGE = b'{"data": [{"call_sid": "CA1"}], "total": 1}'
FACTS = (
    "X-Request-Id: req_1",
    "X-RateLimit-Limit: 60",
    "X-RateLimit-Remaining: 59",
    "X-RateLimit-Reset: 30",
)


async def settled(caller: Caller, result: Any) -> Any:
    """Await a result if the client's backend is async."""
    return result if caller.backend == "sync" else await result


def test_the_facts_of_the_last_attempt(backend: Backend) -> None:
    """A refusal, then a success: status, headers and body are those of the second attempt."""

    def reply(_asked: Asked) -> bytes:
        if len(server.asked) == 1:
            return response(b"{}", "X-Request-Id: req_0", status="429 Slow")
        return response(PAGE, *FACTS)

    async def scenario(caller: Caller) -> None:
        raw = await settled(caller, caller.client.call_logs.with_raw_response.list(limit=1))
        assert isinstance(raw, RawResponse)
        assert raw.parsed.items[0].call_sid == "CA1"
        assert (raw.status_code, raw.content, raw.request_id) == (200, PAGE, "req_1")
        assert raw.headers["x-request-id"] == "req_1"
        assert (raw.rate_limit.limit, raw.rate_limit.remaining) == (60, 59)
        assert raw.attempts == 2
        assert raw.elapsed > 0

    with Exchange(reply) as server:
        run(backend, scenario, base_url=server.url, **Offset().settings)


def test_a_request_of_ones_own_has_the_headers_of_httpx(backend: Backend) -> None:
    """Case-insensitive, including repeated headers; also after pickling."""

    async def scenario(caller: Caller) -> None:
        found = await caller.request("GET", "/own")
        for each in (pickle.loads(pickle.dumps(found)), found):
            assert isinstance(each, httpx.Response)
            assert each.headers["x-REQUEST-id"] == "req_1"
            assert each.headers.get_list("set-cookie") == ["a=1", "b=2"]

    answer = response(PAGE, *FACTS, "Set-Cookie: a=1", "Set-Cookie: b=2")
    with Exchange(lambda _asked: answer) as server:
        run(backend, scenario, base_url=server.url)


def test_calls_at_once_keep_their_own_responses(backend: Backend) -> None:
    """One accessor, used by ten callers at the same time, mixes nothing up."""

    def reply(asked: Asked) -> bytes:
        number = asked.target.rpartition("=")[2]
        return response(PAGE, f"X-Request-Id: req_{number}")

    async def scenario(caller: Caller) -> None:
        raw = caller.client.call_logs.with_raw_response

        async def one(number: int) -> str:
            found: RawResponse[Any] = await settled(caller, raw.list(limit=number))
            return found.request_id or ""

        got = await caller.together(*(lambda n=n: one(n) for n in range(1, 11)))
        assert got == [f"req_{number}" for number in range(1, 11)]

    with Exchange(reply) as server:
        run(backend, scenario, base_url=server.url)


def test_a_raw_method_looks_like_its_original(backend: Backend) -> None:
    """Help and completion show the method's own name, docstring and parameters."""

    async def scenario(caller: Caller) -> None:
        calls = caller.client.calls
        raw = calls.with_raw_response.make
        assert (raw.__name__, raw.__doc__) == ("make", calls.make.__doc__)
        assert inspect.signature(raw).parameters == inspect.signature(calls.make).parameters

    run(backend, scenario)


def test_failures_are_raised_as_without_it(backend: Backend) -> None:
    """Errors have no raw form: the exception has the same facts."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.BadRequestError) as caught:
            await settled(caller, caller.client.calls.with_raw_response.make(to=TO))
        assert caught.value.request_id == "req_1"
        assert caught.value.attempts == 1

    with Exchange(lambda _asked: response(b"{}", *FACTS, status="400 Bad")) as server:
        run(backend, scenario, base_url=server.url)


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer other"},
        {"authorization": "Bearer other"},
        {"Content-Length": "3"},
        {"Transfer-Encoding": "chunked"},
        {"Host": "elsewhere"},
        {"content-type": "text/plain"},
        {"X A": "1"},
        {"X-\xc4": "1"},
        {1: "x"},
        [("X-A", "1")],
    ],
)
def test_a_raw_request_s_headers_are_checked_too(backend: Backend, headers: Any) -> None:
    """A second key, length or host is never sent, and an invalid name is an SDK error."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.InvalidArgumentError, match="header"):
            await caller.request("POST", "/x", headers=headers)
        await caller.request("POST", "/x", headers={"accept": "text/plain", "X-A": "1"})

    with Exchange() as server:
        run(backend, scenario, base_url=server.url)
        (asked,) = server.asked
        assert asked.head.lower().count("\r\naccept:") == 1
        assert (asked.headers["accept"], asked.headers["x-a"]) == ("text/plain", "1")


@pytest.mark.parametrize(("method", "path"), [(None, "/x"), ("GET", b"/x"), ("GET", 5)])
def test_a_raw_request_of_odd_types_is_refused(backend: Backend, method: Any, path: Any) -> None:
    """Before anything is sent, with an SDK error."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.InvalidArgumentError):
            await caller.request(method, path)

    run(backend, scenario)


def test_an_item_that_does_not_fit_comes_as_it_is(backend: Backend) -> None:
    """The page matches, one item does not: in strict mode the error has its index."""
    page = b'{"data": [{"call_sid": "CA1"}, 5]}'

    async def scenario(caller: Caller) -> None:
        found = await settled(caller, caller.client.call_logs.list())
        assert found.items[0].call_sid == "CA1"
        assert found.items[1] == 5

    async def strictly(caller: Caller) -> None:
        with pytest.raises(errors.ResponseValidationError, match="/data/1: expected object") as got:
            await settled(caller, caller.client.call_logs.list())
        error = got.value
        assert (error.operation_id, error.status, error.request_id) == ("list_call_logs", 200, "r1")
        assert (error.body, [each.pointer for each in error.deviations]) == (page, ["/data/1"])

    with Exchange(lambda _asked: response(page, "X-Request-Id: r1")) as server:
        run(backend, scenario, base_url=server.url)
        run(backend, strictly, base_url=server.url, strict=True)


def test_the_key_s_own_header_is_not_free(backend: Backend) -> None:
    """Whispey's key has its own header; a second one would contradict it."""
    kind: Any = Whispey if backend == "sync" else AsyncWhispey
    client = kind("pype_0123456789", headers={"X-Pype-Token": "other"})
    with pytest.raises(errors.InvalidArgumentError, match="give the key as api_key="):
        _ = client.ingest
