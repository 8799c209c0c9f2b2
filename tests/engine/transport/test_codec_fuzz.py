"""Mutated responses have the same outcome with both codecs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import examples
from tests.engine.codec_cases import CASES
from tests.engine.codec_outcomes import outcome_of

from trunkline._engine.transport.codecs.h11 import H11Codec
from trunkline._engine.transport.codecs.httptools import HttptoolsCodec

#: Pieces that are significant to a parser.
PIECES = [
    b"\r\n",
    b"\r",
    b"\n",
    b"\r\n\r\n",
    b" ",
    b"\t",
    b"\x00",
    b"\x0b",
    b"\x1c",
    b"\x7f",
    b"\x85",
    b"\xa0",
    b"\xff",
    b":",
    b";",
    b",",
    b"-",
    b"+",
    b"0",
    b"5",
    b"a",
    b'"',
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.0",
    b"100",
    b"204",
    b"Content-Length: 5\r\n",
    b"Content-Length: 7\r\n",
    b"content-length:",
    b"Transfer-Encoding: chunked\r\n",
    b"transfer-encoding:",
    b"chunked",
    b"gzip, ",
    b"Connection: close\r\n",
    b"Connection: upgrade\r\n",
    b"Upgrade: x\r\n",
    b"0\r\n\r\n",
    b"5\r\nhello\r\n",
    b"\r\n folded",
    b"Proxy-Connection: close\r\n",
]
SHORT = sorted(name for name, case in CASES.items() if len(case.received) < 500)
METHODS = st.sampled_from(["GET", "POST", "HEAD"])
MUTATION = st.tuples(
    st.floats(0, 1), st.integers(0, 3), st.sampled_from(PIECES) | st.binary(max_size=3)
)


def mutated(data: bytes, mutations: list[tuple[float, int, bytes]]) -> bytes:
    """Return data with a few bytes replaced at some offsets."""
    for where, dropped, piece in mutations:
        place = round(where * len(data))
        data = data[:place] + piece + data[place + dropped :]
    return data


@examples(400)
@given(st.sampled_from(SHORT), st.lists(MUTATION, min_size=1, max_size=4), METHODS)
def test_a_mutated_response(
    name: str, mutations: list[tuple[float, int, bytes]], method: str
) -> None:
    """Status, headers, body and whether another request may follow are the same, or both fail."""
    received = mutated(CASES[name].received, mutations)
    by_h11 = outcome_of(H11Codec(), [received], method)
    assert outcome_of(HttptoolsCodec(), [received], method) == by_h11
    one_by_one = [received[i : i + 1] for i in range(len(received))]
    assert outcome_of(HttptoolsCodec(), one_by_one, method) == by_h11


@examples(200)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=12), METHODS)
def test_a_head_of_pieces(pieces: list[bytes], method: str) -> None:
    """The same for header lines in combinations that no server would send."""
    received = b"HTTP/1.1 200 OK\r\n" + b"".join(pieces) + b"\r\n\r\nhello"
    by_h11 = outcome_of(H11Codec(), [received], method)
    assert outcome_of(HttptoolsCodec(), [received], method) == by_h11
