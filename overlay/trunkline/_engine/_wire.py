"""A request on its way, and what comes back: values that both colours of the engine share."""

from __future__ import annotations

import json as jsonlib
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine._pauses import Paused, Pauses
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine._decision import Replay
    from trunkline._engine._options import Options

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Trip:
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
    replay: Replay
    origin: Origin
    started: float
    expires_at: float
    pauses: Pauses | None = None
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
        """Raise Paused where the server wants no requests of this kind just now."""
        if self.pauses and self.pause(now):
            raise Paused


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
class Answer:
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


class Broken(Exception):  # noqa: N818 - a signal inside the engine, never an error of the public API
    """An attempt that did not end in a complete response.

    Attributes:
        sent: whether any byte of the request may have left this machine.
        timed_out: whether a time limit ended it.
        malformed: whether the body could not be decompressed, or is larger than allowed.
        final: whether the next attempt would end in the same way.
        status: the response's status, when the headers had arrived.
        headers: the response's headers, likewise.
        retry_after: seconds to wait, where that alone is in the way.
    """

    def __init__(
        self,
        reason: str,
        *,
        sent: bool,
        timed_out: bool = False,
        malformed: bool = False,
        final: bool = False,
        status: int | None = None,
        headers: RawHeaders | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.sent, self.timed_out = sent, timed_out
        self.malformed, self.final = malformed, final
        self.status, self.headers = status, headers or []
        self.retry_after = retry_after

    @property
    def reason(self) -> str:
        """What broke, in words."""
        return str(self.args[0])

    def head(self) -> Answer | None:
        """Return the head of a refusal whose body did not arrive: its status tells enough."""
        if self.status is None or 200 <= self.status < 300:
            return None
        return Answer(self.status, plain_headers(self.headers), b"")


class TooLargeError(Exception):
    """A body grew beyond the caller's limit (inside the engine only)."""


class Inflater:
    """Undoes gzip and deflate (RFC 9110, section 8.4.1) without ever growing past a limit.

    Both methods raise zlib.error for a body that is damaged or in another coding.
    """

    def __init__(self, encoding: bytes, limit: int) -> None:
        compressed = encoding in {b"gzip", b"x-gzip", b"deflate"}
        self._zlib = zlib.decompressobj(47) if compressed else None
        self._known = compressed or encoding in {b"", b"identity"}
        self._left = limit
        self._fed = False

    def feed(self, chunk: bytes) -> bytes:
        """Return the decoded form of the next bytes; raises TooLargeError past the limit."""
        if not self._known:
            raise zlib.error("the content coding is not one that was offered")
        if self._zlib is not None:
            self._fed = True
            chunk = self._zlib.decompress(chunk, self._left + 1)
            if self._zlib.unused_data.strip(b"\0"):  # a second member would be lost in silence
                raise zlib.error("bytes follow the compressed body")
        self._left -= len(chunk)
        if self._left < 0 or (self._zlib is not None and self._zlib.unconsumed_tail):
            raise TooLargeError
        return chunk

    def finish(self) -> None:
        """Raise zlib.error when the compressed body stopped early; an empty one is complete."""
        if self._zlib is not None and self._fed and not self._zlib.eof:
            raise zlib.error("the compressed body is cut off")


def encoding_of(headers: RawHeaders) -> bytes:
    """Return the response's content coding in lower case, ``b""`` for none."""
    return next((v.strip().lower() for k, v in headers if k.lower() == b"content-encoding"), b"")


def plain_headers(headers: RawHeaders) -> RawHeaders:
    """Return headers without those that describe a compressed form which is gone."""
    gone = {b"content-encoding", b"content-length"}
    return [pair for pair in headers if pair[0].lower() not in gone]


def dump_json(value: Any) -> bytes:
    """Return a value as compact JSON in UTF-8.

    Raises:
        InvalidArgumentError: it holds something that JSON has no form for.
    """
    try:
        text = jsonlib.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        # The error's own text may quote the value, which may be personal data.
        raise InvalidArgumentError(
            f"the request body cannot be written as JSON ({type(error).__name__}): use texts, "
            "finite numbers, booleans, None, lists and dictionaries with text keys"
        ) from None


def _loader() -> Callable[[bytes], Any]:
    try:
        import orjson
    except ImportError:
        return jsonlib.loads
    return orjson.loads


load_json: Final[Callable[[bytes], Any]] = _loader()
