"""Keys, numbers and transcripts are shown nowhere: not in repr, str, logs, pickles or spans."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.operations import KEY, all_calls, all_clients, client_of
from tests.engine.server import Asked, Exchange
from tests.engine.support import build_request, failure

from trunkline import RawResponse, StateSetVoice, errors

if TYPE_CHECKING:
    from collections.abc import Iterator

TO = "+15555550123"
SAID = "please cancel my card"
# Texts, objects, lists, dates and numbers by the contracts: a vendor may put text in any of them.
PERSONAL = ("transcript", "summary", "metadata", "metrics", "created_at", "duration", "tags")


class Echo:
    """A server that puts personal data wherever a vendor might."""

    def __init__(self) -> None:
        self.status = 200
        self.texts: tuple[str, ...] = ("",)
        self.server = Exchange(self.reply)

    def reply(self, asked: Asked) -> bytes:
        sent_key = asked.headers.get("authorization", "").removeprefix("Bearer ")
        number, transcript = self.texts
        body = json.dumps(
            {
                "message": f"no line to {number} for key {sent_key}: Bearer {sent_key}",
                "error": f"{number} refused",
                "code": number,
                "details": {"number": number, number: {"key": f"pk_live_{sent_key}"}},
                "call_sid": "CA1",
                "id": "call_1",
                "status": "completed",
                "to": number,
                "from": number,
                **dict.fromkeys(PERSONAL, transcript),
                "data": [{"id": "x", "call_sid": "CA1", "to": number, "summary": transcript}],
                "items": [{"id": "x", "status": "completed", "transcript": transcript}],
                "total": 1,
            }
        ).encode()
        head = [f"HTTP/1.1 {self.status} Odd", f"Content-Length: {len(body)}"]
        head += [f"X-Number: {number}", "Set-Cookie: session=hidden-word"]
        head += [f"X-Request-Id: req-7 {sent_key} {number}"]
        return "\r\n".join([*head, "", ""]).encode() + body


@pytest.fixture(scope="module")
def echo() -> Iterator[Echo]:
    made = Echo()
    with made.server:
        yield made


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any library logs at DEBUG."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def clean(shown: str | bytes, *secrets: str) -> None:
    text = shown.decode("latin-1") if isinstance(shown, bytes) else shown
    for secret in (KEY, "hidden-word", *secrets):
        assert secret not in text, f"{secret!r} shows"


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
def test_nothing_shows_what_it_should_not(echo: Echo, log: io.StringIO, status: int) -> None:
    """For every operation and status: results, errors, logs and pickles of errors are clean."""
    echo.status, echo.texts = status, (TO, SAID)
    clients = all_clients(echo.server.url.replace("localhost", "127.0.0.1"))
    for call in all_calls(clients):
        results: list[Any] = []
        error = failure(lambda: results.append(call()))  # noqa: B023  # called at once
        for result in results:
            if not isinstance(result, str):  # a requested document is the data itself
                clean(f"{result!r} {result}", TO, SAID)
        if isinstance(error, errors.TrunklineError):
            check_error(error)
    for client in clients:
        clean(repr(client), TO)
        client.close()
    clean(log.getvalue(), TO, SAID)


def check_error(error: errors.TrunklineError) -> None:
    clean(f"{error!r} {error} {error.args}", TO, SAID)
    clean(pickle.dumps(error), TO, SAID)
    clean(repr(copy.deepcopy(error)), TO, SAID)
    # A program that crashes with it prints causes as well.
    clean("".join(traceback.format_exception(error)), TO, SAID)


@pytest.mark.parametrize(
    "words",
    [
        b'HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n{"id":"x","created_at":"+15555550123 said"}',
        b'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"a": +15555550123',
        b"+15555550123 said\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n+15555550123 said\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+15555550123 said\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: +15555550123 said\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: +15555550123 said\r\n\r\n",
    ],
)
def test_a_traceback_quotes_no_server(words: bytes) -> None:
    """Bytes that decoders and h11 could not read are not in the causes of SDK errors either."""

    def reply(asked: Asked) -> None:
        asked.socket.sendall(words)

    with Exchange(reply) as server:
        clients = all_clients(server.url)
        for call in all_calls(clients):
            error = failure(call)
            text = "".join(traceback.format_exception(error)) if error else ""
            clean(text, "5555550123", " said")
        for client in clients:
            client.close()


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
@pytest.mark.parametrize("before", [0, 150, 180, 199, 440, 470, 499])
def test_a_quoted_key_is_masked_wherever_a_message_is_cut(kind: str, before: int) -> None:
    """If a server quotes the refused key, no part of it is in the error or its pickle."""
    text = "x" * before + f" {KEY}"
    body = json.dumps({"error": text, "message": text}) if kind == "application/json" else text
    head = f"HTTP/1.1 401 No\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    with Exchange(lambda _asked: f"{head}{body}".encode()) as server:
        with client_of(StateSetVoice, server.url) as client:
            error = failure(lambda: client.make_call(to=TO))
    assert isinstance(error, errors.AuthenticationError)
    clean(f"{error} {error!r}", KEY[:8])
    clean(pickle.dumps(error), KEY[:8])


def test_details_hold_no_key() -> None:
    """A quoted key is masked in an error's details and its pickle; the rest is unchanged."""
    told = {"given": KEY, "tried": [f"Bearer {KEY}", 3], KEY: {"deep": KEY}}
    body = json.dumps({"error": "unauthorized", "details": told}).encode()
    head = f"HTTP/1.1 401 No\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with Exchange(lambda _asked: head + body) as server:
        with client_of(StateSetVoice, server.url) as client:
            error = failure(lambda: client.make_call(to=TO))
    assert isinstance(error, errors.AuthenticationError)
    masked = {"given": "[secret]", "tried": ["Bearer [secret]", 3]}
    assert error.details == {**masked, "[secret]": {"deep": "[secret]"}}
    clean(pickle.dumps(error))
    assert pickle.loads(pickle.dumps(error)).details["given"] == "[secret]"


