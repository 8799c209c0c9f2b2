"""The engine's dealings with httpx objects.

Only public names are used: should httpx change, this and the two transports are what to edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline._engine.transport.content import load_json
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from trunkline._engine.models import Request, Response


class _Unread(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The stream of a response whose body is at hand already."""


_UNREAD: Final = _Unread()


class HTTPXResponse(httpx.Response):
    """An httpx response around a body that was read, bounded and decompressed by the engine.

    Handing the body to httpx as ``content=`` would send it through streams and decoders again.
    JSON is decoded with orjson where that is installed.

    Attributes:
        received: the body as the server sent it.
    """

    def __init__(self, request: Request, response: Response) -> None:
        super().__init__(
            response.status,
            headers=response.raw_headers,
            stream=_UNREAD,
            extensions={"trunkline_trip": request},
        )
        self.received = response.body
        # A success without a body stands for an empty object: where the contract requires fields,
        # the generated code misses them and says so.
        self._body = response.body or (b"{}" if request.operation_id else b"")

    @property
    def content(self) -> bytes:
        """The body."""
        return self._body

    def read(self) -> bytes:
        """Return the body."""
        return self._body

    async def aread(self) -> bytes:
        """Return the body."""
        return self._body

    def json(self, **kwargs: Any) -> Any:
        """Return the decoded body; raises ValueError when it is not JSON."""
        return super().json(**kwargs) if kwargs else load_json(self._body)


def to_httpx(request: Request, response: Response) -> HTTPXResponse:
    """Return an response as the object that generated code expects."""
    return HTTPXResponse(request, response)


def to_request(request: Request, remaining: float) -> httpx.Request:
    """Return a request as an httpx request, for transports that are not the engine's own.

    Raises:
        TransportError: httpx does not take the address.
    """
    options = request.options
    phases = {"connect": options.connect, "read": options.read, "write": options.write}
    timeout = {
        name: min(limit, remaining) for name, limit in {**phases, "pool": options.pool}.items()
    }
    url = b"%s://%s%s" % (request.origin.scheme, request.origin.netloc, request.target)
    try:
        return httpx.Request(
            request.method,
            url.decode("ascii"),
            headers=request.headers,
            content=request.content,
            extensions={"timeout": timeout},
        )
    except httpx.InvalidURL:  # it takes none of more than 64 KiB
        raise TransportError(
            "httpx does not take the address", sent=False, permanent=True
        ) from None


def unusual_body(data: Any, files: Any) -> tuple[bytes, bytes]:
    """Return content type and bytes of a form, encoded by httpx."""
    try:
        dict(data or {})  # httpx would take texts and bytes, with a warning
        request = httpx.Request("POST", "http://form.invalid", data=data, files=files)
        body = request.read()
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidArgumentError(
            f"the form cannot be encoded ({type(error).__name__}): use text or number values"
        ) from None
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded")
    return kind.encode("ascii"), body
