"""Tools: registered by the client, run during a call, with their results in the call's record."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.webhooks.example_tools import Shop, sync
from tests.webhooks.sandbox_calls import (
    CALL,
    KEY,
    SECRET,
    Countdown,
    create_call,
    scripted,
    statuses,
    tool_results,
    url,
)
from tests.webhooks.servers import ALL, Servers

from trunkline import Pamela
from trunkline.sandbox import Sandbox
from trunkline.webhooks import (
    IncomingRequest,
    MemoryReplayStore,
    PamelaEvent,
    PamelaWebhook,
    ToolRegistry,
    WebhookEndpoint,
)
from trunkline.webhooks.request import Accepted

EVERYWHERE = pytest.mark.parametrize("name", ALL)
BOTH_KINDS = pytest.mark.parametrize("name", ["flask", "aiohttp"])


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = Shop()
    yield made
    made.registry.close()


@pytest.fixture
def endpoint(shop: Shop) -> WebhookEndpoint[Any]:
    return WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore(), tools=shop.registry)


@EVERYWHERE
def test_tools_are_called_and_answered(
    sandbox: Sandbox, servers: Servers, shop: Shop, endpoint: WebhookEndpoint[Any], name: str
) -> None:
    """Results, wrong arguments, failures and unknown names: the record has each result."""
    assert [str(change) for change in sync(sandbox, shop.registry).changes] == [
        "register check_order_status",
        "register order",
    ]
    script = scripted(
        ("check_order_status", {"order_id": "Größe 7"}),
        ("order", {"lines": [{"sku": "A", "count": 2}, {"sku": "B"}]}),
        ("order", {"lines": [{"sku": "A"}, {"sku": "B", "count": "two"}]}),
        ("check_order_status", {}),
        ("check_order_status", {"order_id": "lost"}),
        ("cancel_order", {}),
    )
    with servers.serve(name, endpoint) as port:
        call = create_call(sandbox, port, metadata=script)
        sandbox.control.advance(60)
        assert statuses(sandbox, event="toolExecution") == [[200]] * 5 + [[400]]
    status, count, wrong, missing, failed, unknown = tool_results(sandbox, call)
    assert status["result"] == {"order_id": "Größe 7", "state": "shipped"}
    assert count["result"] == 3
    assert wrong["result"]["error"]["code"] == "invalid_arguments"
    assert wrong["result"]["error"]["field"] == "lines[1].count"
    assert missing["result"]["error"]["field"] == "order_id"
    assert failed["result"] == {"error": {"code": "failed", "message": "The tool failed."}}
    assert unknown["error"] == {"error": "Unknown tool"}
    assert shop.runs == {"status of Größe 7": 1, "status of lost": 1, "order": 1}


@EVERYWHERE
def test_agent_asks_for_what_is_registered(
    sandbox: Sandbox, servers: Servers, shop: Shop, endpoint: WebhookEndpoint[Any], name: str
) -> None:
    """Arguments made from the registered schemas fit the functions behind the schemas."""
    sync(sandbox, shop.registry)
    with servers.serve(name, endpoint) as port:
        call = create_call(sandbox, port)
        sandbox.control.advance(60)
    results = {one["tool_name"]: one["result"] for one in tool_results(sandbox, call)}
    assert results == {
        "check_order_status": {"order_id": "example", "state": "shipped"},
        "order": 0,
    }


@BOTH_KINDS
def test_repeated_tool_call_runs_once(
    sandbox: Sandbox, servers: Servers, shop: Shop, endpoint: WebhookEndpoint[Any], name: str
) -> None:
    """By correlation id: copies get the same response, but equal calls are separate."""
    sandbox.control.configure(deliveries={"copies": 3})
    asked = ("check_order_status", {"order_id": "A-7"})
    with servers.serve(name, endpoint) as port:
        call = create_call(sandbox, port, metadata=scripted(asked, asked, ("order", {"lines": []})))
        sandbox.control.advance(60)
        for one in sandbox.control.deliveries(event="toolExecution"):
            sandbox.control.again(one["number"], times=2)
        assert statuses(sandbox, event="toolExecution") == [[200]] * 27
    first, second, _ = tool_results(sandbox, call)
    assert first["result"] == second["result"]
    assert first["correlation_id"] != second["correlation_id"]
    assert shop.runs == {"status of A-7": 2, "order": 1}


class Counted(PamelaWebhook):
    """Signals when so many deliveries have been accepted."""

    def __init__(self, expected: int) -> None:
        super().__init__(SECRET)
        self.all_there = Countdown(expected)

    def accept(self, request: IncomingRequest) -> Accepted[PamelaEvent]:
        accepted = super().accept(request)
        self.all_there.one_more()
        return accepted


@BOTH_KINDS
def test_repetitions_during_the_run_share_it(sandbox: Sandbox, servers: Servers, name: str) -> None:
    """Eight more deliveries of a tool call while the tool runs: one run, nine responses."""
    source, begun, runs = Counted(9), threading.Event(), list[str]()
    tools = ToolRegistry(timeout_ms=20_000)

    @tools.tool
    def slow() -> bool:
        """Be at work until all deliveries are there."""
        runs.append("run")
        begun.set()
        return source.all_there.wait(60)

    with (
        servers.serve(name, WebhookEndpoint(source, tools=tools)) as port,
        Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela,
        ThreadPoolExecutor(1) as aside,
    ):
        sandbox.control.configure(pamela={"tool_webhook_url": url(port)})
        call = pamela.calls.create(**CALL, metadata=scripted(("slow", {})))
        during_the_call = aside.submit(sandbox.control.advance, 60)
        assert begun.wait(60)
        sandbox.control.again(1, times=8)
        during_the_call.result(60)
        assert statuses(sandbox) == [[200]] * 9
        assert [one["result"] for one in tool_results(sandbox, call.id)] == [True]
    assert runs == ["run"]
    tools.close()


class Slow:
    """A registry of two tools, one of each kind, that take far too long."""

    def __init__(self, timeout_ms: int) -> None:
        self.registry = ToolRegistry(timeout_ms=timeout_ms)
        self.leave = threading.Event()
        self.registry.tool(self.stubborn)
        self.registry.tool(self.patient)

    def stubborn(self) -> None:
        """Take far too long."""
        self.leave.wait(60)

    async def patient(self) -> None:
        """Take far too long."""
        await asyncio.sleep(20)

    def __enter__(self) -> WebhookEndpoint[Any]:
        return WebhookEndpoint(PamelaWebhook(SECRET), tools=self.registry)

    def __exit__(self, *_: object) -> None:
        self.leave.set()
        self.registry.close()


TIMED_OUT = {"error": {"code": "timed_out", "message": "The tool did not finish in time."}}


@EVERYWHERE
def test_slow_tool_is_answered_in_time(sandbox: Sandbox, servers: Servers, name: str) -> None:
    """The tool's limit applies, although the service (here 30 s) would wait longer."""
    with Slow(timeout_ms=40) as endpoint, servers.serve(name, endpoint) as port:
        call = create_call(sandbox, port, metadata=scripted(("stubborn", {}), ("patient", {})))
        sandbox.control.advance(60)
        results = tool_results(sandbox, call)
    assert [one["result"] for one in results] == [TIMED_OUT] * 2


@BOTH_KINDS
def test_service_that_waits_no_longer_than_the_limit_hears_of_it(
    sandbox: Sandbox, servers: Servers, name: str
) -> None:
    """The service's timer starts at its request, so the response is sent before the limit."""
    slow = Slow(timeout_ms=5000)  # half a second to send the response, also on a busy machine
    sync(sandbox, slow.registry)
    with slow as endpoint, servers.serve(name, endpoint) as port:
        call = create_call(sandbox, port, metadata=scripted(("stubborn", {})))
        sandbox.control.advance(60)
        results = tool_results(sandbox, call)
    assert [one.get("result", one) for one in results] == [TIMED_OUT]
