"""Real servers, one per framework, each in a thread on a free port of the loopback."""

import asyncio
import io
import threading
import wsgiref.simple_server
import wsgiref.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from socketserver import ThreadingMixIn
from typing import Any, ClassVar, Literal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
import fastapi
import flask
import starlette.applications
import uvicorn
import werkzeug.serving
from aiohttp import web
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings
from django.urls import clear_url_caches, path

import trunkline.webhooks.adapters.aiohttp
import trunkline.webhooks.adapters.asgi
import trunkline.webhooks.adapters.django
import trunkline.webhooks.adapters.flask
import trunkline.webhooks.adapters.starlette
import trunkline.webhooks.adapters.wsgi
from trunkline.webhooks import WebhookEndpoint

adapters = trunkline.webhooks.adapters
Serve = Callable[[WebhookEndpoint[Any]], AbstractContextManager[int]]
HOOKS = "/hooks"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None: ...


class Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64  # a burst above the queue size would wait a second for its next attempt


@contextmanager
def uvicorn_port(app: Any, lifespan: Literal["on", "off"] = "off") -> Iterator[int]:
    config = uvicorn.Config(
        app, port=0, log_level="error", ws="none", lifespan=lifespan, access_log=False
    )
    server, started = uvicorn.Server(config), threading.Event()
    genuine = server.startup

    async def startup(*args: Any, **kwargs: Any) -> None:
        await genuine(*args, **kwargs)
        started.set()

    server.startup = startup  # type: ignore[method-assign]  # the only sign that the port is bound
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert started.wait(60)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(60)


@contextmanager
def in_thread(server: Any) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(60)
        server.server_close()


def wsgiref_port(app: Any) -> AbstractContextManager[int]:
    make = wsgiref.simple_server.make_server
    return in_thread(make("127.0.0.1", 0, app, server_class=Threading, handler_class=Quiet))


def werkzeug_port(app: Any) -> AbstractContextManager[int]:
    class Handler(werkzeug.serving.WSGIRequestHandler):
        def log(self, *_: Any) -> None: ...

    server = werkzeug.serving.make_server(
        "127.0.0.1", 0, app, threaded=True, request_handler=Handler
    )
    return in_thread(server)


def bare_asgi(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    return uvicorn_port(adapters.asgi.ASGIWebhook(endpoint), lifespan="on")


def bare_wsgi(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    return wsgiref_port(adapters.wsgi.WSGIWebhook(endpoint))


def on_starlette(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    route = adapters.starlette.webhook_route(HOOKS + "{rest:path}", endpoint, name="hooks")
    return uvicorn_port(starlette.applications.Starlette(routes=[route]))


def on_fastapi(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    app = fastapi.FastAPI()
    app.router.routes.append(adapters.starlette.webhook_route(HOOKS + "{rest:path}", endpoint))
    return uvicorn_port(app)


def on_flask(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    app = flask.Flask("receiver")
    view = adapters.flask.webhook_view(endpoint, "hooks")
    app.add_url_rule(HOOKS, view_func=view, methods=["POST"])
    app.add_url_rule(HOOKS + "/<path:rest>", view_func=view, methods=["POST"])
    return werkzeug_port(app)


class Urls:
    urlpatterns: ClassVar[list[Any]] = []


class AsynchronousUrls:
    urlpatterns: ClassVar[list[Any]] = []


def choose_urls(get_response: Any) -> Any:
    """Middleware: one process serves the sync view and the async one."""

    def by_server(request: Any) -> Any:
        request.urlconf = AsynchronousUrls if hasattr(request, "scope") else Urls
        return get_response(request)

    return by_server


def configure_django() -> None:
    """Configure Django once; the settings are the process's own."""
    if not settings.configured:
        settings.configure(
            SECRET_KEY="only for tests",
            ALLOWED_HOSTS=["*"],
            ROOT_URLCONF=Urls,
            MIDDLEWARE=[
                f"{__name__}.choose_urls",
                "django.middleware.csrf.CsrfViewMiddleware",
            ],
            DATA_UPLOAD_MAX_MEMORY_SIZE=100,
        )
        django.setup()


@contextmanager
def django_settings(**changes: Any) -> Iterator[None]:
    """Other settings, for the length of the block."""
    with override_settings(**changes):
        yield


def wsgi_environ(body: bytes) -> dict[str, Any]:
    """The environment of a POST with a body and its length."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    wsgiref.util.setup_testing_defaults(environ)
    return environ


def _django(urls: type[Urls] | type[AsynchronousUrls], view: Any) -> None:
    configure_django()
    urls.urlpatterns = [path("hooks", view), path("hooks/<path:rest>", view)]
    clear_url_caches()


def on_django_wsgi(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    _django(Urls, adapters.django.webhook_view(endpoint))
    # A server that, unlike wsgiref's, knows the end of a body without a length.
    return werkzeug_port(get_wsgi_application())


def on_django_asgi(endpoint: WebhookEndpoint[Any]) -> AbstractContextManager[int]:
    _django(AsynchronousUrls, adapters.django.async_webhook_view(endpoint))
    return uvicorn_port(get_asgi_application())


@contextmanager
def on_aiohttp(endpoint: WebhookEndpoint[Any]) -> Iterator[int]:
    app = web.Application()
    app.router.add_post(HOOKS + "{rest:.*}", adapters.aiohttp.webhook_handler(endpoint))
    loop, runner = asyncio.new_event_loop(), web.AppRunner(app)

    async def start() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port: int = runner.addresses[0][1]
        return port

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield asyncio.run_coroutine_threadsafe(start(), loop).result(60)
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()


ASYNCHRONOUS: dict[str, Serve] = {
    "asgi": bare_asgi,
    "starlette": on_starlette,
    "fastapi": on_fastapi,
    "django asgi": on_django_asgi,
    "aiohttp": on_aiohttp,
}
BLOCKING: dict[str, Serve] = {
    "wsgi": bare_wsgi,
    "flask": on_flask,
    "django wsgi": on_django_wsgi,
}
ALL = BLOCKING | ASYNCHRONOUS


class Switch:
    """Stands for a test's endpoint, so that a server is started only once."""

    endpoint: WebhookEndpoint[Any]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.endpoint, name)

    def require_blocking(self) -> None:
        """Called by the adapter when it is built, before there is an endpoint."""


class Servers:
    """One running server per framework, which serves one endpoint at a time."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[Switch, int]] = {}
        self._stack = ExitStack()

    @contextmanager
    def serve(self, name: str, endpoint: WebhookEndpoint[Any]) -> Iterator[int]:
        """The port at which the endpoint can be reached, for the length of the block."""
        if name not in self._running:
            switch: Any = Switch()
            self._running[name] = switch, self._stack.enter_context(ALL[name](switch))
        switch, port = self._running[name]
        switch.endpoint = endpoint
        yield port

    def close(self) -> None:
        self._stack.close()
