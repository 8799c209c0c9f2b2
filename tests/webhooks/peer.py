import http.client
import json
from typing import Any

from tests.webhooks.deliveries import COMPLETED, encode, signed
from tests.webhooks.servers import HOOKS

BODY = encode(COMPLETED)


class Peer:
    """A client that posts to one server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def send(
        self, body: Any, headers: dict[str, str], *, method: str = "POST", target: str = HOOKS
    ) -> tuple[int, Any, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            content = response.read()
            kind = response.headers.get_content_type()
            answer = json.loads(content) if kind == "application/json" else content.decode()
            return response.status, answer, response.headers
        finally:
            connection.close()

    def post(self, body: bytes = BODY) -> tuple[int, Any]:
        return self.send(body, signed(body))[:2]
