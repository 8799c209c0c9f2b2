"""Runs a program with the vendor's package or with its replacement, and a server for both."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

VENDOR, OURS = "pamela", "trunkline.pamela.compat"
NEWEST = "1.2.0"
ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("vendor_client.py")


def run(module: str, job: str, argument: str = "", rows: Any = None, version: str = NEWEST) -> Any:
    """Run a job with one of the two modules and return what it printed."""
    paths = [str(ROOT / "overlay"), str(ROOT / "generated")]
    if module == VENDOR:
        folder = Path(sys.prefix) / "interop" / version
        assert folder.is_dir(), f"{folder} is missing: make test installs it"
        paths = [str(folder)]
    done = subprocess.run(
        [sys.executable, str(PROGRAM), module, job, argument],
        input=json.dumps(rows),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@dataclass
class Row:
    """A method with its arguments, and the server's response.

    Attributes:
        theirs: known differences of the vendor's package, None where both do the same.
    """

    method: str
    args: list[Any] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    body: Any = None
    theirs: dict[str, Any] | None = None
    ours: dict[str, Any] | None = None

    @property
    def answer(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()

    def __str__(self) -> str:
        return f"{self.method} {self.args} {self.named} -> {self.status} {self.body!r}"


class Server:
    """Responds to the request of each row as the row says, and records what was sent."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.sent: dict[int, list[tuple[Any, ...]]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    def ask(self, module: str, version: str = NEWEST) -> tuple[list[Any], list[Any]]:
        """Return the outcome of each row, and the requests of each."""
        self.sent = {number: [] for number in range(len(self.rows))}
        options = {} if module == VENDOR else {"max_retries": 0}
        rows = [
            {
                "url": f"http://127.0.0.1:{self._server.server_port}/row/{number}",
                "method": row.method,
                "args": row.args,
                "named": row.named,
                "options": options,
            }
            for number, row in enumerate(self.rows)
        ]
        return run(module, "cases", rows=rows, version=version), list(self.sent.values())

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
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                found = re.match(r"/row/([0-9]+)(.*)", self.path)
                assert found is not None
                number, target = int(found[1]), found[2]
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                content = json.loads(body) if body else None
                key = self.headers.get("authorization")
                server.sent[number].append((self.command, target, key, content))
                answer = server.rows[number].answer
                self.send_response(server.rows[number].status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_DELETE = do_GET  # noqa: N815 - names required by http.server

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - inherited
                pass

        return Handler
