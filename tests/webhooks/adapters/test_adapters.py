import http.client
import io
import json
import socket
import wsgiref.util
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, signed
from tests.webhooks.peer import BODY, Peer
from tests.webhooks.servers import ALL, ASYNCHRONOUS, BLOCKING, HOOKS, Serve, Servers

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    AsyncRedisReplayStore,
    MemoryReplayStore,
    PamelaWebhook,
    ReplayStoreError,
    Reply,
    StateSetWebhook,
    TwilioSignature,
    WebhookEndpoint,
)
from trunkline.webhooks.adapters.wsgi import WSGIWebhook


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture(params=ALL)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def serve(servers: Servers, name: str) -> Serve:
    return partial(servers.serve, name)


def test_deliveries_are_verified_handled_once_and_answered(serve: Serve) -> None:
    """Real requests in turn: good, repeated, forged, broken, failing, too large, GET."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET, max_body_bytes=2000), store=MemoryReplayStore())
    seen: list[str] = []
    failures = [RuntimeError("first time")]

    @webhook.on("call.completed")
    def completed(event: Any) -> None:
        seen.append(event.transcript[0]["text"])

    @webhook.on("call.failed")
    async def failed(event: Any) -> None:
        if failures:
            raise failures.pop()
        seen.append(event.event)

    with serve(webhook) as port:
        peer = Peer(port)
        assert peer.post() == (200, {"status": "ok"})
        assert peer.post() == (200, {"status": "duplicate"})
        assert peer.send(BODY, {"X-Pamela-Signature": "0" * 64})[:2] == (
            401,
            {"error": "Invalid signature"},
        )
        assert peer.send(BODY, {})[:2] == (401, {"error": "Invalid signature"})
        assert peer.post(b"{") == (400, {"error": "undecodable_body"})
        assert peer.post(b"") == (400, {"error": "undecodable_body"})
        later = encode({**COMPLETED, "event": "call.failed"})
        assert peer.post(later) == (500, {"error": "failed"})
        assert peer.post(later) == (200, {"status": "ok"})
        assert peer.post(encode({"event": "new"})) == (200, {"status": "ignored"})
        large = encode({**COMPLETED, "padding": "x" * 5000})
        assert peer.post(large) == (413, {"error": "body_too_large"})
        status, _, headers = peer.send(None, {}, method="GET")
        assert (status, "POST" in headers["Allow"]) == (405, True)
    assert seen == ["Hello", "call.failed"]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(COMPLETED, indent=2, ensure_ascii=False).encode() + b"\r\n\n ",
        b"\xef\xbb\xbf" + BODY,
        json.dumps({**COMPLETED, "status": "東京 😀 \u2028"}, ensure_ascii=False).encode(),
        BODY.replace(b'"call_123"', b'"call_1\\u0032\\/3"'),
    ],
    ids=["spaces", "mark", "unicode", "escapes"],
)
def test_body_is_verified_as_it_was_sent(serve: Serve, body: bytes) -> None:
    """No framework changes a byte before the signature is checked."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    seen: list[Any] = []
    webhook.on("call.completed")(seen.append)
    with serve(webhook) as port:
        assert Peer(port).post(body) == (200, {"status": "ok"})
    assert seen[0].payload == json.loads(body.decode("utf-8-sig"))


@pytest.mark.parametrize(
    "target", [HOOKS + "/a%2Fb/%C3%A9?x=1%2B1&y=&x=%20", HOOKS, HOOKS + "/plain?q"]
)
def test_twilio_url_is_the_one_that_was_requested(serve: Serve, name: str, target: str) -> None:
    """Host, port, escapes and query of the request line reach the verifier unchanged."""
    twilio = TwilioSignature(SECRET)
    webhook = WebhookEndpoint(twilio)
    webhook.on("incoming_call")(lambda call: Reply.xml(f"<Response>{call.call_sid}</Response>"))
    with serve(webhook) as port:
        signature = twilio.sign(f"http://127.0.0.1:{port}{target}", {"CallSid": "CA1", "To": ""})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
        }
        status, answer, given = Peer(port).send(b"CallSid=CA1&To=", headers, target=target)
        if "%2F" in target and name == "wsgi":
            # wsgiref passes only the decoded path: see the adapter's reference.
            assert status == 401
            return
        assert (status, answer) == (200, "<Response>CA1</Response>")
        assert given.get_content_type() == "text/xml"


def test_address_of_the_connection_is_known(serve: Serve) -> None:
    """The loopback address is checked against the networks."""
    for networks, expected in ((["127.0.0.0/8"], 200), (["192.0.2.0/24"], 403)):
        webhook = WebhookEndpoint(StateSetWebhook(networks=networks))
        with serve(webhook) as port:
            assert Peer(port).send(encode({"event": "voice.call.started"}), {})[0] == expected


class Down(MemoryReplayStore):
    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        raise ReplayStoreError(f"no {key} for {ttl} and {owner}")


