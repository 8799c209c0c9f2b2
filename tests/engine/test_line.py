"""The bytes of a request: what h11 would have sent, and nothing that breaks out of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import make_core, make_trip

from trunkline._engine._breakage import Mishap
from trunkline._engine._sync._home import Home
from trunkline._engine._sync._line import Line

if TYPE_CHECKING:
    from trunkline._engine._wire import Trip


def message_of(trip: Trip) -> bytes:
    """Return what a new connection would send."""
    return Line(Home(None, 1), trip.origin, None, lambda: 0.0)._message(trip)


def by_h11(trip: Trip) -> bytes:
    """Return what h11 makes of the same request."""
    http = h11.Connection(h11.CLIENT)
    head = http.send(h11.Request(method=trip.method, target=trip.target, headers=trip.headers))
    body = http.send(h11.Data(data=trip.content)) if trip.content else b""
    return b"".join([head or b"", body or b"", http.send(h11.EndOfMessage()) or b""])


@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]),
    st.text(st.characters(codec="ascii"), max_size=20),
    st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=50)),
)
def test_a_request_is_what_h11_would_send(method: str, query: str, body: Any) -> None:
    """The bytes are our own, the form is not."""
    trip = make_core().plan(method, "/calls", params={"q": query}, json=body)
    assert message_of(trip) == by_h11(trip)


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
    """Whatever an earlier check may have let through."""
    trip = make_trip(make_core())
    trip.headers = [*trip.headers, header]
    with pytest.raises(Mishap, match="not valid HTTP"):
        message_of(trip)


@pytest.mark.parametrize("target", [b"/a\r\nX-B: b", b"/a\n"])
def test_no_path_becomes_a_header(target: bytes) -> None:
    """The same holds for the first line."""
    trip = make_trip(make_core())
    trip.target = target
    with pytest.raises(Mishap, match="not valid HTTP"):
        message_of(trip)


@pytest.mark.parametrize("method", ["GE T", "", "GET\r\nX: y", "É"])
def test_a_method_is_a_token(method: str) -> None:
    """RFC 9110, section 9.1."""
    trip = make_trip(make_core())
    trip.method = method
    with pytest.raises(Mishap, match="not valid HTTP"):
        message_of(trip)
