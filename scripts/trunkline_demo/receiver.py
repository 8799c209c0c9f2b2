"""A local receiver of webhooks, like that of a backend service."""

from __future__ import annotations

import threading
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from trunkline.webhooks import (
    MemoryReplayStore,
    PamelaWebhook,
    PhoneAIWebhook,
    StateSetWebhook,
    UnconfirmedScheme,
    WebhookEndpoint,
    WhispeyWebhook,
)
from trunkline.webhooks.adapters.wsgi import WSGIWebhook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIEnvironment

#: The sandbox signs Pamela's deliveries with this documented default.
PAMELA_SECRET = "whsec_sandbox"  # noqa: S105 - no secret: it is printed in the documentation
WHISPEY_SECRET = "demo-webhook-secret"  # noqa: S105 - lives as long as the demo
#: The vendor documents no scheme; this is the sandbox's own.
WHISPEY_SCHEME = UnconfirmedScheme(header="X-Whispey-Signature", algorithm="sha256", encoding="hex")


class _Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Log nothing: the demo prints its own output."""


class Receiver:
    """Serves one endpoint per provider and keeps the handled events."""

    def __init__(self) -> None:
        self.events: dict[str, list[str]] = {}
        sources: dict[str, Any] = {
            "pamela": PamelaWebhook(PAMELA_SECRET),
            "whispey": WhispeyWebhook(WHISPEY_SECRET, WHISPEY_SCHEME),
            "stateset": StateSetWebhook(),
            "phone-ai": PhoneAIWebhook(),
        }
        self.webhooks = {name: self._webhook(name, source) for name, source in sources.items()}

    def _webhook(self, name: str, source: Any) -> WSGIWebhook:
        endpoint: WebhookEndpoint[Any] = WebhookEndpoint(source, store=MemoryReplayStore())
        seen = self.events.setdefault(name, [])

        @endpoint.on("*")
        def handle(event: Any) -> None:
            # An event without a signature arrives inside an UnsignedDelivery.
            inner: Any = getattr(event, "event", None)
            named = isinstance(inner, str)
            seen.append(str(inner if named else getattr(inner, "event", type(inner).__name__)))

        return WSGIWebhook(endpoint)

    def __enter__(self) -> Self:
        self._server = make_server("127.0.0.1", 0, self._application, _Threading, _Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def _application(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        return self.webhooks[environ["PATH_INFO"].strip("/")](environ, start_response)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