def test_a_raw_response_shows_and_stores_no_body(echo: Echo) -> None:
    """Its repr shows a byte count, and a pickle keeps the result without the response."""
    echo.status, echo.texts = 200, (TO, SAID)
    with client_of(StateSetVoice, echo.server.url) as client:
        raw: RawResponse[Any] = client.calls.with_raw_response.make(to=TO)
    assert SAID.encode() in raw.content
    clean(f"{raw!r} {raw}", TO, SAID)
    loaded: RawResponse[Any] = pickle.loads(pickle.dumps(raw))
    assert (loaded.content, loaded.headers) == (b"", {})
    assert (loaded.status_code, loaded.request_id) == (200, "req-7 [secret] [number]")
    assert loaded.rate_limit == raw.rate_limit


def test_clients_and_their_parts_are_not_stored(echo: Echo) -> None:
    """A client holds sockets and a key; pickling or deep-copying it is refused with the remedy."""
    with client_of(StateSetVoice, echo.server.url) as client:
        for thing in (client, client.calls, client.with_options(deadline=5)):
            for store in (pickle.dumps, copy.deepcopy):
                with pytest.raises(errors.ConfigurationError, match="make one in each process"):
                    store(thing)


def test_the_engine_s_own_values_hide_theirs(echo: Echo) -> None:
    """Tools that print a traceback's local variables find no key or body."""
    echo.status, echo.texts = 200, (TO, "")
    with client_of(StateSetVoice, echo.server.url) as client:
        one = client.with_options(headers={"X-Token": "hidden-word"})
        session: Any = one.raw.get_httpx_client()
        context = session.context
        request = build_request(context, "POST", "/x", json={"to": TO})
        response = session.send_request(request)
        for thing in (
            context,
            context.options,
            request,
            response,
            session,
            context.key,
            context.provider,
        ):
            clean(repr(thing), TO)


def test_logs_of_async_calls_are_clean(echo: Echo, log: io.StringIO) -> None:
    """asyncio, anyio and trio log nothing of a request either."""
    import anyio

    from trunkline import AsyncStateSetVoice

    echo.status, echo.texts = 401, (TO, SAID)

    async def run() -> None:
        async with client_of(AsyncStateSetVoice, echo.server.url) as client:
            with pytest.raises(errors.AuthenticationError):
                await client.make_call(to=TO)

    for backend in ("asyncio", "trio"):
        anyio.run(run, backend=backend)
    clean(log.getvalue(), TO, SAID)
