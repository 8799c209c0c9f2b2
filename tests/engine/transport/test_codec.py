"""Both codecs give the same outcome for every response, however it is segmented."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import examples
from tests.engine.codec_cases import CASES, ORDINARY, Case, Outcome, hello
from tests.engine.codec_outcomes import outcome_of

from trunkline import AsyncStateSetVoice, StateSetVoice
from trunkline._engine.transport.codecs.h11 import H11Codec
from trunkline._engine.transport.codecs.httptools import HttptoolsCodec
from trunkline._engine.transport.codecs.selection import codec_class
from trunkline._engine.transport.failures import ConnectionFailure
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from trunkline._engine.transport.codecs.base import Codec

CODECS = pytest.mark.parametrize("kind", [H11Codec, HttptoolsCodec])


def assert_outcome(found: Outcome, case: Case) -> None:
    """Compare; headers only if the case has some."""
    wanted = case.outcome
    headers = found.headers if wanted.headers is None else wanted.headers
    assert found == Outcome(wanted.status, wanted.body, wanted.reusable, headers)


@pytest.mark.parametrize("name", CASES)
def test_a_response_in_one_segment_and_in_small_ones(name: str) -> None:
    """The table has the outcome, at once or byte by byte (a long one in thousands of pieces)."""
    case = CASES[name]
    size = 1 + len(case.received) // 3000
    pieces = [case.received[i : i + size] for i in range(0, len(case.received), size)]
    for kind in (H11Codec, HttptoolsCodec):
        assert_outcome(outcome_of(kind(), [case.received], case.method), case)
        assert_outcome(outcome_of(kind(), pieces, case.method), case)


@examples(100)
@given(st.sampled_from(sorted(CASES)), st.lists(st.floats(0, 1), max_size=6))
def test_a_response_in_random_segments(name: str, cuts: list[float]) -> None:
    """Wherever a segment ends."""
    case = CASES[name]
    size = len(case.received)
    places = sorted({0, size, *(round(cut * size) for cut in cuts)})
    segments = [case.received[start:end] for start, end in pairwise(places)]
    for kind in (H11Codec, HttptoolsCodec):
        assert_outcome(outcome_of(kind(), segments, case.method), case)


@CODECS
@pytest.mark.parametrize("name", ORDINARY)
def test_a_response_in_two_segments(kind: type[Codec], name: str) -> None:
    """A second segment may start at every byte, also of the status line."""
    case = ORDINARY[name]
    for cut in range(len(case.received)):
        segments = [case.received[:cut], case.received[cut:]]
        assert_outcome(outcome_of(kind(), segments, case.method), case)


@CODECS
@pytest.mark.parametrize("name", ORDINARY)
def test_a_response_that_breaks_off(kind: type[Codec], name: str) -> None:
    """Only a body that ends with the connection may end anywhere."""
    case = ORDINARY[name]
    head = case.received.index(b"\r\n\r\n") + 4
    until_close = not case.outcome.reusable and b"ength" not in case.received
    for cut in range(len(case.received)):
        found = outcome_of(kind(), [case.received[:cut]], case.method)
        wanted = case.received[head:cut] if until_close and cut >= head else None
        assert (found.body if found.status else None) == wanted


@CODECS
def test_a_connection_carries_one_response_after_the_other(kind: type[Codec]) -> None:
    """No bytes of a response are left for the next one."""
    codec = kind()
    for method, name in [("GET", "chunked"), ("HEAD", ""), ("GET", "length"), ("GET", "empty")]:
        received = ORDINARY[name].received if name else b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"
        assert outcome_of(codec, [received], method).reusable
    found = outcome_of(codec, [hello(b"X: y")])
    assert found.headers == ((b"X", b"y"), (b"Content-Length", b"5"))


@CODECS
def test_a_request_that_was_not_sent_whole(kind: type[Codec]) -> None:
    """Its response can be read, but the connection carries no other request."""
    codec = kind()
    codec.expect_response("POST")
    codec.send_failed()
    codec.feed(hello())
    head = codec.head()
    assert head is not None
    assert (head[0], codec.body_chunk(), codec.body_chunk()) == (200, b"hello", b"")
    assert not codec.start_next_cycle()


@CODECS
def test_no_request_follows_an_unread_body(kind: type[Codec]) -> None:
    """The rest of it would be read as the next response."""
    codec = kind()
    codec.expect_response("GET")
    assert not codec.start_next_cycle()
    codec.feed(hello()[:-1])
    assert codec.head() is not None
    assert not codec.start_next_cycle()


@CODECS
def test_a_connection_that_ends_while_idle(kind: type[Codec]) -> None:
    """It carries no other request."""
    codec = kind()
    assert outcome_of(codec, [hello()]).reusable
    codec.feed(b"")
    assert not codec.start_next_cycle()


@CODECS
def test_a_tunnel_has_no_body(kind: type[Codec]) -> None:
    """A successful response to CONNECT ends with its head (RFC 9110, section 9.3.6)."""
    codec = kind()
    codec.expect_response("CONNECT")
    codec.feed(b"HTTP/1.1 200 Connected\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert codec.head() is not None
    assert codec.body_chunk() == b""


@CODECS
def test_an_error_does_not_quote_the_server(kind: type[Codec]) -> None:
    """What it sent may contain secrets of others."""
    codec = kind()
    codec.expect_response("GET")
    codec.feed(b"HTTP/1.1 200 OK\r\nsecret value\r\n\r\n")
    with pytest.raises(ConnectionFailure, match="did not speak HTTP") as caught:
        codec.head()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "name"),
    [("", "HttptoolsCodec"), ("h11", "H11Codec"), ("httptools", "HttptoolsCodec")],
)
def test_the_choice_of_a_codec(monkeypatch: pytest.MonkeyPatch, variable: str, name: str) -> None:
    """Httptools if it is installed, or the one named in the environment."""
    monkeypatch.setenv("TRUNKLINE_HTTP_CODEC", variable)
    assert codec_class.__wrapped__().__name__ == name


def test_an_unknown_codec(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable and its allowed values."""
    monkeypatch.setenv("TRUNKLINE_HTTP_CODEC", "llhttp")
    with pytest.raises(ConfigurationError, match="TRUNKLINE_HTTP_CODEC is 'llhttp': use h11"):
        codec_class.__wrapped__()


