"""Middleware that reads the body before or after the webhook: logging, auditing, error reports."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import flask
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from tests.webhooks import servers
from tests.webhooks.deliveries import COMPLETED, SECRET, encode, signed

from trunkline.webhooks import PamelaWebhook, WebhookEndpoint
from trunkline.webhooks.adapters.aiohttp import webhook_handler
from trunkline.webhooks.adapters.django import async_webhook_view, webhook_view
from trunkline.webhooks.adapters.flask import webhook_view as flask_view
from trunkline.webhooks.adapters.starlette import webhook_route

BODY = encode(COMPLETED)
LIMIT = 2000
LARGE = encode({**COMPLETED, "padding": "x" * LIMIT})
WHEN = ["before", "after", "both"]


def endpoint(limit: int = LIMIT) -> WebhookEndpoint[Any]:
    webhook = WebhookEndpoint(PamelaWebhook(SECRET, max_body_bytes=limit))
    webhook.on("call.completed")(lambda _: None)
    return webhook


async def pieces(body: bytes) -> Any:
    for at in range(0, len(body), 100):
        yield body[at : at + 100]


class Reader:
    """What a middleware has read before and after the handler."""

    def __init__(self, when: str) -> None:
        self.when = when
        self.seen: list[bytes] = []

    async def around(
        self, read: Callable[[], Awaitable[bytes]], go_on: Callable[[], Awaitable[Any]]
    ) -> Any:
        if self.when != "after":
            self.seen.append(await read())
        response = await go_on()
        if self.when != "before":
            self.seen.append(await read())
        return response

    def assert_saw(self, body: bytes) -> None:
        assert self.seen == [body] * (2 if self.when == "both" else 1)


def aiohttp_application(reader: Reader, webhook: WebhookEndpoint[Any]) -> web.Application:
    @web.middleware
    async def middleware(request: web.Request, handler: Any) -> web.StreamResponse:
        response: web.StreamResponse = await reader.around(request.read, lambda: handler(request))
        return response

    app = web.Application(middlewares=[middleware], client_max_size=1500)
    app.router.add_post("/hooks", webhook_handler(webhook))
    return app


@pytest.mark.parametrize("when", WHEN)
def test_aiohttp_middleware_and_the_webhook_read_the_same_body(when: str) -> None:
    """With a length, without one, and above the limit of the application."""

    async def main() -> None:
        between = encode({**COMPLETED, "padding": "x" * 1600})  # above client_max_size
        for body, data in ((BODY, BODY), (BODY, pieces(BODY)), (between, between)):
            if body is between and when != "after":
                continue  # aiohttp itself does not let the middleware read such a body
            reader = Reader(when)
            server = TestServer(aiohttp_application(reader, endpoint()))
            async with TestClient(server) as client:
                answer = await client.post("/hooks", data=data, headers=signed(body))
            assert answer.status == 200
            reader.assert_saw(body)

    asyncio.run(main())


@pytest.mark.parametrize("chunked", [False, True])
def test_limit_holds_where_aiohttp_keeps_the_body(*, chunked: bool) -> None:
    """A larger body is refused, and no more than the limit is kept."""

    async def main() -> int:
        app = web.Application(client_max_size=0)
        app.router.add_post("/hooks", webhook_handler(endpoint()))
        async with TestClient(TestServer(app)) as client:
            data: Any = pieces(LARGE) if chunked else LARGE
            return (await client.post("/hooks", data=data, headers=signed(LARGE))).status

    assert asyncio.run(main()) == 413


def starlette_applications(webhook: WebhookEndpoint[Any]) -> Iterator[Any]:
    yield Starlette(routes=[webhook_route("/hooks", webhook)])
    application = FastAPI()
    application.router.routes.append(webhook_route("/hooks", webhook))
    yield application


def test_starlette_middleware_and_the_webhook_read_the_same_body() -> None:
    """The body that a middleware read with request.body() still reaches the route."""

    async def main() -> None:
        for app in starlette_applications(endpoint()):
            reader = Reader("before")

            async def dispatch(request: Request, call_next: Any, reader: Any = reader) -> Response:
                response: Response = await reader.around(request.body, lambda: call_next(request))
                return response

            app.add_middleware(BaseHTTPMiddleware, dispatch=dispatch)
            async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
                for body, expected in ((BODY, 200), (LARGE, 413)):
                    response = await client.post("/hooks", content=body, headers=signed(body))
                    assert response.status_code == expected
            assert reader.seen == [BODY, LARGE]

    asyncio.run(main())


@pytest.mark.parametrize("when", WHEN)
def test_flask_hooks_and_the_webhook_read_the_same_body(when: str) -> None:
    """before_request and after_request with get_data()."""
    app, seen = flask.Flask("receiver"), list[bytes]()
    app.add_url_rule("/hooks", view_func=flask_view(endpoint()), methods=["POST"])

    def note(response: Any = None) -> Any:
        seen.append(flask.request.get_data())
        return response

    if when != "after":
        app.before_request(note)
    if when != "before":
        app.after_request(note)
    client = app.test_client()
    assert client.post("/hooks", data=BODY, headers=signed(BODY)).status_code == 200
    assert seen == [BODY] * (2 if when == "both" else 1)
    if when == "after":
        assert client.post("/hooks", data=LARGE, headers=signed(LARGE)).status_code == 413


class DjangoMiddleware:
    """Reads request.body around a view; the tests choose when."""

    reader = Reader("before")

    def __init__(self, view: Any) -> None:
        self.view = view

    def __call__(self, request: Any) -> Any:
        reader = type(self).reader
        if reader.when != "after":
            reader.seen.append(request.body)
        response = self.view(request)
        if reader.when != "before":
            reader.seen.append(request.body)
        return response


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("chunked", [False, True])
def test_django_middleware_and_the_webhook_read_the_same_body(when: str, *, chunked: bool) -> None:
    """Under WSGI, with and without a length, on a server that ends the input."""
    servers.configure_django()
    from django.core.handlers.wsgi import WSGIRequest

    for limit, body, expected in ((LIMIT, BODY, 200), (50, BODY, 413)):
        if expected == 413 and (chunked or when != "before"):
            continue  # a refused body is not kept
        request = WSGIRequest(wsgi_environ(body, chunked=chunked))
        middleware = DjangoMiddleware(webhook_view(endpoint(limit)))
        type(middleware).reader = Reader("after" if chunked else when)
        with servers.django_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
            assert middleware(request).status_code == expected
        type(middleware).reader.assert_saw(body)


def wsgi_environ(body: bytes, *, chunked: bool) -> dict[str, Any]:
    environ: dict[str, Any] = servers.wsgi_environ(body)
    for name, value in signed(body).items():
        environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    if chunked:
        del environ["CONTENT_LENGTH"]
        environ["wsgi.input_terminated"] = True
    return environ


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("with_length", [False, True])
def test_django_under_asgi_reads_the_same_body(when: str, *, with_length: bool) -> None:
    """The async view, with middleware that reads before it, after it, or both."""
    servers.configure_django()
    import io

    from django.core.handlers.asgi import ASGIRequest

    headers = [(name.lower().encode(), value.encode()) for name, value in signed(BODY).items()]
    if with_length:
        headers.append((b"content-length", str(len(BODY)).encode()))
    scope = {"type": "http", "method": "POST", "path": "/hooks", "headers": headers}
    view, seen = async_webhook_view(endpoint()), list[bytes]()

    async def main() -> int:
        request: Any = ASGIRequest(scope, io.BytesIO(BODY))
        if when != "after":
            seen.append(request.body)
        response = await view(request)
        if when != "before":
            seen.append(request.body)
        return int(response.status_code)

    with servers.django_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        assert asyncio.run(main()) == 200
    assert seen == [BODY] * (2 if when == "both" else 1)


@pytest.mark.parametrize("chunked", [False, True])
def test_flask_s_own_limit_does_not_apply(*, chunked: bool) -> None:
    """A transcript is larger than most requests to an application."""
    app = flask.Flask("receiver")
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.add_url_rule("/hooks", view_func=flask_view(endpoint()), methods=["POST"])
    for body, expected in ((BODY, 200), (LARGE, 413)):
        given: dict[str, Any] = {"data": body}
        if chunked:
            ended = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
            given = {"input_stream": io.BytesIO(body), "environ_overrides": ended}
        assert (
            app.test_client().post("/hooks", headers=signed(body), **given).status_code == expected
        )


def test_what_flask_has_read_is_refused_by_its_size() -> None:
    """A body above the limit that a hook has already read is a 413, not a 401."""
    app = flask.Flask("receiver")
    app.add_url_rule("/hooks", view_func=flask_view(endpoint()), methods=["POST"])
    app.before_request(lambda: flask.request.get_data() and None)
    answer = app.test_client().post("/hooks", data=LARGE, headers=signed(LARGE))
    assert answer.status_code == 413
