"""Calls in the sandbox, and receivers that count handler runs."""

import threading
from collections import Counter
from typing import Any

from tests.webhooks.servers import ASYNCHRONOUS, HOOKS

from trunkline import Pamela
from trunkline.sandbox import Sandbox
from trunkline.webhooks import (
    AsyncReplayStore,
    PamelaWebhook,
    ReplayStore,
    UnsignedDelivery,
    WebhookEndpoint,
)

SECRET = "whsec_sandbox"
KEY = "pk_test_sandbox"
CALL: dict[str, Any] = {"to": "+15551234567", "task": "Order a pizza"}
EVENTS = ["call.queued", "call.started", *["call.transcript_update"] * 4, "call.completed"]
"""What the sandbox tells of an ordinary call, in the order in which it happens."""


class Countdown:
    """Lets a caller wait until something has happened so often, in any threads."""

    def __init__(self, times: int) -> None:
        self._happened = threading.Semaphore(0)
        self._times = times

    def one_more(self) -> None:
        self._happened.release()

    def wait(self, seconds: float) -> bool:
        """Wait, for a single waiter; False if it did not happen often enough in this time."""
        return all(self._happened.acquire(timeout=seconds) for _ in range(self._times))


class Tally:
    """Counts every run of a handler, and makes the first runs for each event fail.

    Args:
        failures: the number of runs per event that fail before one succeeds.
    """

    def __init__(self, failures: int = 0) -> None:
        self.runs = Counter[str]()
        self.handled = Counter[str]()
        self.names: list[str] = []
        self._failures = failures
        self._lock = threading.Lock()

    def note(self, value: Any) -> None:
        """Record one run; its argument is an event, or an unsigned delivery around one."""
        event = value.event if isinstance(value, UnsignedDelivery) else value
        which = repr(sorted(event.payload.items(), key=str))
        with self._lock:
            self.runs[which] += 1
            if self.runs[which] <= self._failures:
                raise RuntimeError("not yet")
            self.handled[which] += 1
            self.names.append(event.event)

    async def anote(self, value: Any) -> None:
        """The async twin."""
        self.note(value)

    def assert_each_once(self, names: list[str]) -> None:
        """The handler has succeeded exactly once for each of these events, in any order."""
        assert sorted(self.names) == sorted(names)
        assert set(self.handled.values()) <= {1}


def receiver(
    name: str, tally: Tally, store: ReplayStore | AsyncReplayStore | None, secret: Any = SECRET
) -> WebhookEndpoint[Any]:
    """An endpoint for Pamela's events with a sync or async handler, as the framework needs."""
    webhook = WebhookEndpoint(PamelaWebhook(secret), store=store)
    webhook.on("*")(tally.anote if name in ASYNCHRONOUS else tally.note)
    return webhook


def url(port: int, path: str = HOOKS) -> str:
    return f"http://127.0.0.1:{port}{path}"


def create_call(sandbox: Sandbox, port: int, path: str = HOOKS, **fields: Any) -> str:
    """Create a call whose events and tool calls go to the port; return its id."""
    webhooks = {"webhook_url": url(port, path), "tool_webhook_url": url(port, path)}
    with Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
        return pamela.calls.create(**CALL, webhooks=webhooks, **fields).id


def scripted(*calls: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Metadata of a call in which the agent calls these tools, with these arguments."""
    script = [{"tool_name": name, "arguments": arguments} for name, arguments in calls]
    return {"sandbox": {"tool_calls": script}}


def tool_results(sandbox: Sandbox, call: str) -> list[dict[str, Any]]:
    """The tool results in the call's record."""
    with Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
        metadata = pamela.calls.get(call).metadata
    found: list[dict[str, Any]] = [] if metadata is None else metadata["sandbox_tool_results"]
    return found


def statuses(sandbox: Sandbox, **filters: str) -> list[list[int | None]]:
    """The response status of each delivery, attempt by attempt."""
    found = sandbox.control.deliveries(**filters)
    return [[attempt["status"] for attempt in one["attempts"]] for one in found]
