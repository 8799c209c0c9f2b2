# ruff: noqa: E402 - modules are patched before anything else is imported
"""A WSGI server of greenlets that receives overlapping deliveries; a separate program.

``python -m tests.webhooks.greenlets gevent`` (or ``eventlet``) prints the responses as JSON.
"""

import sys

LIBRARY = sys.argv[1]
if LIBRARY == "gevent":
    from gevent import monkey

    monkey.patch_all()
else:
    import eventlet

    eventlet.monkey_patch()

import asyncio
import http.client
import json
import threading
from typing import Any

from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, signed

from trunkline.webhooks import MemoryReplayStore, PamelaWebhook, ToolRegistry, WebhookEndpoint
from trunkline.webhooks.adapters.wsgi import WSGIWebhook

TOGETHER = 4
tools = ToolRegistry()
webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore(), tools=tools)
inside: list[str] = []


async def meet(kind: str) -> None:
    """Return when so many are inside at once; it hangs if one must end before the next starts."""
    inside.append(kind)
    while inside.count(kind) < TOGETHER:  # noqa: ASYNC110 - each is in its own event loop
        await asyncio.sleep(0.01)


@webhook.on("call.completed")
async def completed(_: object) -> None:
    await meet("handler")


@tools.tool
async def check_order_status(order_id: str) -> str:
    """Look up an order."""
    await meet("tool")
    return order_id


def serve() -> int:
    app = WSGIWebhook(webhook)
    if LIBRARY == "gevent":
        from gevent.pywsgi import WSGIServer

        server = WSGIServer(("127.0.0.1", 0), app, log=None)
        server.start()
        return int(server.server_port)
    listener = eventlet.listen(("127.0.0.1", 0))
    eventlet.spawn(eventlet.wsgi.server, listener, app, log_output=False)
    return int(listener.getsockname()[1])


def deliver(port: int, payload: dict[str, Any], answers: list[Any]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = encode(payload)
    connection.request("POST", "/hooks", body, signed(body))
    response = connection.getresponse()
    answers.append([response.status, json.loads(response.read())])
    connection.close()


def together(port: int, payloads: list[dict[str, Any]]) -> list[Any]:
    answers: list[Any] = []
    threads = [threading.Thread(target=deliver, args=(port, one, answers)) for one in payloads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def main() -> None:
    port = serve()
    numbers = range(TOGETHER)
    events = [{**COMPLETED, "call_id": f"call_{number}"} for number in numbers]
    calls = [{**TOOL_CALL, "correlation_id": f"corr_{number}"} for number in numbers]
    result = [together(port, events), together(port, calls)]
    print(json.dumps(result), flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    if LIBRARY == "eventlet":
        import eventlet.wsgi
    main()
