import asyncio
import contextvars
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.webhooks.deliveries import SECRET, TOOL_CALL, encode, signed
from tests.webhooks.tool_calls import (
    Answer,
    call,
    content,
    order,
    result,
)

import trunkline.webhooks
from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    StateSetWebhook,
    ToolRegistry,
    WebhookEndpoint,
)


def test_one_and_true_are_not_the_same_call(tools: ToolRegistry, ask: Answer) -> None:
    """In JSON they differ, so the second call is not a repetition of the first."""

    @tools.tool
    def show(value: bool | int) -> str:  # noqa: FBT001 - an argument of the agent
        """Text."""
        return repr(value)

    assert result(ask(tools, call("show", value=1))) == "1"
    assert result(ask(tools, call("show", value=True)))["error"]["code"] == "conflict"


class NoThreads(ThreadPoolExecutor):
    """A pool on a system that temporarily cannot start threads."""

    exhausted = True

    def _adjust_thread_count(self) -> None:
        if self.exhausted:
            raise RuntimeError("can't start new thread")
        super()._adjust_thread_count()  # type: ignore[misc]  # where the standard library starts one


def test_call_that_could_not_be_started_may_come_again(
    monkeypatch: pytest.MonkeyPatch, ask: Answer
) -> None:
    """The system had no thread: the response is busy, and the retry runs, once."""
    monkeypatch.setattr("trunkline.webhooks.tools.executor.ThreadPoolExecutor", NoThreads)
    tools, runs = ToolRegistry(max_concurrency=1), list[int]()

    @tools.tool
    def count() -> int:
        """Text."""
        runs.append(1)
        return len(runs)

    assert result(ask(tools, call("count")))["error"]["code"] == "busy"
    monkeypatch.setattr(NoThreads, "exhausted", False)
    assert result(ask(tools, call("count"))) == 1
    assert result(ask(tools, call("count"))) == 1
    tools.close()
    assert runs == [1]


def test_closed_registry_says_busy(ask: Answer) -> None:
    """A worker that shuts down leaves the call to another."""
    tools = ToolRegistry()
    tools.tool(order)

    @tools.tool
    async def asynchronous() -> str:
        """Text."""
        return "after all"

    tools.close()
    answer = result(ask(tools, call("order", lines=[], size="s", when=None)))
    assert answer["error"]["code"] == "busy"
    answer = content(ask(tools, call("asynchronous", "corr_2")))["result"]
    assert answer["error"]["code"] == "busy"


FORKS = """
import os
from trunkline.webhooks import ToolRegistry
from trunkline.webhooks.events.pamela import ToolExecution

tools = ToolRegistry(timeout_ms=5000)

@tools.tool
def who() -> int:
    "Text."
    return os.getpid()

def ask(correlation_id):
    event = ToolExecution(payload={}, tool_name="who", arguments={}, call_id="c",
                          correlation_id=correlation_id)
    return tools.answer_blocking(event).body

ask("a")
child = os.fork()
if child == 0:
    os._exit(0 if str(os.getpid()).encode() in ask("b") else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
tools.close()
"""


def test_registry_can_be_used_on_both_sides_of_a_fork() -> None:
    """The parent's threads do not exist in a child, which starts its own."""
    overlay = Path(trunkline.webhooks.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(overlay)}
    subprocess.run([sys.executable, "-c", FORKS], env=environment, check=True, timeout=60)


def test_old_answers_are_forgotten_before_running_ones() -> None:
    """Memory is bounded: the oldest finished responses are dropped first."""
    tools = ToolRegistry(max_remembered=2)
    runs: list[int] = []

    @tools.tool
    def note(number: int) -> int:
        """Text."""
        runs.append(number)
        return number

    for number in (1, 2, 3, 3, 1):
        tools.answer_blocking(call("note", f"corr_{number}", number=number))
    tools.close()
    assert runs == [1, 2, 3, 1]


def test_context_of_the_request_is_there(tools: ToolRegistry, ask: Answer) -> None:
    """Context variables, which frameworks use, reach functions in threads too."""
    tenant = contextvars.ContextVar("tenant", default="none")

    @tools.tool
    def who() -> str:
        """Text."""
        return tenant.get()

    tenant.set("seven")
    assert result(ask(tools, call("who"))) == "seven"


def test_endpoint_answers_tool_calls_each_time() -> None:
    """Through the endpoint: verified, never called a duplicate, the same response again."""
    tools = ToolRegistry()
    runs: list[str] = []

    @tools.tool
    async def check_order_status(order_id: str) -> dict[str, str]:
        """Look up an order."""
        runs.append(order_id)
        return {"status": "shipped"}

    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore(), tools=tools)
    body = encode(TOOL_CALL)
    request = IncomingRequest(body=body, headers=signed(body))
    answers = [webhook.receive(request), asyncio.run(webhook.areceive(request))]
    for decision in answers:
        assert json.loads(decision.body) == {
            "result": {"status": "shipped"},
            "correlation_id": "corr_1",
        }
    assert webhook.receive(IncomingRequest(body=body, headers={})).status == 401
    unknown = encode({**TOOL_CALL, "tool_name": "other"})
    decision = webhook.receive(IncomingRequest(body=unknown, headers=signed(unknown)))
    assert (decision.status, json.loads(decision.body)) == (400, {"error": "Unknown tool"})
    assert runs == ["A-1001"]
    tools.close()


def test_tools_belong_to_pamela() -> None:
    """A source without tool calls cannot have a registry."""
    with pytest.raises(ConfigurationError, match="no event 'toolExecution'"):
        WebhookEndpoint(StateSetWebhook(), tools=ToolRegistry())
