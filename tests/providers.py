"""Helpers for the provider tests: a scripted server, and the three backends."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Literal

import anyio
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType
    from typing import Self


@dataclass(frozen=True)
class Reply:
    """One response.

    Attributes:
        body: bytes, or a value that is sent as JSON.
        promised: the Content-Length to send; the connection is cut if the body ends sooner.
        pieces: the number of pieces to send the body in, a moment apart.
        between: called after the first piece.
    """

    status: int = 200
    body: Any = field(default_factory=dict[str, Any])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    promised: int | None = None
    pieces: int = 1
    between: Callable[[], object] = bool

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Asked:
    """One received request; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Scripted:
    """A server on a real socket that sends the scripted responses in turn."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = deque(replies)
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def then(self, *replies: Reply) -> None:
        self.replies.extend(replies)

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


def _handler(script: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def response(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            script.asked.append(Asked(self.command, self.path, headers, body))
            self.send(script.replies.popleft() if script.replies else Reply())

        def send(self, reply: Reply) -> None:
            content = reply.content
            self.send_response_only(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            length = len(content) if reply.promised is None else reply.promised
            self.send_header("Content-Length", str(length))
            self.end_headers()
            with suppress(OSError):  # the client may have left
                self.pieces(reply, content)
            self.close_connection = self.close_connection or length != len(content)

        def pieces(self, reply: Reply, content: bytes) -> None:
            size = -(-len(content) // reply.pieces) or 1
            for place in range(0, len(content), size):
                self.wfile.write(content[place : place + size])
                if place == 0:
                    reply.between()
                if reply.pieces > 1:
                    time.sleep(0.01)

        do_GET = do_POST = do_PUT = response  # noqa: N815 - the base class looks for these names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - inherited
            pass

    return Handler


@dataclass(frozen=True)
class Backend:
    """A client class with its async twin, and which of them to use: threads, asyncio or trio."""

    name: Literal["sync", "asyncio", "trio"]
    sync: Callable[..., Any]
    asynchronous: Callable[..., Any]

    def __call__(self, action: Callable[[Any], Any], **options: Any) -> Any:
        """Return what ``action(client)`` returns, awaited if needed."""
        if self.name == "sync":
            with self.sync(**options) as client:
                return action(client)
        return anyio.run(partial(self._run, action, options), backend=self.name)

    def items(self, action: Callable[[Any], Any], **options: Any) -> list[Any]:
        """Return every item of a list, from all its pages."""
        if self.name == "sync":
            return self(lambda client: list(action(client)), **options)  # type: ignore[no-any-return]  # a list by construction

        async def collect(client: Any) -> list[Any]:
            return [item async for item in action(client)]

        return self(collect, **options)  # type: ignore[no-any-return]  # a list by construction

    async def _run(self, action: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        async with self.asynchronous(**options) as client:
            result = action(client)
            return await result if inspect.isawaitable(result) else result


def code_blocks(guide: Path) -> list[str]:
    """Return the Python programs of a guide."""
    tokens = MarkdownIt().parse(guide.read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.info == "python"]


def run_code(code: str, settings: dict[str, str], folder: Path) -> str:
    """Run a program in a folder and return its output; it must exit without an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **settings},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
