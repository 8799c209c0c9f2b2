import asyncio
import json
from collections.abc import Callable
from typing import Any

from tests.webhooks.deliveries import COMPLETED, encode, signed

from trunkline.webhooks import (
    IncomingRequest,
    WebhookEndpoint,
    WebhookResponse,
)

BODY = encode(COMPLETED)
Receive = Callable[[WebhookEndpoint[Any], IncomingRequest], WebhookResponse]


def blocking(endpoint: WebhookEndpoint[Any], request: IncomingRequest) -> WebhookResponse:
    return endpoint.receive(request)


def awaiting(endpoint: WebhookEndpoint[Any], request: IncomingRequest) -> WebhookResponse:
    return asyncio.run(endpoint.areceive(request))


def delivery(body: bytes = BODY, **changes: Any) -> IncomingRequest:
    headers = changes.pop("headers") if "headers" in changes else signed(body)
    return IncomingRequest(body=body, headers=headers, **changes)


def answer(decision: WebhookResponse) -> Any:
    assert decision.headers["Content-Type"] == "application/json"
    return json.loads(decision.body)
