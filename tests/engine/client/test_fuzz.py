"""Whatever a server sends, the public API raises only the SDK's errors."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import examples
from tests.engine.operations import all_calls, all_clients
from tests.engine.server import Exchange
from tests.engine.support import failure

from trunkline.errors import APIError, TrunklineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engine.operations import Call

FUZZ = examples(120)


class Parrot:
    """A server that sends given bytes, and all operations called on it."""

    def __init__(self) -> None:
        self.words = b""
        self.server = Exchange(lambda asked: self._say(asked.socket))

    def _say(self, talking: Any) -> None:
        talking.sendall(self.words)

    def start(self) -> None:
        self.server.__enter__()
        self.clients = all_clients(self.server.url.replace("localhost", "127.0.0.1"))
        self.calls: list[Call] = all_calls(self.clients)

    def stop(self) -> None:
        for client in self.clients:
            client.close()
        self.server.__exit__(None, None, None)

    def response(self, number: int, words: bytes) -> Exception | None:
        self.words = words
        return failure(self.calls[number % len(self.calls)])


@pytest.fixture(scope="module")
def parrot() -> Iterator[Parrot]:
    made = Parrot()
    made.start()
    yield made
    made.stop()


def check(error: Exception | None) -> None:
    """It is an SDK error, can be printed, and shows nothing of the request."""
    assert error is None or isinstance(error, TrunklineError), repr(error)
    assert "0123456789abcdef" not in f"{error} {error!r}"
    if isinstance(error, APIError):
        assert error.provider
        str(error).encode()


numbers = st.integers(0, 1000)
#: Names in bodies of the five contracts, so that random JSON gets past the first checks.
NAMES = [
    "id",
    "status",
    "items",
    "data",
    "total",
    "limit",
    "offset",
    "has_more",
    "next_offset",
    "transcript",
    "created_at",
    "error",
    "message",
    "details",
    "code",
    "call_sid",
    "pagination",
    "retry_after",
    "title",
    "detail",
    "tools",
    "keys",
    "url",
    "call",
    "agent",
    "metrics",
    "duration",
    "started_at",
    "to",
    "from",
    "name",
    "summary",
    "ok",
    "success",
    "type",
    "value",
    "errors",
    "fields",
]
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
likely = st.sampled_from(NAMES) | st.text(max_size=6)
values = st.recursive(
    leaves | st.sampled_from(["2026-11-21T12:00:00Z", "completed", "+15555550123"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(likely, inner, max_size=6),
    max_leaves=25,
)
header_text = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)
header_name = st.sampled_from(
    ["Retry-After", "X-RateLimit-Reset", "Content-Type", "X-Request-Id", "Location", "Date"]
) | st.from_regex(r"[A-Za-z-]{1,12}", fullmatch=True)


@FUZZ
@given(numbers, st.binary(max_size=400))
def test_any_bytes(parrot: Parrot, number: int, words: bytes) -> None:
    """Random bytes instead of HTTP."""
    check(parrot.response(number, words))


@FUZZ
@given(numbers, st.binary(max_size=300))
def test_any_bytes_after_a_status_line(parrot: Parrot, number: int, words: bytes) -> None:
    """Random bytes instead of headers and body."""
    check(parrot.response(number, b"HTTP/1.1 200 OK\r\n" + words))


@FUZZ
@given(
    numbers,
    st.integers(100, 999),
    st.dictionaries(header_name, header_text, max_size=5),
    values,
    st.sampled_from(["", "gzip", "deflate", "br", "identity"]),
)
def test_any_status_headers_and_json(
    parrot: Parrot, number: int, status: int, headers: dict[str, str], value: Any, coding: str
) -> None:
    """Statuses from 100 to 999, odd headers, and JSON of an expected or unexpected shape."""
    body = json.dumps(value).encode()
    if coding == "gzip":
        body = gzip.compress(body)
    lines = [f"HTTP/1.1 {status} Odd", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    lines += [f"Content-Encoding: {coding}"] if coding else []
    check(parrot.response(number, "\r\n".join([*lines, "", ""]).encode("latin-1") + body))


@FUZZ
@given(numbers, values)
def test_any_json_in_a_success(parrot: Parrot, number: int, value: Any) -> None:
    """Every operation reads any JSON or reports that it does not match."""
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
    check(parrot.response(number, head.encode() + body))


@FUZZ
@given(numbers, st.sampled_from([200, 400, 401, 403, 429, 500]), st.binary(max_size=200))
def test_any_body(parrot: Parrot, number: int, status: int, body: bytes) -> None:
    """Bytes that are not JSON."""
    head = f"HTTP/1.1 {status} Odd\r\nContent-Length: {len(body)}\r\n\r\n"
    check(parrot.response(number, head.encode() + body))


def test_every_operation_is_among_them(parrot: Parrot) -> None:
    """All five contracts are called."""
    assert len(parrot.calls) >= 38
