"""The one road that every request takes, generated code's included."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import httpx

from trunkline._engine._httpx import to_httpx
from trunkline._engine._pauses import Paused
from trunkline._engine._telemetry import recording
from trunkline._engine._wire import Answer, Broken, Trip, plain_headers
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from trunkline._engine._async._sender import AsyncBody, AsyncSender
    from trunkline._engine._core import Core


class AsyncRefusal(httpx.AsyncBaseTransport):
    """Stands where httpx wants a transport: requests beside the road would have no key or limit."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Refuse."""
        raise InvalidArgumentError(
            f"{request.method}: use request(), get(), post()...; send() and stream() are not part "
            "of this client"
        )


class AsyncRoad(httpx.AsyncClient):
    """The httpx client that generated code is handed.

    It answers ``request()`` with retries, deadlines and errors of ours, and skips what an API
    client does not need: cookies, redirects, URL merging, environment look-ups.
    """

    def __init__(self, core: Core, sender: AsyncSender) -> None:
        super().__init__(transport=AsyncRefusal(), trust_env=False)
        self.core, self.sender = core, sender
        self.answers: list[Answer] | None = None

    def changed(self, core: Core, *, capture: bool = False) -> AsyncRoad:
        """Return a road with another core on the same connections."""
        road = copy.copy(self)
        road.core = core
        # A copy of a capturing road (with_options) captures into the same list.
        road.answers = [] if capture else self.answers
        return road

    async def request(  # type: ignore[override]  # a chosen part of httpx's arguments
        self, method: str, url: str, **arguments: Any
    ) -> httpx.Response:
        """Send a request and return its successful response.

        Raises:
            APIError: anything else than a success, after all attempts.
        """
        trip = self.core.plan(method, url, **arguments)
        answer = await self.travel(trip)
        if self.answers is not None:
            self.answers.append(answer)
        return to_httpx(trip, answer)

    async def travel(self, trip: Trip) -> Answer:
        """Make attempts until one succeeds or the rules say stop; traced where somebody does."""
        record = recording(self.core, trip)
        if record is None:
            return await self._travel(trip)
        with record:
            answer = await self._travel(trip)
            record.succeeded(answer)
            return answer

    async def _travel(self, trip: Trip) -> Answer:
        core, sender = self.core, self.sender
        core.budget.request(trip.started)
        while True:
            trip.attempts += 1
            outcome: Answer | Broken
            try:
                outcome = await sender.send(trip)
            except Broken as broken:
                outcome = broken
            except Paused:
                trip.attempts -= 1  # nothing was sent
                await core.runtime.async_sleep(core.hold(trip))
                continue
            delay = core.judge(trip, outcome)
            if delay is None:
                return outcome  # type: ignore[return-value]  # judge() raises for everything broken
            await core.runtime.async_sleep(delay)

    async def open(self, trip: Trip, also: frozenset[int] = frozenset()) -> AsyncBody:
        """Make attempts until a response succeeds, and return it with its body unread.

        Args:
            trip: the request.
            also: further statuses that are returned and not judged, such as redirects.
        """
        core = self.core
        core.budget.request(trip.started)
        while True:
            trip.attempts += 1
            outcome: Answer | Broken
            try:
                body = await self.sender.open(trip)
                if 200 <= body.status < 300 or body.status in also:
                    return body
                outcome = await complete(body)
            except Broken as broken:
                outcome = broken
            except Paused:
                trip.attempts -= 1  # nothing was sent
                await core.runtime.async_sleep(core.hold(trip))
                continue
            delay = core.judge(trip, outcome)
            await core.runtime.async_sleep(delay or 0.0)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.sender.aclose()
        await super().aclose()


async def complete(body: AsyncBody) -> Answer:
    """Return a response with its body read; raises Broken when that fails."""
    content = bytearray()
    try:
        async for chunk in body.chunks():
            content += chunk
    finally:
        await body.aclose()
    return Answer(body.status, plain_headers(body.raw_headers), bytes(content))
