import asyncio
import importlib
import sys
from typing import Any

import pytest
from tests.webhooks.deliveries import SECRET

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    PamelaWebhook,
    WebhookEndpoint,
)
from trunkline.webhooks.adapters.asgi import ASGIWebhook, request_from_scope
from trunkline.webhooks.adapters.wsgi import request_from_environ


def test_adapter_without_its_server_parts_makes_do() -> None:
    """Scopes and environments may lack what the specifications call optional."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/é x",
        "headers": [],
        "server": ["/s", None],
    }
    assert request_from_scope(scope, b"") == IncomingRequest(
        body=b"", headers=[], target="/%C3%A9%20x", host="/s"
    )
    environ = {
        "REQUEST_METHOD": "POST",
        "wsgi.url_scheme": "https",
        "SERVER_NAME": "s",
        "SERVER_PORT": "443",
        "SCRIPT_NAME": "/a",
        "PATH_INFO": "/\xc3\xa9 x",
        "QUERY_STRING": "q=1",
    }
    found = request_from_environ(environ, b"")
    assert (found.target, found.scheme, found.remote_address) == (
        "/a/%C3%A9%20x?q=1",
        "https",
        None,
    )
    environ["RAW_URI"] = "http://proxy.example/raw%2F?x"
    assert request_from_environ(environ, b"").target == "/raw%2F?x"
    for raw, target in (
        ("http://[x", ""),
        ("http://[x/a?b=c://d", "/a?b=c://d"),
        ("http://h?x", "?x"),
        ("/a?next=http://h/b", "/a?next=http://h/b"),
        ("*", "*"),
    ):
        assert request_from_environ({**environ, "RAW_URI": raw}, b"").target == target


def test_websocket_is_closed_before_it_opens() -> None:
    """The ASGI application refuses a non-HTTP scope as the specification says."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    app = ASGIWebhook(WebhookEndpoint(PamelaWebhook(SECRET)))
    asyncio.run(app({"type": "websocket"}, receive, send))
    assert sent == [{"type": "websocket.close"}]


def test_sender_that_is_gone_gets_no_answer() -> None:
    """After a disconnect instead of the body, nothing is sent."""

    async def send(_: Any) -> None:
        pytest.fail("answered")

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    app = ASGIWebhook(WebhookEndpoint(PamelaWebhook(SECRET)))
    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(app(scope, receive, send))


@pytest.mark.parametrize(
    ("module", "library", "extra"),
    [
        ("adapters.starlette", "starlette", "starlette"),
        ("adapters.flask", "flask", "flask"),
        ("adapters.django", "django", "django"),
        ("adapters.aiohttp", "aiohttp", "aiohttp"),
    ],
)
def test_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, module: str, library: str, extra: str
) -> None:
    """Without its library, a module names the extra to install."""
    for name in list(sys.modules):
        if name.partition(".")[0] == library:
            monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, library, None)
    for name in [n for n in sys.modules if n.startswith(f"trunkline.webhooks.{module}")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ConfigurationError, match=rf"pip install 'trunkline\[{extra}\]'"):
        importlib.import_module(f"trunkline.webhooks.{module}")
