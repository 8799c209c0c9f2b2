"""A codec's outcome for a response that arrives in segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engine.codec_cases import FAILED, Outcome

from trunkline._engine.transport.failures import ConnectionFailure

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders
    from trunkline._engine.transport.codecs.base import Codec


#: The one difference between the codecs: h11 shows the names of codings, which are
#: case-insensitive (RFC 9112, section 7), in lower case. Only "chunked" gets that far.
CASE_INSENSITIVE = {b"transfer-encoding"}


def comparable(headers: RawHeaders) -> tuple[tuple[bytes, bytes], ...]:
    """Return headers without the difference."""
    return tuple(
        (name, value.lower() if name.lower() in CASE_INSENSITIVE else value)
        for name, value in headers
    )


def outcome_of(codec: Codec, segments: list[bytes], method: str = "GET") -> Outcome:
    """Return the outcome of segments after which the server closes."""
    arriving = [segment for segment in segments if segment]
    codec.expect_response(method)
    try:
        while (head := codec.head()) is None:
            codec.feed(arriving.pop(0) if arriving else b"")
        body = b""
        while (chunk := codec.body_chunk()) != b"":
            if chunk is None:
                codec.feed(arriving.pop(0) if arriving else b"")
            body += chunk or b""
    except ConnectionFailure:
        return FAILED
    for segment in arriving:  # what the pool would find on the idle connection
        codec.feed(segment)
    return Outcome(head[0], body, codec.start_next_cycle(), comparable(head[1]))
