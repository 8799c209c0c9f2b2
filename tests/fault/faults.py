"""Faults that are more than a canned response; importing this module registers them."""

from __future__ import annotations

import socket
import time

from tests.fault.server import GIVE_UP, Request, fault, linger, reset, response

# --- before the request is accepted --------------------------------------------------------------


@fault
def reset_before(request: Request, number: int) -> bool:
    """RST after ``number`` bytes of the body; the request is not carried out."""
    request.read_body(number)
    reset(request.connection)
    return False


@fault
def close_before(request: Request, _number: int) -> bool:
    """Close without reading the body or responding."""
    request.connection.close()
    return False


@fault
def early_refusal(request: Request, _number: int) -> bool:
    """Respond with 413 before the body was read, then close."""
    request.send(response("413 Too Large", b'{"error":"too large"}', "Connection: close"))
    request.connection.shutdown(socket.SHUT_WR)
    linger(request.connection, 0.5)
    return False


@fault
def silent(request: Request, number: int) -> bool:
    """Read everything and send nothing until the client disconnects."""
    request.accept()
    linger(request.connection, number or GIVE_UP)
    return False


# --- after it was accepted -----------------------------------------------------------------------


@fault
def ok(request: Request, _number: int) -> bool:
    """Respond correctly."""
    request.accept()
    request.send(response("200 OK", request.body(), f"X-Request-Id: {request.run}"))
    return True


@fault
def slow(request: Request, number: int) -> bool:
    """Respond correctly after ``number`` milliseconds."""
    request.accept()
    time.sleep(number / 1000)
    request.send(response("200 OK", request.body()))
    return True


@fault
def reset_after(request: Request, _number: int) -> bool:
    """Carry the request out and reset the connection."""
    request.accept()
    reset(request.connection)
    return False


@fault
def late_reset(request: Request, number: int) -> bool:
    """Carry the request out and reset the connection ``number`` milliseconds later."""
    request.accept()
    time.sleep(number / 1000)
    reset(request.connection)
    return False


@fault
def close_after(request: Request, _number: int) -> bool:
    """Carry the request out and close without a response."""
    request.accept()
    return False


@fault
def half_close(request: Request, _number: int) -> bool:
    """Carry the request out, send the end of the stream, and keep listening."""
    request.accept()
    request.connection.shutdown(socket.SHUT_WR)
    linger(request.connection, 1.0)
    return False


@fault
def reset_response(request: Request, number: int) -> bool:
    """Send ``number`` bytes of the response and reset."""
    request.accept()
    request.send(response("200 OK", request.body())[:number])
    time.sleep(0.005)  # else the reset may overtake the bytes
    reset(request.connection)
    return False


@fault
def cut_response(request: Request, number: int) -> bool:
    """Send ``number`` bytes of the response and close."""
    request.accept()
    request.send(response("200 OK", request.body())[:number])
    return False


@fault
def answer_and_close(request: Request, _number: int) -> bool:
    """Respond as if the connection stayed open, and close it."""
    ok(request, 0)
    return False


@fault
def trickle(request: Request, number: int) -> bool:
    """Send the response, head included, byte by byte, ``number`` milliseconds apart."""
    request.accept()
    for byte in response("200 OK", request.body()):
        request.send(bytes([byte]))
        time.sleep(number / 1000)
    return True


@fault
def trickle_body(request: Request, number: int) -> bool:
    """Send the head at once and the body byte by byte, without end."""
    request.accept()
    request.send(response("200 OK", length=10_000_000))
    while True:
        request.send(b" ")
        time.sleep(number / 1000)


@fault
def informational_flood(request: Request, number: int) -> bool:
    """Send informational responses forever."""
    request.accept()
    while True:
        request.send(b"HTTP/1.1 102 Processing\r\n\r\n" * 10)
        time.sleep(number / 1000)


@fault
def header_bomb(request: Request, _number: int) -> bool:
    """Send headers without end."""
    request.accept()
    request.send(b"HTTP/1.1 200 OK\r\n")
    for index in range(1_000_000):
        request.send(b"X-%d: %s\r\n" % (index, b"y" * 1000))
    return False


@fault
def endless_body(request: Request, _number: int) -> bool:
    """Send a body without end."""
    request.accept()
    request.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    while True:
        request.send(chunk)


@fault
def refuse_and_trickle(request: Request, number: int) -> bool:
    """Refuse with 429 and never finish the body."""
    request.read_body()
    request.send(response("429 Too Many Requests", b"{", "Retry-After: 0", length=1000))
    linger(request.connection, number or GIVE_UP)
    return False


@fault
def accepted_then_500(request: Request, _number: int) -> bool:
    """Carry the request out and respond that it failed."""
    request.accept()
    request.send(response("500 Oops", b'{"error":"after all"}'))
    return True


@fault
def accepted_then_503_reset(request: Request, _number: int) -> bool:
    """Carry the request out, fail, and send rate limit headers as in every response."""
    request.accept()
    request.send(response("503 Unavailable", b"{}", "X-RateLimit-Reset: 1"))
    return True
