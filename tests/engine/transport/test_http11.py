"""The bytes of a request: the same as h11's, without header injection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import build_request, make_context, make_request

from trunkline._engine.transport._sync.http11 import HTTP11Connection
from trunkline._engine.transport.failures import ConnectionFailure

if TYPE_CHECKING:
    from trunkline._engine.models import Request


def message_of(request: Request) -> bytes:
    """Return what a new connection would send."""
    return HTTP11Connection(request.origin, None, lambda: 0.0).encode_request(request)


def by_h11(request: Request) -> bytes:
    """Return what h11 would send for the same request."""
    http = h11.Connection(h11.CLIENT)
    head = http.send(
        h11.Request(method=request.method, target=request.target, headers=request.headers)
    )
    body = http.send(h11.Data(data=request.content)) if request.content else b""
    return b"".join([head or b"", body or b"", http.send(h11.EndOfMessage()) or b""])


@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]),
    st.text(st.characters(codec="ascii"), max_size=20),
    st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=50)),
)
def test_a_request_is_what_h11_would_send(method: str, query: str, body: Any) -> None:
    """The SDK writes the bytes itself, in the same form."""
    request = build_request(make_context(), method, "/calls", params={"q": query}, json=body)
    assert message_of(request) == by_h11(request)


@pytest.mark.parametrize(
    "header",
    [
        (b"X-A", b"a\r\nX-B: b"),
        (b"X-A", b"a\nX-B: b"),
        (b"X-A\r\nX-B", b"b"),
        (b"X-A", b"a\r"),
    ],
)
def test_no_header_becomes_two(header: tuple[bytes, bytes]) -> None:
    """Even if an earlier check missed it."""
    request = make_request(make_context())
    request.headers = [*request.headers, header]
    with pytest.raises(ConnectionFailure, match="not valid HTTP"):
        message_of(request)


@pytest.mark.parametrize("target", [b"/a\r\nX-B: b", b"/a\n"])
def test_no_path_becomes_a_header(target: bytes) -> None:
    """The same for the request line."""
    request = make_request(make_context())
    request.target = target
    with pytest.raises(ConnectionFailure, match="not valid HTTP"):
        message_of(request)


@pytest.mark.parametrize("method", ["GE T", "", "GET\r\nX: y", "É"])
def test_a_method_is_a_token(method: str) -> None:
    """RFC 9110, section 9.1."""
    request = make_request(make_context())
    request.method = method
    with pytest.raises(ConnectionFailure, match="not valid HTTP"):
        message_of(request)
