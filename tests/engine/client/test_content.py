"""Values on the wire: request and response bodies, headers, hosts."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import failure

from trunkline._engine.models import Origin, header_map
from trunkline._engine.transport.content import (
    ContentDecoder,
    ResponseTooLargeError,
    decode_body,
    dump_json,
    encoding_of,
    load_json,
    read_json,
    without_encoding,
)
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import InvalidArgumentError

LIMIT = 1_000_000


def inflated(encoding: bytes, body: bytes, *, limit: int = LIMIT, step: int = 7) -> bytes:
    inflater = ContentDecoder(encoding, limit)
    parts = [inflater.decode(body[at : at + step]) for at in range(0, len(body), step)]
    inflater.flush()
    return b"".join(parts)


@given(st.binary(max_size=5000), st.integers(1, 600))
@pytest.mark.parametrize("encoding", [b"gzip", b"x-gzip", b"deflate", b"", b"identity"])
def test_a_body_comes_out_as_it_went_in(encoding: bytes, body: bytes, step: int) -> None:
    """Gzip, zlib and plain bodies are the same however they are split."""
    packed = {b"gzip": gzip.compress, b"x-gzip": gzip.compress, b"deflate": zlib.compress}
    wire = packed.get(encoding, bytes)(body)
    assert inflated(encoding, wire, step=step) == body


@pytest.mark.parametrize("encoding", [b"br", b"zstd", b"gzip, gzip", b"compress"])
def test_a_coding_that_was_not_offered_is_damage(encoding: bytes) -> None:
    """Bytes in another coding are never returned as the body."""
    with pytest.raises(zlib.error, match="coding"):
        inflated(encoding, b"anything")


@pytest.mark.parametrize("encoding", [b"gzip", b"deflate", b"br"])
def test_an_empty_body_is_complete_in_every_coding(encoding: bytes) -> None:
    """A 204 with a Content-Encoding has nothing to decompress."""
    assert inflated(encoding, b"") == b""


@pytest.mark.parametrize("cut", [1, 5, 12, 20])
def test_a_compressed_body_that_stops_early_is_damaged(cut: int) -> None:
    """A missing end is noticed, even if the decompressed bytes look complete."""
    with pytest.raises(zlib.error):
        inflated(b"gzip", gzip.compress(b"hello, hello, hello")[:-cut])


def test_deflate_may_lack_its_header() -> None:
    """Some servers send RFC 1951; the limit and the missing end apply there as well."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(b"hello" * 100) + packer.flush()
    assert decode_body(packed, b"deflate", LIMIT) == b"hello" * 100
    with pytest.raises(ResponseTooLargeError):
        decode_body(packed, b"deflate", 499)
    with pytest.raises(zlib.error):
        decode_body(packed[:-1], b"deflate", LIMIT)


@pytest.mark.parametrize("encoding", [b"gzip", b"deflate", b"utf-8"])
def test_json_under_a_wrong_label_is_json(encoding: bytes) -> None:
    """A proxy decompressed it, or the coding is the charset; any other bytes are damage."""
    assert decode_body(b'{"id": "CA1"}', encoding, LIMIT) == b'{"id": "CA1"}'
    with pytest.raises(zlib.error):
        decode_body(b"id: CA1", encoding, LIMIT)


def test_what_follows_a_gzip_member_is_read_or_damage() -> None:
    """Several members are one body (RFC 1952, section 2.2); padding with zeros is harmless."""
    packed = gzip.compress(b"one")
    assert inflated(b"gzip", packed + gzip.compress(b"two")) == b"onetwo"
    with pytest.raises(zlib.error):
        inflated(b"gzip", packed + b"garbage")
    assert inflated(b"gzip", packed + b"\0" * 9) == b"one"


@pytest.mark.parametrize("encoding", [b"gzip", b"deflate", b""])
@pytest.mark.parametrize(("size", "fits"), [(999, True), (1000, True), (1001, False)])
def test_the_limit_counts_unpacked_bytes(encoding: bytes, size: int, *, fits: bool) -> None:
    """A body at the limit passes, one byte more does not."""
    plain = b"x" * size
    wire = {b"gzip": gzip.compress, b"deflate": zlib.compress}.get(encoding, bytes)(plain)
    found = failure(lambda: inflated(encoding, wire, limit=1000))
    assert (found is None) is fits
    assert fits or isinstance(found, ResponseTooLargeError)