@pytest.mark.parametrize("client", [StateSetVoice, AsyncStateSetVoice])
def test_a_client_tells_of_an_unknown_codec(
    monkeypatch: pytest.MonkeyPatch, client: type[StateSetVoice | AsyncStateSetVoice]
) -> None:
    """When it is created, not with its first request."""
    monkeypatch.setenv("TRUNKLINE_HTTP_CODEC", "llhttp")
    codec_class.cache_clear()
    with pytest.raises(ConfigurationError, match="TRUNKLINE_HTTP_CODEC"):
        client("sk_test_0123456789abcdef")
    codec_class.cache_clear()


WITHOUT_HTTPTOOLS = """
import os, sys
sys.modules["httptools"] = None
from trunkline._engine.transport.codecs.selection import codec_class
from trunkline.errors import ConfigurationError
print(codec_class.__wrapped__().__name__)
os.environ["TRUNKLINE_HTTP_CODEC"] = "httptools"
try:
    codec_class()
except ConfigurationError as error:
    print(error)
"""


def test_httptools_is_not_installed() -> None:
    """h11 is used instead, unless httptools was requested by name."""
    command = [sys.executable, "-c", WITHOUT_HTTPTOOLS]
    paths = {"PYTHONPATH": ":".join(sys.path)}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=paths).stdout
    assert told.splitlines()[0] == "H11Codec"
    assert "pip install 'trunkline[fast]'" in told
