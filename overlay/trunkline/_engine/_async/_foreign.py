"""Sending through httpx itself: proxies, HTTP/2, and transports or clients of the caller's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from trunkline._engine._breakage_httpx import answer_to, foreign, visible
from trunkline._engine._httpx import to_request
from trunkline._engine._quiet import quiet
from trunkline._engine._shim import async_shield, async_within
from trunkline._engine._wire import Answer, Broken, Inflater, Trip, encoding_of, plain_headers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

    import httpx

    from trunkline._engine._async._clients import AsyncSource


class AsyncForeign:
    """A sender around httpx clients.

    Args:
        clients: gives the client; its proxies, mounts and event hooks apply.
        clock: the monotonic clock.
    """

    def __init__(self, clients: AsyncSource, clock: Callable[[], float]) -> None:
        self._clients, self._clock = clients, clock

    async def send(self, trip: Trip) -> Answer:
        """Send a request and read the whole response; raises Broken when that fails."""
        stream = await self.open(trip)
        body = bytearray()
        try:
            async for chunk in stream.chunks():
                body += chunk
        finally:
            await stream.aclose()
        return Answer(stream.status, plain_headers(stream.raw_headers), bytes(body))

    async def open(self, trip: Trip) -> AsyncForeignStream:
        """Send a request and return its response with the body still to be read."""
        client = await self._clients.get()
        trip.check_pause(self._clock())
        left = trip.expires_at - self._clock()
        if left <= 0:
            raise Broken("no time is left", sent=False, timed_out=True)
        request = to_request(trip, left)
        try:
            with quiet(), async_within(left):
                response = await client.send(
                    request, stream=True, auth=None, follow_redirects=False
                )
        except Exception as error:  # noqa: BLE001 - what is no answer is raised
            response = answer_to(error, request)
        return AsyncForeignStream(trip, response, self._clock)

    async def aclose(self) -> None:
        """Close the clients that are the engine's to close."""
        await self._clients.aclose()


class AsyncForeignStream:
    """A response of httpx whose body is read piece by piece."""

    def __init__(self, trip: Trip, response: httpx.Response, clock: Callable[[], float]) -> None:
        self._trip, self._response, self._clock = trip, response, clock
        self.status: int = response.status_code
        self.raw_headers = response.headers.raw

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives, decompressed; raises Broken when it does not end well."""
        # A mock's response may have been read, and decoded, when it was made.
        is_read = self._response.is_stream_consumed
        parts = self._response.aiter_bytes() if is_read else self._response.aiter_raw()
        encoding = b"" if is_read else encoding_of(self.raw_headers)
        inflater = Inflater(encoding, self._trip.options.max_response_bytes)
        try:
            while (chunk := await self._next(parts)) is not None:
                yield inflater.feed(chunk)
            inflater.finish()
        except Exception as error:  # noqa: BLE001 - it becomes a Broken
            broken = foreign(error, status=self.status, headers=self.raw_headers)
            raise broken from visible(error)

    async def _next(self, parts: AsyncIterator[bytes]) -> bytes | None:
        left = self._trip.expires_at - self._clock()
        if left <= 0:
            raise TimeoutError
        with quiet(), async_within(left):
            return await anext(parts, None)

    async def aclose(self) -> None:
        """Give the response up."""
        with quiet(), async_shield(), suppress(Exception):  # what is closed may be broken already
            await self._response.aclose()