def test_a_bomb_is_never_unpacked() -> None:
    """Megabytes of zeros in a few kilobytes take no more memory than the limit."""
    bomb = zlib.compress(b"\0" * 20_000_000, 9)
    inflater = ContentDecoder(b"deflate", 10_000)
    with pytest.raises(ResponseTooLargeError):
        inflater.decode(bomb)


@given(st.binary(max_size=300))
def test_garbage_is_damage_and_nothing_else(garbage: bytes) -> None:
    """Random bytes are decompressed, damaged or too large; nothing else is raised."""
    found = failure(lambda: inflated(b"gzip", garbage))
    assert found is None or isinstance(found, (zlib.error, ResponseTooLargeError))


def test_headers_become_a_mapping() -> None:
    """Names in lower case, repeated ones joined, odd bytes kept as Latin-1."""
    raw = [(b"X-A", b"1"), (b"x-a", b"2"), (b"X-B", b"\xe9")]
    assert header_map(raw) == {"x-a": "1, 2", "x-b": "é"}


def test_headers_of_a_form_that_is_gone_are_dropped() -> None:
    """After decompression, coding and length no longer apply."""
    raw = [(b"Content-Encoding", b" GZIP "), (b"Content-Length", b"5"), (b"X", b"y")]
    assert encoding_of(raw) == b"gzip"
    assert without_encoding(raw) == [(b"X", b"y")]
    assert encoding_of([]) == b""


@pytest.mark.parametrize(
    ("origin", "netloc"),
    [
        (Origin(b"https", b"api.example", None), b"api.example"),
        (Origin(b"http", b"localhost", 8080), b"localhost:8080"),
        (Origin(b"http", b"::1", None), b"[::1]"),
        (Origin(b"http", b"::1", 80), b"[::1]:80"),
    ],
)
def test_the_host_header(origin: Origin, netloc: bytes) -> None:
    """IPv6 addresses are in brackets, default ports are omitted."""
    assert origin.netloc == netloc


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_json_comes_back_as_it_went(value: Any) -> None:
    """Compact UTF-8, readable by the standard library and by the installed decoder."""
    found = failure(lambda: dump_json(value))
    if found is None:
        body = dump_json(value)
        assert json.loads(body) == value == load_json(body)
    else:
        assert isinstance(found, InvalidArgumentError)  # half a character


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le")


@given(st.sampled_from(ENCODINGS), json_values)
def test_json_is_read_in_every_encoding_that_python_reads(encoding: str, value: Any) -> None:
    """With and without a byte order mark (RFC 4627, section 3)."""
    body = json.dumps(value, ensure_ascii=False).encode(encoding, "surrogatepass")
    assert load_json(body) == read_json(body) == json.loads(body)


def test_reading_json_imports_nothing() -> None:
    """An exception raised during an import can leave the import lock held."""
    bodies = [json.dumps("é").encode(encoding) for encoding in ENCODINGS]
    program = f"""
import sys
from trunkline._engine.transport.content import read_json
from trunkline.webhooks.verification.canonical_json import parse_json
before = set(sys.modules)
assert {{read_json(body) for body in {bodies}}} == {{"é"}}
read_json(b'"\\xff"'), parse_json({bodies[1]})
assert set(sys.modules) == before, set(sys.modules) - before
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def endless() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), object(), b"x", {1, 2}, {(1, 2): 3}, "\ud800", endless()],
    ids=["nan", "inf", "object", "bytes", "set", "key", "surrogate", "endless"],
)
def test_what_json_cannot_hold_is_refused_without_being_shown(value: Any) -> None:
    """The error names the problem and what may be used."""
    with pytest.raises(InvalidArgumentError, match="cannot be written as JSON"):
        dump_json(value)


@pytest.mark.parametrize("status", [None, 200, 204, 299])
def test_a_success_without_a_body_stays_broken(status: int | None) -> None:
    """Only a refusal is recognised by its head."""
    assert TransportError("cut", sent=True, status=status).as_response() is None


@pytest.mark.parametrize("status", [100, 304, 401, 429, 503, 999])
def test_a_refusal_is_told_by_its_head(status: int) -> None:
    """A status other than 2xx is enough, whatever happened to the body."""
    raw = [(b"Retry-After", b"3"), (b"Content-Encoding", b"gzip")]
    head = TransportError("cut", sent=True, status=status, headers=raw).as_response()
    assert head is not None
    assert (head.status, head.body, head.headers) == (status, b"", {"retry-after": "3"})
