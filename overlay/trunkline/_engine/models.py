"""A request on its way, and what comes back: values that both backends of the engine share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trunkline._engine.cooldown import CooldownActive, Cooldowns

if TYPE_CHECKING:
    from trunkline._engine.options import Options
    from trunkline._engine.provider import RetryRule

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Request:
    """One call of an operation: the request, frozen, and the record of its attempts.

    Attributes:
        target: path and query as they go on the wire.
        expires_at: the deadline on the monotonic clock.
        origin: scheme, host and port of the server.
        pauses: what all calls of the client know; None for a request that may be sent anyway.
        span: the OpenTelemetry span of the call, None where nobody traces.
    """

    method: str
    target: bytes = field(repr=False)
    headers: RawHeaders = field(repr=False)
    content: bytes = field(repr=False)
    operation_id: str | None
    path: str
    options: Options
    retry_rule: RetryRule
    origin: Origin
    started: float
    expires_at: float
    pauses: Cooldowns | None = None
    attempts: int = 0
    span: Any = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        """What a server counts requests by, as far as we know."""
        return self.operation_id or f"{self.method} {self.path}"

    def pause(self, now: float) -> float:
        """Return for how many seconds the server wants no requests of this kind, 0 for none."""
        return self.pauses.left(self.kind, now) if self.pauses else 0.0

    def check_pause(self, now: float) -> None:
        """Raise CooldownActive where the server wants no requests of this kind just now."""
        if self.pauses and self.pause(now):
            raise CooldownActive


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a server listens; ``port`` is None for the scheme's own port."""

    scheme: bytes
    host: bytes
    port: int | None

    @property
    def port_number(self) -> int:
        """The port itself."""
        return self.port or (443 if self.scheme == b"https" else 80)

    @property
    def netloc(self) -> bytes:
        """The value of the Host header."""
        host = b"[%s]" % self.host if b":" in self.host else self.host
        return host if self.port is None else b"%s:%d" % (host, self.port)


@dataclass(slots=True)
class Response:
    """A complete response: the body is decompressed."""

    status: int
    raw_headers: RawHeaders = field(repr=False)
    body: bytes = field(repr=False)
    attempts: int = 1
    elapsed: float = 0.0
    _headers: dict[str, str] | None = field(default=None, repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """The headers with lower-case names; repeated ones joined by a comma."""
        if self._headers is None:
            self._headers = header_map(self.raw_headers)
        return self._headers


def header_map(raw: RawHeaders) -> dict[str, str]:
    """Return raw headers as a mapping; bytes outside ASCII are read as Latin-1 (RFC 9110, 5.5)."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def plain_headers(headers: RawHeaders) -> RawHeaders:
    """Return headers without those that describe a compressed form which is gone."""
    gone = {b"content-encoding", b"content-length"}
    return [pair for pair in headers if pair[0].lower() not in gone]
