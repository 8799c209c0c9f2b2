"""Helpers to write a test for both backends: a clock that moves the sandbox, and a plain server."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline.pamela import AsyncPamela, Pamela

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from trunkline.sandbox.server import Sandbox

KEY, TOKEN = "pk_test_sandbox", "user_token_sandbox"
#: TO completes after half a minute; FAILS fails before it connects.
TO, FAILS, TALKS_ON = "+15005552030", "+15005550001", "+15005550007"
TASK = "Order a large pizza for delivery"


class Shifted:
    """Time that passes only during a sleep, in the sandbox as well."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.slept: list[float] = []

    def sleep(self, delay: float) -> None:
        self.slept.append(delay)
        self._sandbox.control.advance(delay)

    async def async_sleep(self, delay: float) -> None:
        self.sleep(delay)

    def monotonic(self) -> float:
        return 1000.0 + sum(self.slept)

    def runtime(self) -> Runtime:
        return replace(
            SYSTEM,
            monotonic=self.monotonic,
            sleep=self.sleep,
            async_sleep=self.async_sleep,
            uniform=lambda low, high: (low + high) / 2,
        )


@dataclass
class Driver:
    """A client of either backend: calling the driver runs the client and waits for the result."""

    client: Any
    runner: asyncio.Runner | None

    def __call__(self, ask: Callable[[Any], Any]) -> Any:
        if self.runner is None:
            return ask(self.client)

        async def response() -> Any:
            return await ask(self.client)

        return self.runner.run(response())

    def all(self, ask: Callable[[Any], Any]) -> list[Any]:
        if self.runner is None:
            return list(ask(self.client))

        async def items() -> list[Any]:
            return [item async for item in ask(self.client)]

        return self.runner.run(items())

    def close(self) -> None:
        if self.runner is None:
            self.client.close()
            return
        self.runner.run(self.client.aclose())
        self.runner.close()


def driver(backend: str, *arguments: Any, **keywords: Any) -> Driver:
    if backend == "sync":
        return Driver(Pamela(*arguments, **keywords), None)
    return Driver(AsyncPamela(*arguments, **keywords), asyncio.Runner())


@dataclass
class Sent:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Plain:
    """A server that records requests and sends scripted responses."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.status = 200
        self.body: Any = {}
        self.kind = "application/json"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def response(self, body: Any, status: int = 200, kind: str = "application/json") -> None:
        self.body, self.status, self.kind = body, status, kind

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        plain = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                plain.sent.append(Sent(self.command, self.path, headers, body))
                is_raw = isinstance(plain.body, bytes)
                response = plain.body if is_raw else json.dumps(plain.body).encode()
                self.send_response(plain.status)
                self.send_header("content-type", plain.kind)
                self.send_header("content-length", str(len(response)))
                self.end_headers()
                self.wfile.write(response)

            do_POST = do_DELETE = do_GET  # noqa: N815 - names that http.server looks for

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - inherited
                pass

        return Handler
