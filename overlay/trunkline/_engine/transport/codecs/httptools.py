"""The codec on httptools, the binding of llhttp: the parser of Node.js, in C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from httptools import HttpParserError, HttpResponseParser

from trunkline._engine.transport.codecs.base import Codec
from trunkline._engine.transport.codecs.framing import bad_response

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders


class _Fields:
    """What llhttp calls for each header field."""

    __slots__ = ("headers",)

    def __init__(self) -> None:
        self.headers: RawHeaders = []

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))


class HttptoolsCodec(Codec):
    """llhttp, about twenty times as fast as h11."""

    __slots__ = ()

    def parse_headers(self, head: bytes) -> RawHeaders:
        """Return the header fields of a response's head."""
        fields = _Fields()
        try:
            HttpResponseParser(fields).feed_data(head)
        except HttpParserError as error:
            # Only a signal handler can have raised while a field was collected.
            if error.__context__ is not None:
                raise error.__context__ from None
            # The messages of llhttp do not quote what the server sent.
            raise bad_response(str(error)) from None
        return fields.headers
