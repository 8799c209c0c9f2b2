"""The one session that every request takes, generated code's included."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import httpx

from trunkline._engine.cooldown import CooldownActive
from trunkline._engine.models import Request, Response, plain_headers
from trunkline._engine.session.telemetry import start_call_span
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import to_httpx
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.transport._async.interfaces import AsyncStream, AsyncTransport


class AsyncDisabledTransport(httpx.AsyncBaseTransport):
    """Refuses requests that bypass the session: they would have no key, deadline or retries."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Refuse."""
        raise InvalidArgumentError(
            f"{request.method}: use request(), get(), post()...; send() and stream() are not part "
            "of this client"
        )


class AsyncSession(httpx.AsyncClient):
    """The httpx client that generated code is handed.

    It responses ``request()`` with retries, deadlines and errors of ours, and skips what an API
    client does not need: cookies, redirects, URL merging, environment look-ups.
    """

    def __init__(self, context: ClientContext, transport: AsyncTransport) -> None:
        super().__init__(transport=AsyncDisabledTransport(), trust_env=False)
        self.context, self.transport = context, transport
        self.responses: list[Response] | None = None

    def changed(self, context: ClientContext, *, capture: bool = False) -> AsyncSession:
        """Return a session with another context on the same connections."""
        session = copy.copy(self)
        session.context = context
        # A copy of a capturing session (with_options) captures into the same list.
        session.responses = [] if capture else self.responses
        return session

    async def request(  # type: ignore[override]  # a chosen part of httpx's arguments
        self, method: str, url: str, **arguments: Any
    ) -> httpx.Response:
        """Send a request and return its successful response.

        Raises:
            APIError: anything else than a success, after all attempts.
        """
        request = self.context.plan(method, url, **arguments)
        response = await self.send_request(request)
        if self.responses is not None:
            self.responses.append(response)
        return to_httpx(request, response)

    async def send_request(self, request: Request) -> Response:
        """Make attempts until one succeeds or the rules say stop; traced where somebody does."""
        record = start_call_span(self.context, request)
        if record is None:
            return await self._send_with_retries(request)
        with record:
            response = await self._send_with_retries(request)
            record.succeeded(response)
            return response

    async def _send_with_retries(self, request: Request) -> Response:
        context, transport = self.context, self.transport
        context.budget.request(request.started)
        while True:
            request.attempts += 1
            outcome: Response | TransportError
            try:
                outcome = await transport.send(request)
            except TransportError as broken:
                outcome = broken
            except CooldownActive:
                request.attempts -= 1  # nothing was sent
                await context.runtime.async_sleep(context.hold(request))
                continue
            delay = context.next_delay(request, outcome)
            if delay is None:
                return outcome  # type: ignore[return-value]  # next_delay() raises for everything broken
            await context.runtime.async_sleep(delay)

    async def open(self, request: Request, also: frozenset[int] = frozenset()) -> AsyncStream:
        """Make attempts until a response succeeds, and return it with its body unread.

        Args:
            request: the request.
            also: further statuses that are returned and not judged, such as redirects.
        """
        context = self.context
        context.budget.request(request.started)
        while True:
            request.attempts += 1
            outcome: Response | TransportError
            try:
                body = await self.transport.open(request)
                if 200 <= body.status < 300 or body.status in also:
                    return body
                outcome = await complete(body)
            except TransportError as broken:
                outcome = broken
            except CooldownActive:
                request.attempts -= 1  # nothing was sent
                await context.runtime.async_sleep(context.hold(request))
                continue
            delay = context.next_delay(request, outcome)
            await context.runtime.async_sleep(delay or 0.0)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.transport.aclose()
        await super().aclose()


async def complete(body: AsyncStream) -> Response:
    """Return a response with its body read; raises TransportError when that fails."""
    content = bytearray()
    try:
        async for chunk in body.chunks():
            content += chunk
    finally:
        await body.aclose()
    return Response(body.status, plain_headers(body.raw_headers), bytes(content))
