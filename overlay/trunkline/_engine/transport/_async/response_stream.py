"""The body of a response on a connection of the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._engine.transport.content import (
    ContentDecoder,
    ResponseTooLargeError,
    decode_body,
)
from trunkline._engine.transport.failures import (
    BODY_ERRORS,
    TransportError,
    is_pool_failure,
    to_transport_error,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from trunkline._engine.models import RawHeaders, Request
    from trunkline._engine.transport._async.http11 import AsyncHTTP11Connection
    from trunkline._engine.transport._async.idle_connections import AsyncIdleConnections
    from trunkline._engine.transport.semaphore import Permit


class AsyncPoolStream:
    """Holds its connection until the body has been read or abandoned.

    Args:
        idle: takes the connection back.
        permit: permission to hold the connection; dropped with it.
        connection: the connection that the response arrives on.
        request: the request; its deadline and size limit apply to the body.
        clock: the monotonic clock.
        encoding: the content coding.
        status: the status, for errors.
        headers: the headers, for errors.
    """

    def __init__(
        self,
        idle: AsyncIdleConnections,
        permit: Permit | None,
        connection: AsyncHTTP11Connection,
        request: Request,
        clock: Callable[[], float],
        encoding: bytes,
        status: int,
        headers: RawHeaders,
    ) -> None:
        self._idle, self._permit, self._connection = idle, permit, connection
        self._request, self._clock, self._encoding = request, clock, encoding
        self._status, self._headers = status, headers
        self._is_open = True

    async def aread(self) -> bytes:
        """Return the whole body, decoded; raises TransportError when it is cut off."""
        received: list[bytes] = []
        size, limit = 0, self._request.options.max_response_bytes
        try:
            while chunk := await self._connection.receive_body_chunk():
                received.append(chunk)
                size += len(chunk)
                if size > limit:
                    raise ResponseTooLargeError  # noqa: TRY301 - mapped below
        except BaseException as error:
            await self.aclose()
            if is_pool_failure(error):
                raise self._error(error, b"".join(received)) from error
            raise
        await self._release()
        body = received[0] if len(received) == 1 else b"".join(received)
        return self._decoded(body, limit) if self._encoding else body

    def _decoded(self, body: bytes, limit: int) -> bytes:
        try:
            return decode_body(body, self._encoding, limit)
        except BODY_ERRORS as error:
            raise self._error(error, body) from error

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives, decoded; raises TransportError when it is cut off."""
        connection, request = self._connection, self._request
        connection.expires_at = request.expires_at  # a body may have its own deadline
        decoder = ContentDecoder(self._encoding, request.options.max_response_bytes)
        try:
            while chunk := await connection.receive_body_chunk():
                yield decoder.decode(chunk)
            decoder.flush()
        except BODY_ERRORS as error:
            raise self._error(error) from error
        await self._release()

    def _error(self, error: BaseException, body: bytes = b"") -> TransportError:
        return to_transport_error(
            error, sent=True, status=self._status, headers=self._headers, body=body
        )

    async def _release(self) -> None:
        """Return the connection to the pool where it can carry another request, else close it."""
        connection, self._is_open = self._connection, False
        try:
            spare: AsyncHTTP11Connection | None = connection
            if connection.start_next_cycle():
                spare = self._idle.release(connection, self._clock())
            if spare is not None:
                await spare.aclose()
        finally:
            self._drop_permit()

    async def aclose(self) -> None:
        """Abandon the body and close its connection, unless the body was read to its end."""
        if self._is_open:
            self._is_open = False
            try:
                await self._connection.aclose()
            finally:
                self._drop_permit()

    def _drop_permit(self) -> None:
        self._permit = None
        self._idle.semaphore.wake_next()
