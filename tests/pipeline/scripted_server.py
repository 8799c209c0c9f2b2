"""A loopback server that sends a given response and keeps the last request."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class ScriptedServer:
    """The next response, and the last request."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    etag: str = ""
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    sent: bytes = b""

    def answer(
        self, status: int, body: bytes = b"", content_type: str = "application/json"
    ) -> Self:
        self.status, self.body, self.content_type = status, body, content_type
        return self

    def __enter__(self) -> Self:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _handle(self) -> None:
                server.path, server.headers = self.path, dict(self.headers)
                server.sent = self.rfile.read(int(self.headers.get("content-length", 0)))
                self.send_response(server.status)
                self.send_header("content-type", server.content_type)
                if server.etag:
                    self.send_header("etag", server.etag)
                self.send_header("content-length", str(len(server.body)))
                self.end_headers()
                self.wfile.write(server.body)

            do_GET = do_POST = do_DELETE = _handle  # noqa: N815  # names called by http.server

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"
