"""Users' own tests: respx, pytest-httpx and plain patches keep working, and reach no network."""

from __future__ import annotations

import asyncio
import functools
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from unittest import mock
from unittest.mock import patch

import httpcore
import httpx
import pytest
import respx
import trio
from tests.engine.backends import KEY, TO
from tests.engine.server import MADE, Exchange

from trunkline import AsyncStateSetVoice, StateSetVoice, errors
from trunkline._engine.transport.mocking import PatchWatch, async_is_patched, sync_is_patched

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_httpx import HTTPXMock

URL = "https://voice.stateset.app/api/v1/make-call"


def sync_call() -> str:
    with StateSetVoice(KEY) as client:
        return client.make_call(to=TO).call_sid


async def async_call() -> str:
    async with AsyncStateSetVoice(KEY) as client:
        return (await client.make_call(to=TO)).call_sid


def in_all_backends() -> list[str]:
    return [sync_call(), asyncio.run(async_call()), trio.run(async_call)]


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx_answers(using: str) -> None:
    """In both of its modes, with the request as it would be sent."""
    with respx.mock(using=using) as router:
        route = router.post(URL).respond(json=MADE)
        assert in_all_backends() == ["CA1"] * 3
        assert route.call_count == 3
        assert route.calls.last.request.headers["authorization"] == f"Bearer {KEY}"
        assert b'"to":"+15555550123"' in route.calls.last.request.content


def test_respx_complains_itself() -> None:
    """An unexpected request raises respx's own assertion, and is not sent."""
    with respx.mock, pytest.raises(AssertionError, match="not mocked"):
        sync_call()


def test_respx_failures_follow_the_rules() -> None:
    """A mocked connect error is retried, a mocked read error of a POST is not."""
    with respx.mock as router:
        route = router.post(URL)
        route.side_effect = [httpx.ConnectError, httpx.Response(200, json=MADE)]
        assert sync_call() == "CA1"
        assert route.call_count == 2
        route.side_effect = httpx.ReadError
        with pytest.raises(errors.AmbiguousResultError):
            sync_call()
        assert route.call_count == 3


def test_pytest_httpx_answers(httpx_mock: HTTPXMock) -> None:
    """Its responses, matching and recorded requests work."""
    for _ in range(3):
        httpx_mock.add_response(method="POST", url=URL, json=MADE)
    assert in_all_backends() == ["CA1"] * 3
    assert len(httpx_mock.get_requests()) == 3


def test_pytest_httpx_sees_statuses_and_retries(httpx_mock: HTTPXMock) -> None:
    """A mocked 429 is retried like a real one."""
    httpx_mock.add_response(status_code=429, headers={"Retry-After": "0"})
    httpx_mock.add_response(json=MADE)
    assert sync_call() == "CA1"
    assert len(httpx_mock.get_requests()) == 2


@pytest.mark.parametrize("autospec", [False, True])
def test_a_plain_patch_is_seen(*, autospec: bool) -> None:
    """unittest.mock in place of a transport's method, with all names copied or not."""
    response = httpx.Response(200, json=MADE)
    patch = mock.patch.object(
        httpx.HTTPTransport, "handle_request", autospec=autospec, return_value=response
    )
    with patch:
        assert sync_is_patched()
        assert sync_call() == "CA1"
    assert not sync_is_patched()


def test_a_tracing_wrapper_is_no_mock() -> None:
    """A wrapper that exposes the original's code, like wrapt's, keeps the pool."""

    class Wrapper:
        def __init__(self, wrapped: object) -> None:
            self.__code__ = wrapped.__code__  # type: ignore[attr-defined]  # of a function

    with mock.patch.object(
        httpcore.ConnectionPool, "handle_request", Wrapper(httpcore.ConnectionPool.handle_request)
    ):
        assert not sync_is_patched()
    assert not sync_is_patched()
    assert not async_is_patched()


SENTRY = """
from functools import wraps

def watched(real):
    @wraps(real)
    def send(self, request, **arguments):
        request.headers["sentry-trace"] = "0123-01"
        return real(self, request, **arguments)
    return send
"""


def test_sentry_keeps_the_pool(tmp_path: Path) -> None:
    """Its wrapper of httpx.Client.send only observes; such wrappers are known by their files."""
    file = tmp_path / "sentry_sdk" / "integrations" / "httpx.py"
    names: dict[str, Any] = {}
    exec(compile(SENTRY, file, "exec"), names)
    with mock.patch.object(httpx.Client, "send", names["watched"](httpx.Client.send)):
        assert not sync_is_patched()
        with Exchange() as server, StateSetVoice(KEY, base_url=server.url) as client:
            client.make_call(to=TO)
            assert "sentry-trace" not in server.asked[0].headers


@pytest.mark.parametrize(
    "method", ["Client.send", "Client._send_single_request", "HTTPTransport.handle_request"]
)
def test_a_recorder_is_a_mock(method: str) -> None:
    """Vcrpy's functions, which keep the original as ``__wrapped__``, may respond themselves."""
    owner, _, name = method.partition(".")

    @functools.wraps(getattr(getattr(httpx, owner), name))
    def play(*_arguments: object, **_further: object) -> httpx.Response:
        return httpx.Response(200, json=MADE)

    with mock.patch.object(getattr(httpx, owner), name, play):
        assert sync_call() == "CA1"


