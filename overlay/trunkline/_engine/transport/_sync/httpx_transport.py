# Derived from _engine/transport/_async/httpx_transport.py by `make generate`; do not edit.
"""Sends through httpx: the caller's ``transport=`` or ``http_client=``, and mocks."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from trunkline._engine.models import Response
from trunkline._engine.transport.concurrency import sync_fail_after, sync_shield
from trunkline._engine.transport.content import (
    ContentDecoder,
    ResponseTooLargeError,
    decode_body,
    encoding_of,
    without_encoding,
)
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import SendRecord, is_response, to_request
from trunkline._engine.transport.httpx_client_settings import (
    apply_settings,
    cookies_of,
    drop_cookies,
)
from trunkline._engine.transport.httpx_failures import from_httpx, response_from, safe_cause
from trunkline._engine.transport.log_filter import suppress_logs
from trunkline.errors import ClientClosedError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import httpx

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.models import Request


class HTTPXTransport:
    """A transport around an httpx client; its proxies, mounts and event hooks apply.

    Args:
        client: the client; its transport, or the client itself, is the caller's.
        clock: the monotonic clock.
        owned: whether closing this closes the client.
        in_process: whether the client's transport is known to use no network.
    """

    def __init__(
        self,
        client: httpx.Client,
        clock: Callable[[], float],
        *,
        owned: bool,
        in_process: bool = False,
    ) -> None:
        self._client, self._clock, self._owned = client, clock, owned
        self._in_process = in_process
        self._closed = False

    def handle_request(self, request: Request, cooldowns: Cooldowns | None = None) -> Response:
        """Send a request; return its response with the body unread.

        Raises:
            TransportError: there is no response.
            CooldownActive: nothing was sent, because of a cooldown.
            ClientClosedError: the client is closed.
        """
        client = self._open_client()
        if cooldowns is not None:
            cooldowns.check(request.operation_key, self._clock())
        left = request.expires_at - self._clock()
        if left <= 0:
            raise TransportError("no time is left", sent=False, timed_out=True)
        record = SendRecord(in_process=self._in_process)
        outgoing = apply_settings(to_request(request, left, record.sync_trace), client)
        if request.options.send_hook is not None:
            # httpx connects after this: the first byte may be sent that much later.
            request.options.send_hook.before_send(left)
        before = cookies_of(client)
        try:
            with suppress_logs(), sync_fail_after(left):
                received = client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        except Exception as error:  # noqa: BLE001 - what is not a response is raised
            received = response_from(error, outgoing, record)
        if not is_response(received):
            raise ConfigurationError(
                f"httpx's send() is replaced by something that returns {type(received).__name__}, "
                "not an httpx.Response"
            )
        drop_cookies(client, received, before)
        return _response(request, received, record, self._clock)

    def _open_client(self) -> httpx.Client:
        if self._closed or self._client.is_closed:
            ours = self._closed or self._owned
            whose = "this client" if ours else "the http_client= of this client"
            raise ClientClosedError(f"{whose} is closed: make a new one")
        return self._client

    def close(self) -> None:
        """Close the client, unless it is the caller's; send nothing more in either case."""
        self._closed = True
        if self._owned:
            with suppress(RuntimeError):  # the transport's own event loop has ended
                self._client.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {type(self._client).__name__}>"


def _response(
    request: Request, received: httpx.Response, record: SendRecord, clock: Callable[[], float]
) -> Response:
    raw = received.headers.raw
    verified = record.is_certain(received)
    stream = HTTPXStream(request, received, clock, verified=verified)
    headers = without_encoding(raw) if encoding_of(raw) else raw
    return Response(received.status_code, headers, stream=stream, verified=verified)


class HTTPXStream:
    """The body of an httpx response."""

    def __init__(
        self,
        request: Request,
        response: httpx.Response,
        clock: Callable[[], float],
        *,
        verified: bool,
    ) -> None:
        self._request, self._response, self._clock = request, response, clock
        self._verified = verified
        # A mock's response may have been read, and decoded, when it was made.
        self._is_read: bool = response.is_stream_consumed
        self._encoding = b"" if self._is_read else encoding_of(response.headers.raw)

    def read(self) -> bytes:
        """Return the whole body, decoded; raises TransportError when it is cut off."""
        limit = self._request.options.max_response_bytes
        received = bytearray()
        parts = self._parts()
        try:
            while (chunk := self._next(parts)) is not None:
                received += chunk
                if len(received) > limit:
                    raise ResponseTooLargeError  # noqa: TRY301 - mapped below
            return decode_body(bytes(received), self._encoding, limit)
        except Exception as error:  # noqa: BLE001 - it becomes a TransportError
            raise self._error(error, bytes(received)) from safe_cause(error)
        finally:
            self.close()

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the body as it arrives, decoded; raises TransportError when it is cut off."""
        decoder = ContentDecoder(self._encoding, self._request.options.max_response_bytes)
        parts = self._parts()
        try:
            while (chunk := self._next(parts)) is not None:
                yield decoder.decode(chunk)
            decoder.flush()
        except Exception as error:  # noqa: BLE001 - it becomes a TransportError
            raise self._error(error, b"") from safe_cause(error)

    def _parts(self) -> Iterator[bytes]:
        return self._response.iter_bytes() if self._is_read else self._response.iter_raw()

    def _error(self, error: Exception, body: bytes) -> TransportError:
        status, headers = self._response.status_code, self._response.headers.raw
        failure = from_httpx(error, status=status, headers=headers, body=body)
        failure.verified = self._verified
        return failure

    def _next(self, parts: Iterator[bytes]) -> bytes | None:
        left = self._request.expires_at - self._clock()
        if left <= 0:
            raise TimeoutError
        with suppress_logs(), sync_fail_after(left):
            return next(parts, None)

    def close(self) -> None:
        """Abandon the response."""
        with suppress_logs(), sync_shield(), suppress(Exception):  # it may be broken already
            self._response.close()


class PatchedTransport:
    """Sends each request with its own httpx client, while a test has mocked parts of httpx.

    Args:
        make: makes a client.
        clock: the monotonic clock.
    """

    def __init__(self, make: Callable[[], httpx.Client], clock: Callable[[], float]) -> None:
        self._make, self._clock = make, clock

    def handle_request(self, request: Request, cooldowns: Cooldowns | None = None) -> Response:
        """Send a request; raises like HTTPXTransport."""
        client = self._make()
        inner = HTTPXTransport(client, self._clock, owned=True, in_process=True)
        try:
            response = inner.handle_request(request, cooldowns)
        except BaseException:
            inner.close()
            raise
        response.stream = _ClosingStream(response.stream, inner)
        return response


class _ClosingStream:
    def __init__(self, stream: Any, transport: HTTPXTransport) -> None:
        self._stream, self._transport = stream, transport

    def read(self) -> bytes:
        try:
            body: bytes = self._stream.read()
            return body
        finally:
            self.close()

    def chunks(self) -> Generator[bytes, None, None]:
        chunks: Generator[bytes, None, None] = self._stream.chunks()
        return chunks

    def close(self) -> None:
        self._stream.close()
        self._transport.close()
