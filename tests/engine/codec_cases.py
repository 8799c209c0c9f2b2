"""Responses of correct and hostile servers, and the required outcome for every codec."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline._engine.transport.codecs.framing import MAX_HEADER_SIZE

OK = b"HTTP/1.1 200 OK\r\n"
FIVE = OK + b"Content-Length: 5\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(frozen=True)
class Outcome:
    """The outcome of one response: None for the status is a failed connection."""

    status: int | None = None
    body: bytes = b""
    reusable: bool = False
    headers: tuple[tuple[bytes, bytes], ...] | None = None


FAILED = Outcome()
HELLO = Outcome(200, b"hello", reusable=True)
HELLO_LAST = Outcome(200, b"hello")


@dataclass(frozen=True)
class Case:
    """Bytes of a server that closes after sending them, and their outcome."""

    received: bytes
    outcome: Outcome
    method: str = "GET"


def fields(*headers: tuple[bytes, bytes], body: bytes = b"hello") -> Outcome:
    return Outcome(200, body, reusable=True, headers=((b"Content-Length", b"5"), *headers))


def hello(*lines: bytes) -> bytes:
    """Return a response with these header lines before its length."""
    return OK + b"".join(line + b"\r\n" for line in lines) + b"Content-Length: 5\r\n\r\nhello"


def filler(size: int) -> bytes:
    """Return a response whose head has this length."""
    return FIVE + b"X: " + b"a" * (size - len(FIVE) - 7) + b"\r\n\r\nhello"


ORDINARY = {
    "length": Case(FIVE + b"\r\nhello", HELLO),
    "empty": Case(OK + b"Content-Length: 0\r\n\r\n", Outcome(200, reusable=True)),
    "zeros before the length": Case(OK + b"Content-Length: 0005\r\n\r\nhello", HELLO),
    "length in odd case": Case(OK + b"CONTENT-lengTH:5\r\n\r\nhello", HELLO),
    "no length": Case(OK + b"\r\nhello", HELLO_LAST),
    "no headers and no body": Case(OK + b"\r\n", Outcome(200)),
    "chunked": Case(CHUNKED + b"2\r\nhe\r\n3\r\nllo\r\n" + END, HELLO),
    "chunked in odd case": Case(
        OK + b"Transfer-encoding: ChunKed\r\n\r\n5\r\nhello\r\n" + END, HELLO
    ),
    "chunked and empty": Case(CHUNKED + END, Outcome(200, reusable=True)),
    "chunk size in hexadecimal": Case(
        CHUNKED + b"0A\r\n0123456789\r\n0b\r\n0123456789a\r\n000\r\n\r\n",
        Outcome(200, b"01234567890123456789a", reusable=True),
    ),
    "no reason": Case(b"HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello", HELLO),
    "no reason, no space": Case(b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", HELLO),
    "reason in Latin-1": Case(b"HTTP/1.1 200 \xfc\tb\r\nContent-Length: 5\r\n\r\nhello", HELLO),
    "close": Case(hello(b"Connection: close"), HELLO_LAST),
    "close in a list": Case(hello(b"Connection: x , CLOSE"), HELLO_LAST),
    "close in a second header": Case(hello(b"Connection: x", b"connection:close"), HELLO_LAST),
    "close as a part of a word": Case(hello(b"Connection: closed"), HELLO),
    "keep-alive": Case(hello(b"Connection: keep-alive", b"Keep-Alive: timeout=5"), HELLO),
    "upgrade offered": Case(hello(b"Connection: upgrade", b"Upgrade: h2c"), HELLO),
    "HTTP/1.0": Case(b"HTTP/1.0 200 OK\r\n\r\nhello", HELLO_LAST),
    "HTTP/1.0 with a length": Case(
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", HELLO_LAST
    ),
    # Keeping such a connection saves little, and old proxies misinterpret it (RFC 9112,
    # appendix C.2.2).
    "HTTP/1.0 with keep-alive": Case(
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello", HELLO_LAST
    ),
    "status 299": Case(
        b"HTTP/1.1 299 Odd\r\nContent-Length: 0\r\n\r\n", Outcome(299, reusable=True)
    ),
    "status 999": Case(
        b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", Outcome(999, reusable=True)
    ),
    "early refusal": Case(
        b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno",
        Outcome(413, b"no"),
        "POST",
    ),
}

WITHOUT_BODY = {
    "HEAD": Case(FIVE + b"\r\n", Outcome(200, reusable=True), "HEAD"),
    "HEAD, chunked": Case(CHUNKED, Outcome(200, reusable=True), "HEAD"),
    "HEAD, no length": Case(OK + b"\r\n", Outcome(200, reusable=True), "HEAD"),
    "HEAD with a body": Case(FIVE + b"\r\nhello", Outcome(200), "HEAD"),
    "HEAD, chunked with a body": Case(CHUNKED + END, Outcome(200), "HEAD"),
    "204": Case(b"HTTP/1.1 204 No\r\n\r\n", Outcome(204, reusable=True)),
    "204 with a length": Case(
        b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", Outcome(204, reusable=True)
    ),
    "204 with a body": Case(b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nhello", Outcome(204)),
    "204, chunked": Case(
        b"HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n" + END, Outcome(204)
    ),
    "304": Case(b"HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n", Outcome(304, reusable=True)),
    "304 with a body": Case(b"HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\nhello", Outcome(304)),
    "205 with a body": Case(
        b"HTTP/1.1 205 Reset\r\nContent-Length: 5\r\n\r\nhello",
        Outcome(205, b"hello", reusable=True),
    ),
}

LEFT_OVER = {
    "bytes beyond the length": Case(FIVE + b"\r\nhello!", HELLO_LAST),
    "a line end beyond the length": Case(FIVE + b"\r\nhello\r\n", HELLO_LAST),
    "bytes beyond the last chunk": Case(CHUNKED + b"5\r\nhello\r\n" + END + b"x", HELLO_LAST),
    "a line end beyond the last chunk": Case(
        CHUNKED + b"5\r\nhello\r\n" + END + b"\r\n", HELLO_LAST
    ),
    "a byte beyond an empty body": Case(OK + b"Content-Length: 0\r\n\r\n\n", Outcome(200)),
    "two responses": Case(hello() + hello(), HELLO_LAST),
    "two responses, chunked": Case(CHUNKED + b"5\r\nhello\r\n" + END + hello(), HELLO_LAST),
    "a response after close": Case(hello(b"Connection: close") + hello(), HELLO_LAST),
}

LENGTHS = {
    "length, then chunked": Case(FIVE + b"Transfer-Encoding: chunked\r\n\r\n" + END, FAILED),
    "chunked, then length": Case(hello(b"Transfer-Encoding: chunked"), FAILED),
    "both, HEAD": Case(FIVE + b"Transfer-Encoding: chunked\r\n\r\n", FAILED, "HEAD"),
    "two lengths": Case(hello(b"Content-Length: 7"), FAILED),
    # RFC 9110, section 8.6, allows either; no sender has a reason to state its length twice.
    "two equal lengths": Case(hello(b"Content-Length: 5"), FAILED),
    "a list of lengths": Case(OK + b"Content-Length: 5, 7\r\n\r\nhello", FAILED),
    "a list of equal lengths": Case(OK + b"Content-Length: 5, 5\r\n\r\nhello", FAILED),
    "two lengths, 204": Case(b"HTTP/1.1 204 No\r\nContent-Length: 5, 7\r\n\r\n", FAILED),
    **{
        f"length {value!r}": Case(OK + b"Content-Length: " + value + b"\r\n\r\nhello", FAILED)
        for value in (
            b"", b"-5", b"+5", b"5.0", b"5 5", b"0x5", b"5;", b"5,", b",5", b"five", b"\xb2",
            b"5_0",
            b"9" * 19, b"9" * 30, b"9" * 5000,
        )
    },
    "promised more": Case(OK + b"Content-Length: 6\r\n\r\nhello", FAILED),
    "a length of 18 digits": Case(OK + b"Content-Length: " + b"9" * 18 + b"\r\n\r\nhello", FAILED),
}  # fmt: skip

CODINGS = {
    f"coding {value!r}": Case(
        OK + b"Transfer-Encoding: " + value + b"\r\n\r\n5\r\nhello\r\n" + END, FAILED
    )
    for value in (
        b"", b"gzip", b"gzip, chunked", b"chunked, gzip", b"chunked, chunked", b"identity",
        b"xchunked",
        b"chunked;q=1", b"chunked,", b"chun ked", b"\x0bchunked", b'"chunked"', b"chunked\xff",
    )
} | {
    "two codings": Case(
        OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + END, FAILED
    ),
    "HTTP/1.0, chunked": Case(
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + END, FAILED
    ),
    "chunked, spaces around": Case(
        OK + b"Transfer-Encoding: \t chunked \t\r\n\r\n5\r\nhello\r\n" + END, HELLO
    ),
}  # fmt: skip

CHUNKS = {
    f"chunk {chunk!r}": Case(CHUNKED + chunk + b"\r\n" + END, FAILED)
    for chunk in (
        b"\r\nhello", b"x\r\nhello", b"-5\r\nhello", b"+5\r\nhello", b"0x5\r\nhello",
        b" 5\r\nhello",
        b"5\nhello", b"5\rhello", b"5;x\nhello", b"5;\rx\r\nhello", b"5;\x00\r\nhello",
        b"5 5\r\nhello",
        b"5_0\r\nhello", b"5\xff\r\nhello", b"4\r\nhello", b"6\r\nhello", b"f" * 17 + b"\r\nhello",
        b"f" * 16 + b"\r\nhello", b"5\r\nhello\n", b"5,\r\nhello", b"\xef\xbc\x95\r\nhello",
    )
} | {
    "a chunk without its line end": Case(CHUNKED + b"5\r\nhello0\r\n\r\n", FAILED),
    "a chunk with a bare LF": Case(CHUNKED + b"5\r\nhello\n0\r\n\r\n", FAILED),
    "a last chunk with bare LFs": Case(CHUNKED + b"5\r\nhello\r\n0\n\n", FAILED),
    "no last chunk": Case(CHUNKED + b"5\r\nhello\r\n", FAILED),
    "half a last chunk": Case(CHUNKED + b"5\r\nhello\r\n0\r\n", FAILED),
    "extensions": Case(CHUNKED + b'5;a;b=c;d="e;f"\r\nhello\r\n0;g\r\n\r\n', HELLO),
    "extensions with spaces": Case(CHUNKED + b"5 ; a = b \r\nhello\r\n0\t\r\n\r\n", HELLO),
    "a long extension": Case(CHUNKED + b"5;" + b"a" * 90_000 + b"\r\nhello\r\n" + END, HELLO),
    "a huge extension": Case(
        CHUNKED + b"5;" + b"a" * MAX_HEADER_SIZE + b"\r\nhello\r\n" + END, FAILED
    ),
    "many extensions": Case(CHUNKED + (b"1;" + b"a" * 2000 + b"\r\nx\r\n") * 60 + END, FAILED),
    "many chunks": Case(
        CHUNKED + b"1\r\nx\r\n" * 3000 + END, Outcome(200, b"x" * 3000, reusable=True)
    ),
    "trailers": Case(CHUNKED + b"5\r\nhello\r\n0\r\nX-Sum: 1\r\nY:\r\n z\r\n\r\n", HELLO),
    "trailers that are framing": Case(
        CHUNKED + b"5\r\nhello\r\n0\r\nContent-Length: 7\r\nConnection: close\r\n\r\n", HELLO
    ),
    "trailer without a name": Case(CHUNKED + b"5\r\nhello\r\n0\r\n: 1\r\n\r\n", FAILED),
    "trailer without a colon": Case(CHUNKED + b"5\r\nhello\r\n0\r\nX\r\n\r\n", FAILED),
    "trailer with a space before the colon": Case(
        CHUNKED + b"5\r\nhello\r\n0\r\nX : 1\r\n\r\n", FAILED
    ),
    "trailer with a bare LF": Case(CHUNKED + b"5\r\nhello\r\n0\r\nX: 1\n\r\n\r\n", FAILED),
    "a huge trailer": Case(CHUNKED + b"0\r\nX: " + b"a" * MAX_HEADER_SIZE + b"\r\n\r\n", FAILED),
    "many trailers": Case(CHUNKED + b"0\r\n" + b"X: 1\r\n" * 40_000 + b"\r\n", FAILED),
}  # fmt: skip

FIELDS = {
    "spaces around values": Case(
        FIVE + b"A: \t b  c \t\r\nD:e\r\n\r\nhello", fields((b"A", b"b  c"), (b"D", b"e"))
    ),
    "empty values": Case(FIVE + b"A:\r\nB: \t \r\n\r\nhello", fields((b"A", b""), (b"B", b""))),
    "a colon in a value": Case(FIVE + b"A::b:\r\n\r\nhello", fields((b"A", b":b:"))),
    "names keep their case": Case(FIVE + b"x-A_b: c\r\n\r\nhello", fields((b"x-A_b", b"c"))),
    "every letter of a name": Case(
        FIVE + b"!#$%&'*+-.^_`|~09azAZ: c\r\n\r\nhello", fields((b"!#$%&'*+-.^_`|~09azAZ", b"c"))
    ),
    "UTF-8 in a value": Case(FIVE + b"A: \xc3\xbc\r\n\r\nhello", fields((b"A", b"\xc3\xbc"))),
    "a repeated name": Case(
        FIVE + b"A: 1\r\na: 2\r\n\r\nhello", fields((b"A", b"1"), (b"a", b"2"))
    ),
    "a folded line": Case(
        FIVE + b"A: b\r\n c\r\nD: e\r\n\r\nhello", fields((b"A", b"b c"), (b"D", b"e"))
    ),
    "lines folded twice": Case(
        FIVE + b"A: b \r\n\t c \r\n  d\r\n\r\nhello", fields((b"A", b"b c d"))
    ),
    "a fold without text": Case(FIVE + b"A: b\r\n \t\r\n\r\nhello", fields((b"A", b"b"))),
    "a folded length": Case(OK + b"Content-Length:\r\n 5\r\n\r\nhello", HELLO),
    "a length folded in two": Case(OK + b"Content-Length: 5\r\n 0\r\n\r\nhello", FAILED),
    "a folded coding": Case(
        OK + b"Transfer-Encoding:\r\n\tchunked\r\n\r\n" + END, Outcome(200, reusable=True)
    ),
    "a fold before the first header": Case(OK + b" A: b\r\nContent-Length: 5\r\n\r\nhello", FAILED),
    "only a fold": Case(OK + b" \r\n\r\n", FAILED),
    "thousands of headers": Case(
        FIVE + b"A: b\r\n" * 5000 + b"\r\nhello", fields(*[(b"A", b"b")] * 5000)
    ),
    **{
        f"line {line!r}": Case(hello(line), FAILED)
        for line in (
            b"A : b", b"A\t: b", b": b", b":", b"A", b"A b: c", b"\xc3\xbc: b", b"(A): b", b"A@: b",
            b"A\x00: b", b"A: \x00", b"A: b\x01", b"A: \x0b", b"A: \x0c", b"A: \x1f", b"A: \x7f",
            b"A: b\rC: d", b"A: b\nC: d", b"A: b\r", b"\rA: b", b"\nA: b", b"A\r: b", b"A: b\n c",
            b"Content-Length : 7", b"Transfer-Encoding : chunked", b"Content-Length\x00: 7",
            b'"A": b', b"A=b", b"A;: b", b"{}: b", b"HTTP/1.1 200 OK",
        )
    },
}  # fmt: skip

HEADS = {
    **{
        f"status line {line!r}": Case(line + b"\r\nContent-Length: 5\r\n\r\nhello", FAILED)
        for line in (
            b"", b"HTTP/1.1", b"HTTP/1.1 ", b"HTTP/1.1 OK", b"HTTP/1.1 099 Odd",
            b"HTTP/1.1 000 Odd",
            b"HTTP/1.1 1000 Odd", b"HTTP/1.1 20 OK", b"HTTP/1.1 abc OK", b"HTTP/1.1 2x0 OK",
            b"HTTP/1.1 -20 OK", b"HTTP/1.1 200OK", b"HTTP/1.1  200 OK", b"HTTP/1.1\t200 OK",
            b" HTTP/1.1 200 OK", b"\r\nHTTP/1.1 200 OK", b"HTTP/1.1 \xb2\xb0\xb0 OK",
            b"HTTP 200 OK",
            b"HTTP/1 200 OK", b"HTTP/1.2 200 OK", b"HTTP/1.10 200 OK", b"HTTP/01.1 200 OK",
            b"HTTP/2 200", b"HTTP/2.0 200 OK", b"HTTP/0.9 200 OK", b"HTTP/9.9 200 OK",
            b"http/1.1 200 OK", b"XHTTP/1.1 200 OK", b"ICY 200 OK", b"RTSP/1.0 200 OK",
            b"HTTP/1.1 200 O\x00K", b"HTTP/1.1 200 O\x1bK", b"HTTP/1.1 200 O\rK",
            b"HTTP/1.1 200 O\nK",
            b"GET / HTTP/1.1", b"SSH-2.0-OpenSSH_9.7",
        )
    },
    "bare LFs": Case(hello().replace(b"\r\n", b"\n"), FAILED),
    "a bare LF after the status line": Case(b"HTTP/1.1 200 OK\n" + hello()[len(OK) :], FAILED),
    "a bare LF at the end of the head": Case(FIVE + b"\nhello", FAILED),
    "HTTP/0.9": Case(b"<html>hello</html>", FAILED),
    "HTTP/2 preface": Case(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", FAILED),
    "HTTP/2 frames": Case(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00", FAILED),
    "TLS": Case(b"\x15\x03\x01\x00\x02\x02\x50", FAILED),
    "nothing": Case(b"", FAILED),
    "as long as a head may be": Case(filler(MAX_HEADER_SIZE), HELLO),
    "a byte longer": Case(filler(MAX_HEADER_SIZE + 1), FAILED),
    "a head three times as long": Case(filler(3 * MAX_HEADER_SIZE), FAILED),
    "an endless line": Case(OK + b"X: " + b"a" * MAX_HEADER_SIZE, FAILED),
    "an endless reason": Case(b"HTTP/1.1 200 " + b"x" * 3 * MAX_HEADER_SIZE, FAILED),
    "endless spaces": Case(
        OK + b"A: b" + b" " * (MAX_HEADER_SIZE - 100) + b"c\r\n\r\n", Outcome(200)
    ),
    "endless folds": Case(
        FIVE + b"A: b" + b"\r\n \t" * 20_000 + b"\r\n\r\nhello", fields((b"A", b"b"))
    ),
    "headers beyond the limit": Case(FIVE + b"A: b\r\n" * 40_000 + b"\r\nhello", FAILED),
}  # fmt: skip

INFORMATIONAL = {
    "100 first": Case(CONTINUE + hello(), HELLO),
    "102 and 103 first": Case(
        b"HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 103 Hints\r\nLink: </>\r\n\r\n" + hello(), HELLO
    ),
    "1xx with a length": Case(b"HTTP/1.1 103 Hints\r\nContent-Length: 5\r\n\r\n" + hello(), HELLO),
    "199 first": Case(b"HTTP/1.1 199 Odd\r\n\r\n" + hello(), HELLO),
    "a thousand of 1xx": Case(CONTINUE * 1000 + hello(), HELLO),
    "a flood of 1xx": Case(CONTINUE * 6000 + hello(), FAILED),
    "only 1xx": Case(CONTINUE, FAILED),
    "1xx with a bare LF": Case(b"HTTP/1.1 103 Hints\r\nA: b\nC: d\r\n\r\n" + hello(), FAILED),
    "101": Case(b"HTTP/1.1 101 Switch\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nraw", FAILED),
    "101 without headers": Case(b"HTTP/1.1 101 Switch\r\n\r\n" + hello(), FAILED),
}

CASES = (
    ORDINARY
    | WITHOUT_BODY
    | LEFT_OVER
    | LENGTHS
    | CODINGS
    | CHUNKS
    | FIELDS
    | HEADS
    | INFORMATIONAL
)
