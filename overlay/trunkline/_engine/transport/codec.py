"""HTTP/1.1 behind one small interface: h11, or httptools (llhttp) with the extra ``fast``.

``TRUNKLINE_HTTP_CODEC`` forces one of them: ``h11`` or ``httptools``. It is read once, when the
first connection is made.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import h11

from trunkline._engine.transport.codec_base import Codec, Head
from trunkline._engine.transport.framing import MAX_HEADER_SIZE, bad_response
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders

__all__ = ["MAX_HEADER_SIZE", "Codec", "H11Codec", "Head", "codec_class", "new_codec"]

_VARIABLE: Final = "TRUNKLINE_HTTP_CODEC"
_LENGTHS: Final = re.compile(rb"\r\ncontent-length:([^\r]*)")


class H11Codec(Codec):
    """h11, in pure Python."""

    __slots__ = ()

    def parse_headers(self, head: bytes) -> RawHeaders:
        """Return the header fields of a response's head."""
        if b"," in b",".join(_LENGTHS.findall(head.lower())):  # h11 would make them one
            raise bad_response("more than one Content-Length")
        http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_SIZE)
        http.receive_data(head)
        try:
            event = http.next_event()
        except h11.RemoteProtocolError as error:
            # After a colon h11 quotes what the server sent.
            raise bad_response(str(error).partition(":")[0]) from None
        if not isinstance(event, h11.Response):
            raise bad_response("no response")
        return event.headers.raw_items()


@lru_cache(maxsize=1)
def codec_class() -> type[Codec]:
    """Return the codec that connections use, chosen once.

    Raises:
        ConfigurationError: TRUNKLINE_HTTP_CODEC names no codec, or one that is not installed.
    """
    wanted = os.environ.get(_VARIABLE, "")
    if wanted not in {"", "h11", "httptools"}:
        raise ConfigurationError(f"{_VARIABLE} is {wanted!r}: use h11 or httptools")
    if wanted == "h11":
        return H11Codec
    try:
        from trunkline._engine.transport.codec_httptools import HttptoolsCodec
    except ImportError:
        if not wanted:
            return H11Codec
        raise ConfigurationError(
            f"{_VARIABLE} is {wanted!r}, which cannot be imported: pip install 'trunkline[fast]'"
        ) from None
    return HttptoolsCodec


def new_codec() -> Codec:
    """Return the codec of a new connection."""
    return codec_class()()
