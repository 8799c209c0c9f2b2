"""HTTP/1.1 framing behind one small interface: h11, or httptools with the extra ``fast``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol

import h11

from trunkline._engine.models import RawHeaders
from trunkline._engine.transport.failures import ConnectionFailure

#: A response's head may be as long as this.
MAX_HEADER_SIZE: Final = 100 * 1024

Head = tuple[int, RawHeaders]

_END: Final = h11.EndOfMessage()


class Codec(Protocol):
    """Reads the responses of one connection.

    Methods that read raise ConnectionFailure for bytes that are not HTTP/1.1, and return None
    until enough has been fed.
    """

    def expect_response(self, method: str) -> None:
        """Begin a cycle: a request with this method is about to be sent."""
        ...

    def send_failed(self) -> None:
        """Note that the request was not sent whole; a response may come all the same."""
        ...

    def feed(self, data: bytes) -> None:
        """Take received bytes, ``b""`` for the end of the connection."""
        ...

    def head(self) -> Head | None:
        """Return status and headers; informational responses (1xx) are passed over."""
        ...

    def body_chunk(self) -> bytes | None:
        """Return the next bytes of the body, ``b""`` at its end."""
        ...

    def start_next_cycle(self) -> bool:
        """Make ready for the next request, and return whether there can be one.

        Bytes beyond the response would be taken for the next one (RFC 9112, section 6.3).
        """
        ...


@lru_cache(maxsize=32)
def _announced(method: str) -> h11.Request:
    return h11.Request(method=method, target="/", headers=[("Host", "-")])


class H11Codec:
    """h11, in pure Python."""

    def __init__(self) -> None:
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_SIZE)

    def expect_response(self, method: str) -> None:
        """Begin a cycle.

        h11 needs only the method. Checking every header again, after they were checked where they
        came from, would be a tenth of the whole call's cost.
        """
        try:
            self._http.send(_announced(method))
        except (h11.LocalProtocolError, UnicodeError) as error:
            raise ConnectionFailure("the request is not valid HTTP", permanent=True) from error
        self._http.send(_END)

    def send_failed(self) -> None:
        """Note that the request was not sent whole."""
        self._http.send_failed()

    def feed(self, data: bytes) -> None:
        """Take received bytes."""
        self._http.receive_data(data)

    def head(self) -> Head | None:
        """Return status and headers."""
        while True:
            event = self._next_event()
            if event is h11.NEED_DATA:
                return None
            if isinstance(event, h11.Response):
                return event.status_code, event.headers.raw_items()
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                raise ConnectionFailure("the server broke off or did not speak HTTP")

    def body_chunk(self) -> bytes | None:
        """Return the next bytes of the body."""
        event = self._next_event()
        if event is h11.NEED_DATA:
            return None
        return bytes(event.data) if isinstance(event, h11.Data) else b""

    def _next_event(self) -> object:
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError as error:
            # After a colon h11 quotes what the server sent.
            fault = str(error).partition(":")[0]
            text = f"the server broke off or did not speak HTTP ({fault})"
            raise ConnectionFailure(text) from None

    def start_next_cycle(self) -> bool:
        """Make ready for the next request."""
        http = self._http
        left, _ = http.trailing_data
        if left or http.our_state is not h11.DONE or http.their_state is not h11.DONE:
            return False
        http.start_next_cycle()
        return True


def new_codec() -> Codec:
    """Return the codec of a new connection."""
    return H11Codec()
