import asyncio
import contextvars
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, signed

import trunkline
from trunkline.webhooks import IncomingRequest, PamelaWebhook, ToolRegistry, WebhookEndpoint

ROOT = Path(__file__).parents[3]


def run(*arguments: str) -> str:
    paths = [str(ROOT), str(Path(trunkline.__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_coroutines_overlap_under_a_server_of_greenlets(library: str) -> None:
    """Four concurrent deliveries and tool calls: none waits for another, none fails."""
    handled, answered = json.loads(run("-m", "tests.webhooks.greenlets", library))
    assert handled == [[200, {"status": "ok"}]] * 4
    assert sorted(answer["correlation_id"] for _, answer in answered) == [
        f"corr_{number}" for number in range(4)
    ]
    assert {(status, answer["result"]) for status, answer in answered} == {(200, "A-1001")}


DJANGO = """
import asyncio, json, sys
import django
from django.conf import settings

database = {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1], "CONN_MAX_AGE": 0}
settings.configure(DATABASES={"default": database})
django.setup()
from django.core.signals import request_finished, request_started
from django.db import connection
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, signed
from trunkline.webhooks import IncomingRequest, PamelaWebhook, ToolRegistry, WebhookEndpoint

tools, seen = ToolRegistry(max_concurrency=1), []
endpoint = WebhookEndpoint(PamelaWebhook(SECRET), tools=tools)

def query():
    seen.append("open" if connection.connection is not None else "fresh")
    connection.ensure_connection()

@tools.tool
def check_order_status(order_id: str) -> str:
    "Look up an order."
    query()
    return order_id

@endpoint.on("call.completed")
def completed(event):
    query()

def deliveries():
    for number in range(2):
        event = {**COMPLETED, "call_id": f"call_{len(seen)}"}
        call = {**TOOL_CALL, "correlation_id": f"corr_{len(seen)}"}
        for payload in (event, call):
            body = encode(payload)
            request_started.send(None, environ={})
            yield IncomingRequest(body=body, headers=signed(body))
            request_finished.send(None)

for request in deliveries():
    assert endpoint.receive(request).outcome == "handled"

async def main():
    for request in deliveries():
        assert (await endpoint.areceive(request)).outcome == "handled"

asyncio.run(main())
print(json.dumps(seen))
"""


def test_database_connections_of_django_end_with_their_request(tmp_path: Path) -> None:
    """Handlers and tools, sync and async: none sees another's connection."""
    assert json.loads(run("-c", DJANGO, str(tmp_path / "db.sqlite3"))) == ["fresh"] * 8


def test_django_that_is_imported_but_not_configured_is_left_alone() -> None:
    """An import by other code must not make a delivery fail."""
    said = run(
        "-c",
        "import asyncio, json, django.db\n"
        "from tests.webhooks.deliveries import COMPLETED, SECRET, encode, signed\n"
        "from trunkline.webhooks import IncomingRequest, PamelaWebhook, WebhookEndpoint\n"
        "webhook, body = WebhookEndpoint(PamelaWebhook(SECRET)), encode(COMPLETED)\n"
        "webhook.on('*')(lambda event: None)\n"
        "request = IncomingRequest(body=body, headers=signed(body))\n"
        "print(json.dumps(asyncio.run(webhook.areceive(request)).outcome))",
    )
    assert json.loads(said) == "handled"


request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="none")


def test_context_of_the_request_is_seen_in_every_thread() -> None:
    """A sync handler under asyncio and tools of both kinds see what the request has set."""
    tools, seen = ToolRegistry(), list[tuple[str, bool]]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), tools=tools)
    main_thread = threading.current_thread()

    def note() -> None:
        seen.append((request_id.get(), threading.current_thread() is main_thread))

    @webhook.on("call.completed")
    def completed(_: Any) -> None:
        note()

    @tools.tool
    def check_order_status(order_id: str) -> str:
        """Look up an order."""
        note()
        return order_id

    async def main() -> None:
        for payload in (COMPLETED, TOOL_CALL):
            body = encode(payload)
            await webhook.areceive(IncomingRequest(body=body, headers=signed(body)))

    request_id.set("request 7")
    asyncio.run(main())
    request_id.set("none")
    tools.close()
    assert seen == [("request 7", False)] * 2


def test_blocking_receive_inside_an_event_loop_runs_coroutines_beside_it() -> None:
    """For example a notebook, or a blocking view that a test calls from a coroutine."""
    tools, seen = ToolRegistry(), list[str]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), tools=tools)

    @webhook.on("call.completed")
    async def completed(_: Any) -> None:
        seen.append(request_id.get())

    @tools.tool
    async def check_order_status(order_id: str) -> str:
        """Look up an order."""
        seen.append(order_id)
        return order_id

    async def main() -> list[str]:
        request_id.set("request 8")
        bodies = [encode(COMPLETED), encode(TOOL_CALL)]
        requests = [IncomingRequest(body=body, headers=signed(body)) for body in bodies]
        return [webhook.receive(request).outcome for request in requests]

    assert asyncio.run(main()) == ["handled", "handled"]
    tools.close()
    assert seen == ["request 8", "A-1001"]


ATOMIC = """
import asyncio, json, sys
import django
from django.conf import settings

database = {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1], "ATOMIC_REQUESTS": True}
settings.configure(
    DATABASES={"default": database}, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x"
)
django.setup()
from django.db import connection
from django.test import AsyncClient, Client
from django.urls import path
from tests.webhooks.deliveries import COMPLETED, SECRET, encode, signed
from trunkline.webhooks import PamelaWebhook, Reply, WebhookEndpoint
from trunkline.webhooks.adapters.django import async_webhook_view, webhook_view

def execute(statement):
    with connection.cursor() as cursor:
        return cursor.execute(statement).fetchall()

def endpoint(end):
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))

    @webhook.on("call.completed")
    def completed(event):
        execute("INSERT INTO handled VALUES (1)")
        return end()

    return webhook

def fail():
    raise ValueError("half way")

urlpatterns = [
    path("handled", webhook_view(endpoint(lambda: None))),
    path("failed", webhook_view(endpoint(fail))),
    path("again", webhook_view(endpoint(lambda: Reply(status=503)))),
    path("asynchronous", async_webhook_view(endpoint(lambda: None))),
]

def rows_after(place):
    sent = {"content_type": "application/json", "headers": signed(encode(COMPLETED))}
    if place == "/asynchronous":
        answer = asyncio.run(AsyncClient().post(place, encode(COMPLETED), **sent))
    else:
        answer = Client().post(place, encode(COMPLETED), **sent)
    return answer.status_code, execute("SELECT count(*) FROM handled")[0][0]

execute("CREATE TABLE handled (once INTEGER)")
print(json.dumps([rows_after("/" + str(each.pattern)) for each in urlpatterns]))
"""


def test_a_failed_handler_leaves_nothing_in_django_s_database(tmp_path: Path) -> None:
    """With ATOMIC_REQUESTS the retry sees no data of the first attempt, and async views work."""
    seen = json.loads(run("-c", ATOMIC, str(tmp_path / "db.sqlite3")))
    assert seen == [[200, 1], [500, 1], [503, 1], [200, 2]]
