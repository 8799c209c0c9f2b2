"""Maps exceptions of the network layers to what they mean for the request."""

from __future__ import annotations

import os
import socket
import ssl
import sys
import zlib
from typing import TYPE_CHECKING, Final

from trunkline._engine.models import Response
from trunkline._engine.transport.content import ResponseTooLargeError, without_encoding
from trunkline.errors import TrunklineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.models import RawHeaders


#: The libraries whose exceptions may end an exchange on the engine's own connections.
_LIBRARIES: Final = frozenset(
    {"anyio", "eventlet", "gevent", "greenlet", "h11", "httptools", "outcome", "trio"}
    | {"trunkline", "uvloop"}
)


class TransportError(Exception):
    """An attempt that did not end in a complete response.

    Attributes:
        sent: whether any byte of the request may have left this machine.
        timed_out: whether a time limit ended it.
        invalid_body: whether the body could not be decompressed, or is larger than allowed.
        permanent: whether the next attempt would end in the same way.
        status: the response's status, when the headers had arrived.
        headers: the response's headers, likewise.
        body: what had arrived of the body, as it was received.
        retry_after: seconds to wait, where that is the only obstacle.
        verified: whether the status certainly belongs to the request.
    """

    verified = True

    def __init__(
        self,
        reason: str,
        *,
        sent: bool,
        timed_out: bool = False,
        invalid_body: bool = False,
        permanent: bool = False,
        status: int | None = None,
        headers: RawHeaders | None = None,
        body: bytes = b"",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.sent, self.timed_out = sent, timed_out
        self.invalid_body, self.permanent = invalid_body, permanent
        self.status, self.headers = status, headers or []
        self.body, self.retry_after = body, retry_after

    @property
    def reason(self) -> str:
        """What failed, in words."""
        return str(self.args[0])

    def as_response(self) -> Response | None:
        """Return a refusal whose body did not arrive as a response: its status is enough."""
        if self.status is None or 200 <= self.status < 300:
            return None
        return Response(self.status, without_encoding(self.headers), verified=self.verified)


class ConnectionFailure(Exception):  # noqa: N818 - inside the engine only: it becomes a TransportError
    """Why an exchange with a server failed, in words that quote neither side.

    Attributes:
        timed_out: whether a time limit ended it.
        permanent: whether the next attempt would end in the same way.
    """

    def __init__(self, words: str, *, timed_out: bool = False, permanent: bool = False) -> None:
        super().__init__(words)
        self.timed_out, self.permanent = timed_out, permanent


#: What reading a body may raise.
BODY_ERRORS: Final = (ConnectionFailure, ResponseTooLargeError, zlib.error)


def to_transport_error(
    error: BaseException,
    *,
    sent: bool,
    status: int | None = None,
    headers: RawHeaders | None = None,
    body: bytes = b"",
) -> TransportError:
    """Return the TransportError of an attempt that an exception ended.

    Args:
        error: the exception.
        sent: whether any byte of the request may have left this machine.
        status: the response's status, where its head had arrived.
        headers: the response's headers, likewise.
        body: what had arrived of the body, as it was received.
    """
    signal = _signal(error, sent=sent)
    signal.status, signal.headers, signal.body = status, headers or [], body
    return signal


def is_connection_failure(error: BaseException) -> bool:
    """Return whether an exception counts as a failed connection.

    Every ``Exception`` does, so that no library's undocumented one reaches a caller, except this
    package's own errors, the assertions of a test's mock and what a signal handler raises.
    """
    if not isinstance(error, Exception) or isinstance(error, (AssertionError, TrunklineError)):
        return False
    return not _is_of_signal_handler(error)


def is_pool_failure(error: BaseException) -> bool:
    """Return the same for the engine's own connections.

    There all libraries involved are known: the exception class of any other can only have been
    raised from outside, as ``PyThreadState_SetAsyncExc`` does.
    """
    if not is_connection_failure(error):
        return False
    root = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or root in _LIBRARIES or root in sys.stdlib_module_names


def _is_of_signal_handler(error: BaseException) -> bool:
    """Return whether a frame received the frame that it interrupted, as signal handlers do."""
    below, trace = None, error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        # Not the engine's frames: reading the variables of one keeps its permit alive.
        foreign = not frame.f_globals.get("__name__", "").startswith("trunkline.")
        if foreign and any(value is below for value in frame.f_locals.values() if below):
            return True
        below, trace = frame, trace.tb_next
    return False


def describe_cause(error: BaseException) -> str:
    """Return why the operating system or TLS refused, in their own words, or a class's name.

    The text of other libraries is left out: it may quote the request.
    """
    for below in causes(error):
        words = _system_words(below) if isinstance(below, OSError) else None
        if words:
            return words
    return type(error).__name__


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and its causes (of a group the first), each once."""
    seen: list[BaseException] = []
    below: BaseException | None = error
    while below is not None and all(below is not other for other in seen):
        seen.append(below)
        yield below
        group: tuple[BaseException, ...] | None = getattr(below, "exceptions", None)
        below = group[0] if group else below.__cause__


def _system_words(error: OSError) -> str | None:
    if isinstance(error, ssl.SSLError):
        return getattr(error, "reason", None)  # only OpenSSL sets it
    if isinstance(error, socket.gaierror):
        return error.strerror
    # Not the error's own text: event loops add addresses to it.
    return os.strerror(error.errno) if error.errno else None


def _signal(error: BaseException, *, sent: bool) -> TransportError:
    if isinstance(error, TransportError):  # raised by a send hook
        return error
    if isinstance(error, ConnectionFailure):
        return TransportError(
            str(error), sent=sent, timed_out=error.timed_out, permanent=error.permanent
        )
    if isinstance(error, ResponseTooLargeError):
        text = "the response is larger than max_response_bytes"
        return TransportError(text, sent=sent, invalid_body=True, permanent=True)
    if isinstance(error, zlib.error):
        return TransportError("the compressed body is damaged", sent=sent, invalid_body=True)
    return TransportError(f"the connection failed ({type(error).__name__})", sent=sent)
