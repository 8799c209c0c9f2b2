"""What an exception of the network layers means for the request that met it."""

from __future__ import annotations

import os
import socket
import ssl
import zlib
from typing import TYPE_CHECKING, Final

from trunkline._engine._wire import Broken, TooLargeError
from trunkline.errors import TrunklineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine._wire import RawHeaders


class Mishap(Exception):  # noqa: N818 - inside the engine only: it becomes a Broken
    """What ended an exchange with a server, in words that hold nothing of either side.

    Attributes:
        timed_out: whether a time limit ended it.
        final: whether the next attempt would end in the same way.
    """

    def __init__(self, words: str, *, timed_out: bool = False, final: bool = False) -> None:
        super().__init__(words)
        self.timed_out, self.final = timed_out, final


#: What reading a body may raise.
BODY_ERRORS: Final = (Mishap, TooLargeError, zlib.error)


def broken(
    error: BaseException,
    *,
    sent: bool,
    status: int | None = None,
    headers: RawHeaders | None = None,
) -> Broken:
    """Return the account of an attempt that an exception ended.

    Args:
        error: the exception.
        sent: whether any byte of the request may have left this machine.
        status: the response's status, where its head had arrived.
        headers: the response's headers, likewise.
    """
    signal = _signal(error, sent=sent)
    signal.status, signal.headers = status, headers or []
    return signal


def is_mishap(error: BaseException) -> bool:
    """Return whether an exception is about the connection, and not of ours or of a test's mock.

    That is every other ``Exception``: what a library below may raise besides its documented ones
    shall not reach a caller.
    """
    return isinstance(error, Exception) and not isinstance(error, (AssertionError, TrunklineError))


def reason(error: BaseException) -> str:
    """Return why the operating system or TLS refused, in their own words, or a class's name.

    What any other library says stays out: it may quote what was sent.
    """
    for below in causes(error):
        words = _system_words(below) if isinstance(below, OSError) else None
        if words:
            return words
    return type(error).__name__


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what caused it; of a group the first. A circle ends."""
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
    # Not the text that the error has: event loops put addresses of their own into it.
    return os.strerror(error.errno) if error.errno else None


def _signal(error: BaseException, *, sent: bool) -> Broken:
    if isinstance(error, Mishap):
        return Broken(str(error), sent=sent, timed_out=error.timed_out, final=error.final)
    if isinstance(error, TooLargeError):
        text = "the response is larger than max_response_bytes"
        return Broken(text, sent=sent, malformed=True, final=True)
    if isinstance(error, zlib.error):
        return Broken("the compressed body is damaged", sent=sent, malformed=True)
    return Broken(f"the connection failed ({type(error).__name__})", sent=sent)