def test_store_that_is_down_is_a_503(serve: Serve) -> None:
    """The sender is asked to retry, and told when."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down())
    webhook.on("call.completed")(lambda _: pytest.fail("handled"))
    with serve(webhook) as port:
        status, answer, headers = Peer(port).send(BODY, signed(BODY))
    assert (status, answer, headers["Retry-After"]) == (503, {"error": "unavailable"}, "5")


def test_reply_of_a_handler_is_sent_as_it_is(serve: Serve) -> None:
    """Status, media type and bytes are the handler's, even an unusual status."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    webhook.on("toolExecution", once=False)(
        lambda call: Reply(body=call.tool_name.encode(), status=299, content_type="text/plain")
    )
    with serve(webhook) as port:
        status, answer, _ = Peer(port).send(encode(TOOL_CALL), signed(encode(TOOL_CALL)))
    assert (status, answer) == (299, "check_order_status")


@pytest.mark.parametrize("name", sorted(ALL.keys() - {"wsgi"}))
def test_body_without_a_length_is_read_to_its_end(servers: Servers, name: str) -> None:
    """A chunked request is accepted as well, up to the limit."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET, max_body_bytes=5000))
    webhook.on("call.completed")(lambda _: None)
    with servers.serve(name, webhook) as port:
        peer = Peer(port)
        pieces = (BODY[at : at + 7] for at in range(0, len(BODY), 7))
        assert peer.send(pieces, signed(BODY))[:2] == (200, {"status": "ok"})
        large = encode({**COMPLETED, "padding": "x" * 9000})
        assert peer.send(iter([large]), signed(large))[0] == 413


def test_wsgi_server_that_cannot_tell_the_end_is_not_read() -> None:
    """Without a length, and without a server that ends the input, a read could hang."""

    class Endless(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            pytest.fail("read")

    environ: dict[str, Any] = {"wsgi.input": Endless(), "HTTP_X_PAMELA_SIGNATURE": "0" * 64}
    wsgiref.util.setup_testing_defaults(environ)
    environ["REQUEST_METHOD"] = "POST"
    statuses: list[str] = []
    app = WSGIWebhook(WebhookEndpoint(PamelaWebhook(SECRET)))

    def start_response(status: str, *_: Any) -> Any:
        statuses.append(status)

    assert list(app(environ, start_response)) == [b'{"error": "Invalid signature"}']
    environ["CONTENT_LENGTH"] = "many"
    list(app(environ, start_response))
    assert statuses == ["401 Unauthorized"] * 2


@pytest.mark.parametrize("length", ["9" * 5000, str(2**31)])
def test_length_that_is_beyond_everything_is_too_large(length: str) -> None:
    """However large the number, no more is read than the limit allows."""
    environ: dict[str, Any] = {"wsgi.input": io.BytesIO(b"x" * 300), "CONTENT_LENGTH": length}
    wsgiref.util.setup_testing_defaults(environ)
    environ["REQUEST_METHOD"] = "POST"
    statuses: list[str] = []
    app = WSGIWebhook(WebhookEndpoint(PamelaWebhook(SECRET, max_body_bytes=200)))
    list(app(environ, lambda status, *_: statuses.append(status)))  # type: ignore[arg-type,return-value]  # nothing is written with it
    assert statuses == ["413 " + HTTPStatus.REQUEST_ENTITY_TOO_LARGE.phrase]


@pytest.mark.parametrize("name", sorted(ALL))
def test_head_is_answered_without_a_body(servers: Servers, name: str) -> None:
    """Bytes after the response head would be taken for the next response."""
    with (
        servers.serve(name, WebhookEndpoint(PamelaWebhook(SECRET))) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):
        connection.sendall(b"HEAD /hooks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        with connection.makefile("rb") as stream:
            head, _, body = stream.read().partition(b"\r\n\r\n")
    assert b" 405 " in head.partition(b"\r\n")[0]
    assert body == b""


@pytest.mark.parametrize("name", BLOCKING)
def test_blocking_framework_refuses_an_asynchronous_store(name: str) -> None:
    """The error is raised when the application is built, not at the first delivery."""
    webhook = WebhookEndpoint(
        PamelaWebhook(SECRET), store=AsyncRedisReplayStore.from_url("redis://127.0.0.1:1/0")
    )
    with pytest.raises(ConfigurationError, match="synchronous store, such"):
        BLOCKING[name](webhook)


@pytest.mark.parametrize("name", ASYNCHRONOUS)
def test_sender_that_hangs_up_early_leaves_no_trace(servers: Servers, name: str) -> None:
    """A connection that closes within the body does not reach a handler."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    webhook.on("*")(lambda _: pytest.fail("handled"))
    with servers.serve(name, webhook) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.putrequest("POST", HOOKS)
        connection.putheader("Content-Length", "1000")
        connection.endheaders(b"{")
        connection.close()
        assert Peer(port).send(BODY, {})[0] == 401


def test_mounted_application_sees_the_whole_path(stack: ExitStack) -> None:
    """Mounted under a prefix, the signed URL keeps the prefix."""
    import starlette.applications
    import starlette.routing
    from tests.webhooks.servers import uvicorn_port

    from trunkline.webhooks.adapters.asgi import ASGIWebhook

    twilio = TwilioSignature(SECRET)
    mount = starlette.routing.Mount("/voice", app=ASGIWebhook(WebhookEndpoint(twilio)))
    port = stack.enter_context(uvicorn_port(starlette.applications.Starlette(routes=[mount])))
    target = "/voice/in?x=1"
    headers = {"X-Twilio-Signature": twilio.sign(f"http://127.0.0.1:{port}{target}")}
    assert Peer(port).send(b"", headers, target=target)[0] == 200
