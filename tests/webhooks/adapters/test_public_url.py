import asyncio
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from tests.webhooks.peer import Peer
from tests.webhooks.servers import Servers

from trunkline.errors import ConfigurationError
from trunkline.webhooks import IncomingRequest, TwilioSignature, WebhookEndpoint
from trunkline.webhooks.adapters.asgi import ASGIWebhook

TOKEN = "test-auth-token"
ORIGIN = "https://voice.example.com"
PARAMS = {"CallSid": "CA1"}
BODY = urlencode(PARAMS).encode()
FORM = "application/x-www-form-urlencoded"
PATHS = [
    "/hooks",
    "/hooks/sip:100",
    "/hooks/a@b",
    "/hooks/a,b;c=d",
    "/hooks/a+b",
    "/hooks/a!$&'()*b",
    "/hooks/~user",
    "/hooks/a%20b%C3%A9",
    "/hooks/a%2Cb%40c",
]


def headers(path: str) -> dict[str, str]:
    signature = TwilioSignature(TOKEN).sign(ORIGIN + path, PARAMS)
    return {"Content-Type": FORM, "X-Twilio-Signature": signature}


@pytest.mark.parametrize("path", PATHS)
def test_path_that_the_server_decodes_verifies_as_it_was_requested(
    servers: Servers, path: str
) -> None:
    """With wsgiref the raw path is lost, for Django too: both usual spellings are tried."""
    webhook = WebhookEndpoint(TwilioSignature(TOKEN, public_origin=ORIGIN))
    with servers.serve("wsgi", webhook) as port:
        assert Peer(port).send(BODY, headers(path), target=path)[0] == 200
        assert Peer(port).send(BODY, headers(path + "x"), target=path)[0] == 401


@pytest.mark.parametrize("raw_path", ["absent", None, "kept"])
@pytest.mark.parametrize("path", PATHS)
def test_path_of_an_asgi_server_with_and_without_raw_path(path: str, raw_path: str | None) -> None:
    """The specification makes raw_path optional, and allows None."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": unquote(path),
        "headers": [(n.lower().encode(), v.encode()) for n, v in headers(path).items()],
    }
    if raw_path != "absent":
        scope["raw_path"] = path.encode() if raw_path else None
    statuses: list[int] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": BODY}

    async def send(message: Any) -> None:
        if "status" in message:
            statuses.append(message["status"])

    webhook = WebhookEndpoint(TwilioSignature(TOKEN, public_origin=ORIGIN))
    asyncio.run(ASGIWebhook(webhook)(scope, receive, send))
    assert statuses == [200]


@pytest.mark.parametrize(
    "origin",
    [
        "https://voice.example.com",
        "https://voice.example.com/",
        " HTTPS://Voice.Example.COM// ",
        "https://voice.example.com:443",
    ],
)
def test_origin_is_normalised(origin: str) -> None:
    """Case, blanks and trailing slashes change nothing."""
    twilio = TwilioSignature(TOKEN, public_origin=origin)
    request = IncomingRequest(body=BODY, headers=headers("/in"), target="/in")
    assert twilio.accept(request).event.call_sid == "CA1"


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "voice.example.com",
        "//voice.example.com",
        "ftp://voice.example.com",
        "https://",
        "https://voice.example.com/in",
        "https://voice.example.com?x",
        "https://voice.example.com#x",
        "https://voice.example.com:port",
        "https://voice.example.com:0",
        "https://voice.example.com:99999",
        "https://[::1",
        "https://voice example.com",
        "https://völce.example.com",
        "https://voice.example.com\\in",
        "https://user:hunter2@voice.example.com",
        b"https://voice.example.com",
        443,
    ],
)
def test_origin_that_is_none_is_refused_when_it_is_given(origin: Any) -> None:
    """The error shows the value, unless it may contain a password."""
    with pytest.raises(
        ConfigurationError, match="public_origin is scheme, host and port"
    ) as caught:
        TwilioSignature(TOKEN, public_origin=origin)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None
