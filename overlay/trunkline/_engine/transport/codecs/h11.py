"""The codec on h11, in pure Python; its own module because importing h11 takes a while."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import h11

from trunkline._engine.transport.codecs.base import Codec
from trunkline._engine.transport.codecs.framing import MAX_HEADER_SIZE, bad_response

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders

_LENGTHS: Final = re.compile(rb"\r\ncontent-length:([^\r]*)")


class H11Codec(Codec):
    """Reads header fields with h11."""

    __slots__ = ()

    def parse_headers(self, head: bytes) -> RawHeaders:
        """Return the header fields of a response's head."""
        if b"," in b",".join(_LENGTHS.findall(head.lower())):  # h11 would merge them
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
