"""The state of one connection's responses; subclasses provide a parser for the header fields."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from trunkline._engine.models import RawHeaders
from trunkline._engine.transport.codecs.framing import (
    MAX_HEADER_SIZE,
    bad_response,
    check_head,
    find_head_end,
    read_framing,
)
from trunkline._engine.transport.failures import ConnectionFailure

if TYPE_CHECKING:
    from trunkline._engine.transport.codecs.framing import Body

Head = tuple[int, RawHeaders]

_METHOD: Final = r"[-!#$%&'*+.^_`|~0-9A-Za-z]+"


@lru_cache(maxsize=32)
def _check_method(method: str) -> None:
    if not re.fullmatch(_METHOD, method):
        raise ConnectionFailure("the request is not valid HTTP", permanent=True)


class Codec(ABC):
    """Reads the responses of one connection.

    Methods that read raise ConnectionFailure for bytes that are not HTTP/1.1, and return None
    until enough has been fed.
    """

    __slots__ = (
        "_body",
        "_ended",
        "_head_size",
        "_keep_alive",
        "_method",
        "_received",
        "_searched",
    )

    _body: Body | None

    def __init__(self) -> None:
        self._received, self._ended = b"", False
        self.expect_response("GET")

    @abstractmethod
    def parse_headers(self, head: bytes) -> RawHeaders:
        """Return the header fields of a response's head.

        Args:
            head: ends with the empty line; has a valid status line, only CRLF between lines, no
                control bytes other than TAB, no folded lines, no whitespace at the end of lines.

        Raises:
            ConnectionFailure: a field is malformed.
        """

    def expect_response(self, method: str) -> None:
        """Start a cycle: a request with this method is about to be sent."""
        _check_method(method)
        self._method, self._body, self._keep_alive = method, None, True
        self._head_size = self._searched = 0

    def send_failed(self) -> None:
        """Note that the request was not sent completely; a response may still arrive."""
        self._keep_alive = False

    def feed(self, data: bytes) -> None:
        """Take received bytes, ``b""`` for the end of the connection."""
        if not data:
            self._ended = True
        self._received = self._received + data if self._received else data

    def head(self) -> Head | None:
        """Return status and headers; informational responses (1xx) are skipped."""
        while raw := self._next_head():
            version, status, plain = check_head(raw)
            if status == 101:
                raise bad_response("it switches protocols, unasked")
            if status >= 200:
                headers = self.parse_headers(plain)
                self._body, keep_alive = read_framing(self._method, version, status, headers)
                self._keep_alive = self._keep_alive and keep_alive
                return status, headers
        if self._ended:
            raise bad_response("the connection ended before a response")
        return None

    def _next_head(self) -> bytes:
        """Return the next head, empty until it is complete."""
        received = self._received
        if not received:
            return b""
        end = find_head_end(received, self._searched)
        self._searched = 0 if end else len(received)
        if self._head_size + (end or len(received)) > MAX_HEADER_SIZE:
            raise bad_response("the head is too long")
        self._head_size += end
        self._received = received[end:]
        return received[:end]

    def body_chunk(self) -> bytes | None:
        """Return the next bytes of the body, ``b""`` at its end."""
        body = self._body
        if body is None or body.is_complete:
            return b""
        if self._received:
            chunk, self._received = body.take(self._received)
            if chunk or body.is_complete:
                return chunk
        if not self._ended:
            return None
        body.end()
        return b""

    def start_next_cycle(self) -> bool:
        """Return whether the connection can carry another request.

        Bytes beyond the response would be taken for the next one (RFC 9112, section 6.3).
        """
        body = self._body
        left_over = bool(self._received) or self._ended
        return body is not None and body.is_complete and self._keep_alive and not left_over
