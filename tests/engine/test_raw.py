"""``with_raw_response``: the response's facts beside the model, each call its own."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from tests.engine.colours import COLOURS, TO, Caller, Colour, run
from tests.engine.exchange import Asked, Exchange, answer
from tests.engine.test_pool import Offset

from trunkline import RawResponse, errors

pytestmark = pytest.mark.parametrize("colour", COLOURS)

PAGE = b'{"data": [{"call_sid": "CA1"}], "total": 1}'
FACTS = (
    "X-Request-Id: req_1",
    "X-RateLimit-Limit: 60",
    "X-RateLimit-Remaining: 59",
    "X-RateLimit-Reset: 30",
)


async def settled(caller: Caller, result: Any) -> Any:
    """Await a result where the client's colour has it awaited."""
    return result if caller.colour == "sync" else await result


def test_the_facts_of_the_last_attempt(colour: Colour) -> None:
    """A refusal, then success: the status, headers and body are those of the second attempt."""

    def reply(_asked: Asked) -> bytes:
        if len(server.asked) == 1:
            return answer(b"{}", "X-Request-Id: req_0", status="429 Slow")
        return answer(PAGE, *FACTS)

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
        run(colour, scenario, base_url=server.url, **Offset().settings)


def test_calls_at_once_keep_their_own_responses(colour: Colour) -> None:
    """One accessor, kept and used by ten callers at a time, mixes up nothing."""

    def reply(asked: Asked) -> bytes:
        number = asked.target.rpartition("=")[2]
        return answer(PAGE, f"X-Request-Id: req_{number}")

    async def scenario(caller: Caller) -> None:
        raw = caller.client.call_logs.with_raw_response

        async def one(number: int) -> str:
            found: RawResponse[Any] = await settled(caller, raw.list(limit=number))
            return found.request_id or ""

        got = await caller.together(*(lambda n=n: one(n) for n in range(1, 11)))
        assert got == [f"req_{number}" for number in range(1, 11)]

    with Exchange(reply) as server:
        run(colour, scenario, base_url=server.url)


def test_a_raw_method_looks_like_its_original(colour: Colour) -> None:
    """Help and completion show the method's own name, text and parameters."""

    async def scenario(caller: Caller) -> None:
        calls = caller.client.calls
        raw = calls.with_raw_response.make
        assert (raw.__name__, raw.__doc__) == ("make", calls.make.__doc__)
        assert inspect.signature(raw).parameters == inspect.signature(calls.make).parameters

    run(colour, scenario)


def test_failures_are_raised_as_without_it(colour: Colour) -> None:
    """There is no raw form of an error: its exception has the same facts."""

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.BadRequestError) as caught:
            await settled(caller, caller.client.calls.with_raw_response.make(to=TO))
        assert caught.value.request_id == "req_1"
        assert caught.value.attempts == 1

    with Exchange(lambda _asked: answer(b"{}", *FACTS, status="400 Bad")) as server:
        run(colour, scenario, base_url=server.url)
