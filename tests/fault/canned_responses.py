"""Canned responses, valid and invalid; importing this module registers them as faults."""

from __future__ import annotations

import gzip

from tests.fault.server import canned, refusal, response


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


def packed(body: bytes, coding: str = "gzip") -> bytes:
    return response("200 OK", body, f"Content-Encoding: {coding}")


HINTS = b"HTTP/1.1 103 Hints\r\nX: y\r\n\r\n"
#: A complete response that no request asked for.
STRAY = response("200 OK", b'{"data":[],"call_sid":"no"}')
BOMB = gzip.compress(b" " * 30_000_000, 9)

# Valid responses in unusual forms.
canned("chunked_ok", lambda request: chunked(request.body()[:10], request.body()[10:]))
canned("trailers", lambda r: chunked(r.body(), end=b"0\r\nX-Checksum: 1\r\n\r\n"))
canned("gzip_ok", lambda request: packed(gzip.compress(request.body())))
canned("http10", lambda r: b"HTTP/1.0 200 OK\r\n\r\n" + r.body(), keep=False)
canned("no_length", lambda r: b"HTTP/1.1 200 OK\r\n\r\n" + r.body(), keep=False)
canned("close_header", lambda r: response("200 OK", r.body(), "Connection: close"), keep=False)
canned("continue_first", lambda r: b"HTTP/1.1 100 Continue\r\n\r\n" + response("200 OK", r.body()))
canned(
    "hints_first",
    lambda r: b"HTTP/1.1 103 Hints\r\nLink: </>\r\n\r\n" * 3 + response("200 OK", r.body()),
)
canned("odd_success", lambda r: response("299 Odd", r.body()))
canned("excess", lambda r: response("200 OK", r.body()) + b"garbage beyond the end")
canned(
    "smuggled",
    lambda r: response("200 OK", r.body()) + response("200 OK", b'{"data":[],"call_sid":"no"}'),
)
canned(
    "stray_refusal",
    lambda r: response("200 OK", r.body()) + response("429 No", b"{}", "Retry-After: 0"),
)
canned("stray_head", lambda r: response("200 OK", r.body()) + b"HTTP/1.1 200 OK\r\nContent-L")

# Responses that are cut off or are not HTTP.
canned("promised_more", lambda r: response("200 OK", r.body(), length=10_000), keep=False)
canned("bad_chunk", lambda _r: chunked(b"{", end=b"banana\r\n"), keep=False)
canned("cut_chunk", lambda r: chunked(r.body(), end=b""), keep=False)
canned("not_http", lambda _r: b"SSH-2.0-OpenSSH_9.7\r\n\r\n", keep=False)
canned("spoken_name", lambda _r: b"CERTIFICATE_VERIFY_FAILED\r\n\r\n", keep=False)
canned("bad_version", lambda r: response("200 OK", r.body()).replace(b"1.1", b"9.9", 1), keep=False)
canned("status_099", lambda r: response("099 Odd", r.body()), keep=False)
canned("status_word", lambda r: response("two OK", r.body()), keep=False)
canned("null_header", lambda r: response("200 OK", r.body(), "X: \0"), keep=False)
canned("nameless_header", lambda r: response("200 OK", r.body(), ": x"), keep=False)
canned("two_lengths", lambda r: response("200 OK", r.body(), "Content-Length: 7"), keep=False)
canned("negative_length", lambda r: response("200 OK", r.body(), length=-5), keep=False)
canned("long_line", lambda _r: b"HTTP/1.1 200 " + b"x" * 300_000, keep=False)
canned(
    "switched",
    lambda _r: b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nraw",
    keep=False,
)

# Complete successes that do not match the contract.
canned("html", lambda _r: response("200 OK", b"<html>hello</html>", "Content-Type: text/html"))
canned("empty", lambda _r: response("200 OK"))
canned("no_content", lambda _r: b"HTTP/1.1 204 No Content\r\n\r\n")
canned("null", lambda _r: response("200 OK", b"null"))
canned("a_list", lambda _r: response("200 OK", b"[1]"))
canned("cut_json", lambda _r: response("200 OK", b'{"call_sid": "x'))
canned("deep_json", lambda _r: response("200 OK", b"[" * 50_000 + b"]" * 50_000))
canned("binary", lambda _r: response("200 OK", bytes(range(256))))
canned("surrogate", lambda _r: response("200 OK", b'{"error": "\\ud800"}'))
canned("gzip_garbage", lambda _r: packed(b"garbage"))
canned("gzip_cut", lambda request: packed(gzip.compress(request.body())[:-4]))
canned("gzip_twice", lambda request: packed(gzip.compress(request.body()) * 2))
canned("gzip_bomb", lambda _r: packed(BOMB))
canned("brotli", lambda _r: packed(b"\x0b\x02\x80\x03", "br"))
canned("huge", lambda _r: response("200 OK", b"x" * 3_000_000))

NOON = "Sat, 21 Nov 2026 12:00:"

# Statuses.
refusal("s301", "301 Moved", "Location: /elsewhere")
refusal("s302", "302 Found", "Location: https://user:word@elsewhere.example/x?key=1")
refusal("s304", "304 Not Modified", body=b"")
refusal("s400", "400 Bad Request")
refusal("s401", "401 Unauthorized", body=b'{"error":"bad key","message":"call +15555550199"}')
refusal("s403", "403 Forbidden", body=b"")
refusal("s404", "404 Not Found", body=b"<html>no</html>")
refusal("s408", "408 Request Timeout")
refusal("s409", "409 Conflict", body=b"\xff\xfe")
refusal("s422", "422 Unprocessable", body=b"[" * 10_000)
refusal("s425", "425 Too Early")
refusal("s429", "429 Too Many Requests")
refusal("s429_seconds", "429 Too Many Requests", "Retry-After: 1")
refusal("s429_float", "429 Too Many Requests", "Retry-After: 0.5")
refusal(
    "s429_date",
    "429 Too Many Requests",
    "Date: Sat, 21 Nov 2026 12:00:00 GMT",
    "Retry-After: Sat, 21 Nov 2026 12:00:02 GMT",
)
refusal("s429_reset", "429 Too Many Requests", "X-RateLimit-Reset: 2")
refusal("s429_body", "429 Too Many Requests", body=b'{"details":{"retry_after":1}}')
refusal("s429_absurd", "429 Too Many Requests", "Retry-After: -7")
refusal("s429_words", "429 Too Many Requests", "Retry-After: soon")
refusal("s429_million", "429 Too Many Requests", "Retry-After: 1000000")
refusal("s429_html", "429 Too Many Requests", body=b"<html>slow down</html>")
refusal("s451", "451 Legal")
refusal("s499", "499 Client Closed")
refusal("s500", "500 Oops")
refusal("s501", "501 Not Implemented")
refusal("s502", "502 Bad Gateway", body=b"<html>nginx</html>")
refusal("s503", "503 Unavailable")
refusal("s503_paced", "503 Unavailable", "Retry-After: 1")
refusal("s503_reset", "503 Unavailable", "X-RateLimit-Reset: 1")
refusal("s504", "504 Timeout", body=b"")
refusal("s520", "520 Odd")
refusal("s599", "599 Odd")
refusal("s600", "600 Odd")
refusal("s999", "999 Odd")
refusal("s401_garbled", "401 Unauthorized", "Content-Encoding: gzip", body=b"garbage")
refusal("s500_garbled", "500 Oops", "Content-Encoding: gzip", body=b"garbage")
