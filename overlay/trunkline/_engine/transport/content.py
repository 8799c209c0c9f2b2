"""Content codings and JSON."""

from __future__ import annotations

import json as jsonlib
import zlib
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.models import RawHeaders


class ResponseTooLargeError(Exception):
    """A body grew beyond the caller's limit (inside the engine only)."""


class ContentDecoder:
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
        """Return the next bytes decoded; raises ResponseTooLargeError past the limit."""
        if not self._known:
            raise zlib.error("the content coding is not one that was offered")
        if self._zlib is not None:
            self._fed = True
            chunk = self._zlib.decompress(chunk, self._left + 1)
            if self._zlib.unused_data.strip(b"\0"):  # a second member would be lost in silence
                raise zlib.error("bytes follow the compressed body")
        self._left -= len(chunk)
        if self._left < 0 or (self._zlib is not None and self._zlib.unconsumed_tail):
            raise ResponseTooLargeError
        return chunk

    def finish(self) -> None:
        """Raise zlib.error when the compressed body stopped early; an empty one is complete."""
        if self._zlib is not None and self._fed and not self._zlib.eof:
            raise zlib.error("the compressed body is cut off")


def encoding_of(headers: RawHeaders) -> bytes:
    """Return the response's content coding in lower case, ``b""`` for none."""
    return next((v.strip().lower() for k, v in headers if k.lower() == b"content-encoding"), b"")


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
