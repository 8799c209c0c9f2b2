"""Content codings (RFC 9110, section 8.4.1) and JSON."""

from __future__ import annotations

import codecs
import json as jsonlib
import zlib
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.models import RawHeaders

_COMPRESSED: Final = frozenset({b"gzip", b"x-gzip", b"deflate"})
#: The ``wbits`` of zlib for "gzip or zlib, according to the first bytes".
_ANY_HEADER: Final = 47
#: A body that grows beyond both is an attack or a fault: a list of similar calls compresses to a
#: twentieth at best, while 56 KiB of gzip can hold 56 MiB, and those become 2 GiB of objects.
MAX_RATIO: Final = 100
RATIO_FREE_SIZE: Final = 1024 * 1024


class ResponseTooLargeError(Exception):
    """A body grew beyond the caller's limit (inside the engine only)."""


class ContentDecoder:
    """Decodes gzip and deflate piece by piece, never beyond a limit.

    Both methods raise zlib.error for a body that is damaged or in another coding.

    Args:
        encoding: the value of Content-Encoding in lower case.
        limit: how many decoded bytes are allowed.
        max_ratio: how many times its received size a large body may have; None for no such limit,
            where only a part of it is held at a time, as in a download.
    """

    def __init__(self, encoding: bytes, limit: int, max_ratio: int | None = None) -> None:
        self._compressed = encoding in _COMPRESSED
        self._known = self._compressed or encoding in {b"", b"identity"}
        self._zlib = zlib.decompressobj(_ANY_HEADER) if self._compressed else None
        self._limit, self._max_ratio = limit, max_ratio
        self._received = self._decoded = 0

    def decode(self, chunk: bytes) -> bytes:
        """Return the next bytes decoded; raises ResponseTooLargeError past the limit."""
        if not self._known:
            raise zlib.error("the content coding is not one that was offered")
        self._received += len(chunk)
        if self._compressed:
            chunk = self._inflate(chunk)
        self._decoded += len(chunk)
        if self._decoded > self._allowed():
            raise ResponseTooLargeError
        return chunk

    def _inflate(self, chunk: bytes) -> bytes:
        parts: list[bytes] = []
        left = self._allowed() - self._decoded + 1
        while chunk and left > 0:
            if self._zlib is None or self._zlib.eof:
                # Several gzip members in a row are one body (RFC 1952, section 2.2).
                chunk = chunk.lstrip(b"\0")
                if not chunk:
                    break
                self._zlib = zlib.decompressobj(_ANY_HEADER)
            parts.append(self._zlib.decompress(chunk, left))
            left -= len(parts[-1])
            chunk = self._zlib.unused_data or self._zlib.unconsumed_tail
        return b"".join(parts)

    def _allowed(self) -> int:
        if self._max_ratio is None or not self._compressed:
            return self._limit
        return min(self._limit, max(RATIO_FREE_SIZE, self._received * self._max_ratio))

    def flush(self) -> None:
        """Raise zlib.error when the compressed body stopped early; an empty one is complete."""
        if self._zlib is not None and self._received and not self._zlib.eof:
            raise zlib.error("the compressed body is cut off")


def decode_body(received: bytes, encoding: bytes, limit: int) -> bytes:
    """Return a whole body decoded.

    Servers label bodies wrongly (``Content-Encoding: utf-8``, or gzip where a proxy has undone
    it): one that is JSON already is taken as it is.

    Raises:
        ResponseTooLargeError: it is larger than allowed.
        zlib.error: it is damaged.
    """
    decoder = ContentDecoder(encoding, limit, MAX_RATIO)
    try:
        body = decoder.decode(received)
        decoder.flush()
    except zlib.error:
        if len(received) <= limit and _is_json(received):
            return received
        if encoding == b"deflate":
            return _inflate_raw(received, limit)
        raise
    return body


def _inflate_raw(received: bytes, limit: int) -> bytes:
    # Some servers send RFC 1951 as "deflate", without the header of RFC 1950.
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    allowed = min(limit, max(RATIO_FREE_SIZE, len(received) * MAX_RATIO))
    body = inflater.decompress(received, allowed + 1)
    if len(body) > allowed:
        raise ResponseTooLargeError
    if not inflater.eof:
        raise zlib.error("the compressed body is cut off")
    return body


def _is_json(body: bytes) -> bool:
    try:
        read_json(body)
    except (ValueError, RecursionError):
        return False
    return True


def encoding_of(headers: RawHeaders) -> bytes:
    """Return the response's content coding in lower case, ``b""`` for none."""
    for name, value in headers:
        if name.lower() == b"content-encoding":
            return value.strip().lower()
    return b""


def without_encoding(headers: RawHeaders) -> RawHeaders:
    """Return headers without those that describe the compressed form."""
    gone = {b"content-encoding", b"content-length"}
    return [pair for pair in headers if pair[0].lower() not in gone]


#: dumps() would create an encoder for every value.
_encode_json: Final = jsonlib.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def dump_json(value: Any) -> bytes:
    """Return a value as compact JSON in UTF-8.

    Raises:
        InvalidArgumentError: it holds a value that cannot be written as JSON.
    """
    try:
        return _encode_json(value).encode()
    except (TypeError, ValueError, RecursionError) as error:
        # The error's own text may quote the value, which may be personal data.
        raise InvalidArgumentError(
            f"the request body cannot be written as JSON ({type(error).__name__}): use texts, "
            "finite numbers, booleans, None, lists and dictionaries with text keys"
        ) from None


#: Put before a body, so that it decodes as "utf-16" or "utf-32", which need no codec import.
_MARKS: Final = {
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}


def _text_of(body: bytes, errors: str = "surrogatepass") -> str:
    """Decode a body as json.loads does, but import no codec.

    A Ctrl-C within an import leaves a file open, and CPython's import lock may stay taken.
    """
    encoding = jsonlib.detect_encoding(body)
    if encoding in _MARKS:
        return (_MARKS[encoding] + body).decode(encoding[:6], errors)
    return body.removeprefix(codecs.BOM_UTF8).decode(encoding.removesuffix("-sig"), errors)


def _load(body: bytes) -> Any:
    return jsonlib.loads(_text_of(body))


def _loader() -> Callable[[bytes], Any]:
    try:
        import msgspec
    except ImportError:
        return _load
    decode = msgspec.json.Decoder().decode

    def load(body: bytes) -> Any:
        try:
            return decode(body)
        except (msgspec.MsgspecError, ValueError):
            # A byte order mark, NaN, half a surrogate pair: json reads them, and a body must not
            # mean something else because msgspec is installed.
            return _load(body)

    return load


#: Decodes JSON; raises ValueError or RecursionError. msgspec is faster, and agrees with json on
#: integers of any size.
load_json: Final[Callable[[bytes], Any]] = _loader()


def read_json(body: bytes) -> Any:
    """Decode JSON like :func:`load_json`, but do not lose a body over one character.

    A character that was cut between its bytes becomes U+FFFD, and an integer with more digits than
    ``int()`` accepts stays a text.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it nests deeper than Python's own decoder goes.
    """
    try:
        return load_json(body)
    except jsonlib.JSONDecodeError:
        raise
    except ValueError:
        return jsonlib.loads(_text_of(body, "replace"), parse_int=_integer)


def _integer(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:
        return digits
