"""Helpers for several tests: credentials, and a webhook receiver on a real socket."""

from __future__ import annotations

import json
import threading
from collections import deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    import httpx

KEYS = {
    "pamela": {"Authorization": "Bearer pk_test_sandbox"},
    "pamela_partner": {"Authorization": "Bearer user_token_sandbox"},
    "whispey": {"Authorization": "Bearer pype_sandbox"},
    "whispey_ingest": {"x-pype-token": "pype_sandbox"},
    "stateset": {"Authorization": "Bearer ssv_sandbox"},
    "phone_ai": {"Authorization": "Bearer phone_ai_sandbox"},
}
#: For httpx: no proxy, and a timeout of a minute in case the machine is busy.
PLAIN: dict[str, Any] = {"trust_env": False, "timeout": 60}


def headers_for(provider: str) -> dict[str, str]:
    return dict(KEYS[provider])


def whispey_data(response: httpx.Response) -> Any:
    assert response.is_success, response.text
    assert response.json()["success"] is True
    return response.json()["data"]


def whispey_error(response: httpx.Response) -> tuple[int, str]:
    assert response.json()["success"] is False
    return response.status_code, response.json()["error"]["code"]


class Received:
    """One delivery as it arrived."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.path = path
        self.headers = headers
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """Takes deliveries; responds with `statuses` in turn, then 200, and with `response`."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.statuses: deque[int] = deque()
        self.response: bytes = b"{}"
        self.release = threading.Event()
        self.release.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    @property
    def events(self) -> list[str]:
        return [one.json["event"] for one in self.received]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.received.append(Received(self.path, headers, body))
                receiver.release.wait(60)
                status = receiver.statuses.popleft() if receiver.statuses else 200
                self.send_response(status)
                self.send_header("content-length", str(len(receiver.response)))
                self.end_headers()
                with suppress(BrokenPipeError):  # the sandbox stopped waiting, or is stopped
                    self.wfile.write(receiver.response)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # inherited
                pass

        return Handler
