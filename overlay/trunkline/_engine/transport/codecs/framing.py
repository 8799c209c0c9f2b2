"""Where a response begins and ends: the rules of RFC 9112 that every codec shares.

If two parsers disagree on where a response ends, one of them reads part of it as the next response.
So a parser only reads the header fields, and the end of a response is decided here, once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from trunkline._engine.transport.failures import ConnectionFailure

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders

#: The maximum size of the heads of a response together, 1xx included. The same limit applies to
#: its chunk extensions and trailers.
MAX_HEADER_SIZE: Final = 100 * 1024

_HEAD_END: Final = b"\r\n\r\n"
_PREFIX: Final = b"HTTP/1."
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\r\n"))
_BYTE: Final = rb"[\t\x20-\x7e\x80-\xff]"
_STATUS: Final = rb"HTTP/1\.([01]) ([1-9][0-9]{2})"
_STATUS_LINE: Final = _STATUS + rb"(?: [^\r]*)?\r\n"
#: Matches nearly every head at once. Possessive quantifiers, so that no head takes long.
_ORDINARY_HEAD: Final = re.compile(
    _STATUS + rb"(?: %b*+)?(?:\r\n[\x21-\x7e\x80-\xff]%b*+(?<![ \t]))*+\r\n\r\n" % (_BYTE, _BYTE)
)
_LENGTH_DIGITS: Final = 18
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;%b*)?" % _BYTE)
_TRAILER: Final = rb"(?:[-!#$%%&'*+.^_`|~0-9A-Za-z]+:|[ \t])%b*" % _BYTE
_FRAMING_HEADERS: Final = frozenset({b"connection", b"content-length", b"transfer-encoding"})


def bad_response(fault: str) -> ConnectionFailure:
    """Return the error for bytes that are not an HTTP/1.1 response."""
    return ConnectionFailure(f"the server broke off or did not speak HTTP ({fault})")


def find_head_end(data: bytes, searched: int) -> int:
    """Return the length of the head at the start of received bytes, 0 until it is complete.

    Args:
        data: what has arrived.
        searched: how much of it was searched before.

    Raises:
        ConnectionFailure: the server does not speak HTTP/1.
    """
    if not data.startswith(_PREFIX[: len(data)]):
        raise bad_response("no HTTP/1 status line")
    found = data.find(_HEAD_END, max(0, searched - 3))
    return found + len(_HEAD_END) if found >= 0 else 0


def check_head(head: bytes) -> tuple[int, int, bytes]:
    """Return minor version and status of a head, and the head in plain form.

    Folded lines become one, whitespace at the end of lines is dropped (RFC 9112, section 5).

    Raises:
        ConnectionFailure: the status line is malformed, a line ends in a bare CR or LF (section
            2.2), the first header begins with whitespace, or there are other control bytes.
    """
    match = _ORDINARY_HEAD.fullmatch(head)
    if match is None:
        match = re.match(_STATUS_LINE, head)
        if match is None:
            raise bad_response("illegal status line")
        _check_bytes(head)
        head = _normalise_whitespace(head)
    return int(match[1]), int(match[2]), head


def _check_bytes(head: bytes) -> None:
    lines = head.count(b"\r\n")
    if head.count(b"\n") != lines or head.count(b"\r") != lines:
        raise bad_response("a bare CR or LF in the head")
    if len(head.translate(None, _CONTROLS)) != len(head):
        raise bad_response("a control byte in the head")


def _normalise_whitespace(head: bytes) -> bytes:
    lines: list[bytes] = []
    folded: list[bytes] = []
    for line in head.removesuffix(_HEAD_END).split(b"\r\n"):
        if line[:1] in {b" ", b"\t"}:
            folded.append(line.strip(b" \t"))
            continue
        _join_folded(lines, folded)
        lines.append(line.rstrip(b" \t"))
    _join_folded(lines, folded)
    return b"\r\n".join(lines) + _HEAD_END


def _join_folded(lines: list[bytes], folded: list[bytes]) -> None:
    if folded and len(lines) == 1:
        raise bad_response("whitespace before the first header")
    if folded:
        lines[-1] = b" ".join([lines[-1], *folded]).rstrip(b" \t")
        folded.clear()


def read_framing(
    method: str, minor_version: int, status: int, headers: RawHeaders
) -> tuple[Body, bool]:
    """Return how a response's body ends (section 6.3), and whether another response may follow.

    Stricter than the RFC requires where senders have no reason to differ: both framing headers, two
    lengths (also equal ones), codings other than ``chunked``, and ``chunked`` in HTTP/1.0 fail.
    HTTP/1.0 connections carry one response.

    Raises:
        ConnectionFailure: the end cannot be determined for certain.
    """
    lengths: list[bytes] = []
    codings: list[bytes] = []
    keep_alive = minor_version == 1
    for name, value in headers:
        lowered = name.lower()
        if lowered not in _FRAMING_HEADERS:
            continue
        if lowered == b"content-length":
            lengths.append(value)
        elif lowered == b"transfer-encoding":
            codings.append(value.lower())
        elif _says_close(value):
            keep_alive = False
    return _body(method, minor_version, status, lengths, codings), keep_alive


def _says_close(connection: bytes) -> bool:
    return b"close" in {token.strip(b" \t") for token in connection.lower().split(b",")}


def _body(
    method: str, minor_version: int, status: int, lengths: list[bytes], codings: list[bytes]
) -> Body:
    if method == "CONNECT" and status < 300:  # what follows is the tunnel's
        return FixedLengthBody(0)
    if len(lengths) + len(codings) > 1:
        raise bad_response("more than one Content-Length or Transfer-Encoding")
    if lengths and not (lengths[0].isdigit() and len(lengths[0]) <= _LENGTH_DIGITS):
        raise bad_response("bad Content-Length")
    if codings and (codings != [b"chunked"] or not minor_version):
        raise bad_response("bad Transfer-Encoding")
    if method == "HEAD" or status in {204, 304}:
        return FixedLengthBody(0)
    if lengths:
        return FixedLengthBody(int(lengths[0]))
    return ChunkedBody() if codings else UntilCloseBody()


class Body(Protocol):
    """Splits received bytes into those of the body and those that follow."""

    is_complete: bool

    def take(self, data: bytes) -> tuple[bytes, bytes]:
        """Return the bytes that belong to the body, and those that are left over."""
        ...

    def end(self) -> None:
        """Note the end of the connection; raises ConnectionFailure where it is too early."""
        ...


class FixedLengthBody:
    """A body with a Content-Length."""

    __slots__ = ("_left", "is_complete")

    def __init__(self, length: int) -> None:
        self._left, self.is_complete = length, not length

    def take(self, data: bytes) -> tuple[bytes, bytes]:
        """Split received bytes."""
        left = self._left
        if len(data) < left:
            self._left = left - len(data)
            return data, b""
        self._left, self.is_complete = 0, True
        return data[:left], data[left:]

    def end(self) -> None:
        """Fail."""
        raise bad_response(f"{self._left} bytes of the body are missing")


class UntilCloseBody:
    """Ends with the connection (section 6.3, rule 8)."""

    __slots__ = ("is_complete",)

    def __init__(self) -> None:
        self.is_complete = False

    def take(self, data: bytes) -> tuple[bytes, bytes]:
        """Take all bytes."""
        return data, b""

    def end(self) -> None:
        """Note the end."""
        self.is_complete = True


class ChunkedBody:
    """A chunked body (section 7.1); extensions and trailers are checked and dropped."""

    __slots__ = ("_extra", "_in_trailers", "_left", "_needs_line_end", "_searched", "is_complete")

    def __init__(self) -> None:
        self._left = self._extra = self._searched = 0
        self._needs_line_end = self._in_trailers = self.is_complete = False

    def take(self, data: bytes) -> tuple[bytes, bytes]:
        """Split received bytes; the data of all chunks is joined."""
        pieces: list[bytes] = []
        start = 0
        while not self.is_complete and start < len(data):
            if self._left:
                piece = data[start : start + self._left]
                pieces.append(piece)
                self._left -= len(piece)
                start += len(piece)
                continue
            end = data.find(b"\r\n", start + self._searched)
            # The rest is passed again with more; a line byte by byte is searched once.
            self._searched = max(0, len(data) - start - 1) if end < 0 else 0
            if end < 0:
                self._check_size(len(data) - start - 18)  # a size and a CR are not an extension
                break
            self._read_line(data[start:end])
            start = end + 2
        return b"".join(pieces), data[start:]

    def _read_line(self, line: bytes) -> None:
        if self._needs_line_end:
            if line:
                raise bad_response("a chunk is longer than its size")
            self._needs_line_end = False
        elif self._in_trailers:
            self._read_trailer(line)
        else:
            self._read_chunk_size(line)

    def _read_chunk_size(self, line: bytes) -> None:
        match = _CHUNK_SIZE.fullmatch(line)
        if match is None:
            raise bad_response("illegal chunk header")
        self._left = int(match[1], 16)
        self._needs_line_end = self._left > 0
        self._in_trailers = not self._left
        self._count(len(line) - len(match[1]))

    def _read_trailer(self, line: bytes) -> None:
        self.is_complete = not line
        if line and not re.fullmatch(_TRAILER, line):
            raise bad_response("illegal trailer")
        self._count(len(line))

    def _count(self, extra: int) -> None:
        self._extra += extra
        self._check_size(0)

    def _check_size(self, pending: int) -> None:
        if self._extra + pending > MAX_HEADER_SIZE:
            raise bad_response("the chunk extensions or trailers are too long")

    def end(self) -> None:
        """Fail."""
        raise bad_response("the last chunk is missing")
