"""A request, the origin that it goes to, and its response: shared by sync and async code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from trunkline._engine.options import Options
    from trunkline._engine.provider import RetryRule

RawHeaders = list[tuple[bytes, bytes]]


# Request and Response are not dataclasses: those compile code at every import.
class Request:
    """One call of an operation: the bytes that every attempt sends, and a count of the attempts.

    Args:
        target: path and query as they go on the wire.
        started: when the call began, on the monotonic clock.
        expires_at: the deadline on the monotonic clock.

    Attributes:
        unanswered: attempts that may have reached the server but got no response.
        span: the OpenTelemetry span of the call, None where tracing is off.
    """

    __slots__ = (
        "attempts",
        "content",
        "expires_at",
        "headers",
        "method",
        "operation_id",
        "options",
        "origin",
        "path_template",
        "retry_rule",
        "span",
        "started",
        "target",
        "unanswered",
    )

    def __init__(
        self,
        *,
        method: str,
        target: bytes,
        headers: RawHeaders,
        content: bytes,
        operation_id: str | None,
        path_template: str,
        options: Options,
        retry_rule: RetryRule,
        origin: Origin,
        started: float,
        expires_at: float,
    ) -> None:
        self.method, self.target, self.headers, self.content = method, target, headers, content
        self.operation_id, self.path_template = operation_id, path_template
        self.options, self.retry_rule, self.origin = options, retry_rule, origin
        self.started, self.expires_at = started, expires_at
        self.attempts = self.unanswered = 0
        self.span: Any = None

    @property
    def operation_key(self) -> str:
        """The key by which a server is assumed to count requests."""
        return self.operation_id or f"{self.method} {self.path_template}"

    @property
    def url(self) -> bytes:
        """The absolute URL."""
        return b"%s://%s%s" % (self.origin.scheme, self.origin.netloc, self.target)


class Origin(NamedTuple):
    """Scheme, host and port of a server; ``port`` is None for the scheme's own port."""

    scheme: bytes
    host: bytes
    port: int | None

    @property
    def port_number(self) -> int:
        """The port, or the scheme's default."""
        return self.port or (443 if self.scheme == b"https" else 80)

    @property
    def hostname(self) -> bytes:
        """The host without the dot that marks a name as fully qualified: that is for DNS alone."""
        return self.host.removesuffix(b".")

    @property
    def netloc(self) -> bytes:
        """The value of the Host header."""
        host = b"[%s]" % self.host if b":" in self.host else self.hostname
        return host if self.port is None else b"%s:%d" % (host, self.port)

    @property
    def authority(self) -> bytes:
        """Host and port, as CONNECT names them (RFC 9110, section 9.3.6)."""
        host = b"[%s]" % self.host if b":" in self.host else self.hostname
        return b"%s:%d" % (host, self.port_number)


class Response:
    """A response; ``body`` is complete and decoded once it has been read.

    Args:
        stream: reads the body; None once it has been read.
        attempts: how many attempts it took.
        verified: whether it certainly belongs to its request.

    Attributes:
        elapsed: seconds from the start of the call to the end of the body.
    """

    __slots__ = (
        "_headers",
        "attempts",
        "body",
        "elapsed",
        "raw_headers",
        "status",
        "stream",
        "verified",
    )

    def __init__(
        self,
        status: int,
        raw_headers: RawHeaders,
        body: bytes = b"",
        *,
        stream: Any = None,
        attempts: int = 1,
        verified: bool = True,
    ) -> None:
        self.status, self.raw_headers, self.body = status, raw_headers, body
        self.attempts, self.verified = attempts, verified
        self.stream: Any = stream
        self.elapsed = 0.0
        self._headers: dict[str, str] | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers with lower-case names; repeated ones joined by a comma."""
        if self._headers is None:
            self._headers = header_map(self.raw_headers)
        return self._headers

    def read(self) -> Response:
        """Read the body of a sync transport's response; raises TransportError if it is cut off."""
        if self.stream is not None:
            self.body, self.stream = self.stream.read(), None
        return self

    async def aread(self) -> Response:
        """Read the body of an async transport's response."""
        if self.stream is not None:
            self.body, self.stream = await self.stream.aread(), None
        return self


def header_map(raw: RawHeaders) -> dict[str, str]:
    """Return raw headers as a mapping; bytes outside ASCII are read as Latin-1 (RFC 9110, 5.5)."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers
