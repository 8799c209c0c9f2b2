"""Conversion between the engine's objects and httpx's.

Only public names are used: if httpx changes, edit this module and the two transports.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline._engine.models import Response
from trunkline._engine.transport.content import load_json, read_json
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from trunkline._engine.models import Request


#: Where a response keeps the request that it belongs to, in httpx's ``extensions``.
REQUEST: Final = "trunkline_request"


class _Unread(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The stream of a response whose body has already been read."""


_UNREAD: Final = _Unread()


class HTTPXResponse(httpx.Response):
    """An httpx response around a body that was read, bounded and decompressed by the engine.

    Handing the body to httpx as ``content=`` would send it through streams and decoders again.
    JSON is decoded with msgspec where that is installed.

    Attributes:
        received: the body as the server sent it.
        on_json: called once with the decoded body; None where nobody needs it.
    """

    on_json: Callable[[Any], None] | None = None

    def __init__(self, request: Request, response: Response) -> None:
        super().__init__(response.status, stream=_UNREAD, extensions={REQUEST: request})
        del self.headers  # for the property below
        self._raw_headers = response.raw_headers
        self.received = response.body
        # A success without a body is read as an empty object: where the contract requires fields,
        # the generated code reports them as absent.
        self._body = response.body or (b"{}" if request.operation_id else b"")

    def copier(self) -> Callable[[], HTTPXResponse]:
        """Return a function that makes a copy without the body and does not hold the body."""
        head = Response(self.status_code, self._raw_headers)
        return partial(HTTPXResponse, self.extensions[REQUEST], head)

    @cached_property
    def headers(self) -> httpx.Headers:  # type: ignore[override]  # it can be set as well
        """The headers, created on first use: most callers want only the result."""
        return httpx.Headers(self._raw_headers)

    @property
    def content(self) -> bytes:
        """The body."""
        return self._body

    @property
    def text(self) -> str:
        """The body as text, empty where the server sent none."""
        return super().text if self.received else ""

    def read(self) -> bytes:
        """Return the body."""
        return self._body

    async def aread(self) -> bytes:
        """Return the body."""
        return self._body

    def json(self, **kwargs: Any) -> Any:
        """Return the decoded body; raises ValueError when it is not JSON."""
        if kwargs:
            return super().json(**kwargs)
        request: Request = self.extensions[REQUEST]
        value = (load_json if request.options.strict else read_json)(self._body)
        if self.on_json is not None:
            self.on_json(value)
            self.on_json = None
        return value


class SendRecord:
    """What httpcore reports about one request: whether it started, and on which connection.

    Args:
        in_process: whether the transport is known to use no network.
    """

    __slots__ = ("connected", "in_process", "seen", "sent")

    def __init__(self, *, in_process: bool) -> None:
        self.in_process = in_process
        self.seen = self.connected = self.sent = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Handle an event of httpcore's ``trace`` extension."""
        self.seen = True
        if event.endswith(("connect_tcp.complete", "connect_unix_socket.complete")):
            self.connected = True
        elif event.endswith("send_request_headers.started"):
            # A tunnel through a proxy is requested separately, with CONNECT.
            self.sent = self.sent or getattr(info.get("request"), "method", b"") != b"CONNECT"

    async def async_trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Handle an event of httpcore's async ``trace`` extension."""
        self.trace(event, info)

    sync_trace = trace

    def is_unsent(self, *, by_class: bool) -> bool:
        """Return whether certainly no byte of the request was sent.

        Args:
            by_class: the result according to the exception's class: used where no network is
                involved, and where httpcore raised it before it reported anything.
        """
        return not self.sent if self.seen else by_class

    def is_certain(self, response: httpx.Response) -> bool:
        """Return whether the response certainly belongs to the request.

        On a reused connection it may consist of bytes that arrived before the request.
        """
        over_network = "network_stream" in response.extensions
        return self.in_process or self.connected or not over_network


def to_request(request: Request, remaining: float, trace: Callable[..., object]) -> httpx.Request:
    """Return a request as an httpx request, for transports that are not the engine's own.

    Raises:
        TransportError: httpx does not accept the URL.
    """
    options = request.options
    phases = {"connect": options.connect, "read": options.read, "write": options.write}
    timeout = {
        name: min(limit, remaining) for name, limit in {**phases, "pool": options.pool}.items()
    }
    with address_errors():
        return httpx.Request(
            request.method,
            request.url.decode("ascii"),
            headers=request.headers,
            content=request.content,
            extensions={"timeout": timeout, "trace": trace},
        )


@contextmanager
def address_errors() -> Generator[None]:
    """Turn what httpx raises for a URL that it does not accept into a TransportError."""
    try:
        yield
    except httpx.InvalidURL:  # it accepts none of more than 64 KiB
        raise TransportError("httpx does not accept the URL", sent=False, permanent=True) from None


def is_response(received: object) -> bool:
    """Return whether httpx returned a response; with a bare mock it returns something else."""
    return isinstance(received, httpx.Response) and isinstance(received.status_code, int)


def unusual_body(data: Any, files: Any) -> tuple[bytes, bytes]:
    """Return content type and bytes of a form, encoded by httpx."""
    try:
        dict(data or {})  # httpx would accept texts and bytes, with a warning
        request = httpx.Request("POST", "http://form.invalid", data=data, files=files)
        body = request.read()
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InvalidArgumentError(
            f"the form cannot be encoded ({type(error).__name__}): use text or number values"
        ) from None
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded")
    return kind.encode("ascii"), body


def is_in_process(client: httpx.Client | httpx.AsyncClient) -> bool:
    """Return whether a client uses no network, as in a test."""
    transport = getattr(client, "_transport", None)
    return isinstance(transport, httpx.MockTransport | httpx.ASGITransport | httpx.WSGITransport)