def test_after_a_mock_the_pool_is_back() -> None:
    """A client used under a mock afterwards connects to the real server with its pool."""
    with Exchange() as server, StateSetVoice(KEY, base_url=server.url) as client:
        with respx.mock as router:
            router.post(f"{server.url}/api/v1/make-call").respond(json=MADE)
            client.make_call(to=TO)
            assert server.connections == 0
        client.make_call(to=TO)
        client.make_call(to=TO)
        assert server.connections == 1


FIRST_IMPORT = """
import httpx, respx
with respx.mock as router:
    route = router.post("https://voice.stateset.app/api/v1/make-call")
    route.respond(json={"call_sid": "CA1"})
    from trunkline import StateSetVoice
    with StateSetVoice("k") as client:
        assert client.make_call(to="+15555550123").call_sid == "CA1"
from trunkline._engine.transport.mocking import sync_is_patched
assert not sync_is_patched()
"""


def test_an_import_under_a_mock_is_not_fooled() -> None:
    """Importing this package for the first time inside a mocked test also works."""
    subprocess.run([sys.executable, "-W", "error", "-c", FIRST_IMPORT], check=True, timeout=60)


def test_a_missing_method_is_no_mock() -> None:
    """If httpx drops a watched private method, or a module is absent, nothing breaks."""
    for _ in range(2):
        assert not PatchWatch("httpx", "Client.send", "Client.no_such_method").is_patched()
        assert not PatchWatch("httpx", "NoSuchClass.send").is_patched()
        assert not PatchWatch("no_such_module", "Client.send").is_patched()


def _placed(url: str) -> str:
    with StateSetVoice("k", base_url=url) as client:
        return client.make_call(to="+15555550123").call_sid


@pytest.mark.parametrize("first", ["class", "method"])
def test_the_order_of_mocks_does_not_matter(first: str) -> None:
    """A replaced class is noticed after a replaced method, and vice versa."""
    mock = httpx.Response(200, json={"call_sid": "MOCK"})
    by_class = patch("httpx.HTTPTransport", lambda **_: httpx.MockTransport(lambda _: mock))
    by_method = patch("httpx.HTTPTransport.handle_request", lambda *_: mock)
    with Exchange() as server:
        for replaced in (by_class, by_method) if first == "class" else (by_method, by_class):
            with replaced:
                assert _placed(server.url) == "MOCK"
        assert not server.asked


def test_a_mock_that_would_not_be_seen_is_refused() -> None:
    """This client does not call ``httpx.Client.request``: nothing goes to the real server."""
    with Exchange() as server, patch("httpx.Client.request"):
        with pytest.raises(errors.ConfigurationError, match="nothing was sent"):
            _placed(server.url)
        assert not server.asked


def test_an_async_mock_answers() -> None:
    """``patch`` puts an AsyncMock in place of an async method."""
    mock = httpx.Response(200, json={"call_sid": "MOCK"})

    async def place() -> str:
        async with AsyncStateSetVoice("k", base_url="https://x.test") as client:
            return (await client.make_call(to="+15555550123")).call_sid

    with patch("httpx.AsyncClient.send", return_value=mock):
        assert asyncio.run(place()) == "MOCK"


@pytest.mark.parametrize("returned", [None, "text"])
def test_a_mock_that_returns_no_response_is_an_error_of_ours(returned: Any) -> None:
    """A bare Mock cannot stand for a response."""
    with patch("httpx.Client.send", return_value=returned):
        with pytest.raises(errors.ConfigurationError, match=r"not an httpx\.Response"):
            _placed("https://x.test")


@pytest.mark.parametrize("name", ["Client.stream", "Client.head", "Client.options", "stream"])
def test_every_method_that_would_not_be_seen_is_refused(name: str) -> None:
    """A test may replace any of the methods with which httpx sends requests."""
    with Exchange() as server, patch(f"httpx.{name}"):
        with pytest.raises(errors.ConfigurationError, match="nothing was sent"):
            _placed(server.url)
        assert not server.asked


def test_a_class_of_mocks_is_refused() -> None:
    """``patch`` puts a MagicMock in place of a class: it creates no clients."""

    async def place() -> None:
        async with AsyncStateSetVoice("k", base_url="https://x.test") as client:
            await client.make_call(to="+15555550123")

    with patch("httpx.Client"), pytest.raises(errors.ConfigurationError, match="makes no httpx"):
        _placed("https://x.test")
    with patch("httpx.AsyncClient"), pytest.raises(errors.ConfigurationError, match="makes no"):
        asyncio.run(place())


def test_a_bare_mock_below_httpx_is_an_error_of_ours() -> None:
    """An object without a response's attributes is not a response."""
    with patch("httpcore.ConnectionPool.handle_request"):
        with pytest.raises(errors.ConfigurationError, match="send"):
            _placed("http://x.test")
