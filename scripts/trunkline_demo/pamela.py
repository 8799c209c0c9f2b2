"""Pamela: a call from its creation to its bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline import Pamela
from trunkline.pamela import WebhooksParam, billed_minutes, cost

if TYPE_CHECKING:
    from .runner import Runner

TO = "+15555550123"


def run(runner: Runner) -> None:
    """Create, follow, verify, list, bill; survive a 429, a 503 and a lost response."""
    url = runner.sandbox.urls["pamela"]
    key, token = "pk_live_sandbox", "user_token_sandbox"
    with Pamela(key, user_token=token, base_url=url) as pamela:
        _call(runner, pamela)
        _lists(runner, pamela)
        _account(runner, pamela)
        _faults(runner, pamela)


def _call(runner: Runner, pamela: Pamela) -> None:
    hooks: WebhooksParam = {"webhook_url": f"{runner.receiver.url}/pamela"}
    call = runner.step(
        "create a call",
        lambda: pamela.calls.create(
            to=TO, task="Order a large pizza", locale="en-US", webhooks=hooks, key="order-4711"
        ),
    )
    done = runner.step(
        "follow it to its end", lambda: pamela.calls.wait(call.id, timeout=30, interval=0.1)
    )
    runner.check(f"it is {done.status} after {done.duration_seconds} s", done.status == "completed")
    minutes = billed_minutes(done.duration_seconds or 0, done.started_at)
    runner.check(f"it costs {cost(minutes)} USD", minutes == done.billed_minutes)
    delivered = runner.sandbox.control.deliveries(provider="pamela")
    events = runner.receiver.events["pamela"]
    runner.check(
        f"{len(events)} signed events were verified and handled once",
        "call.completed" in events and len(events) == len(delivered),
    )


def _lists(runner: Runner, pamela: Pamela) -> None:
    for _ in range(4):
        pamela.calls.create(to=TO, task="Ask for the opening hours")
    listed = runner.step("list calls, two a page", lambda: list(pamela.calls.list(limit=2)))
    runner.check(f"{len(listed)} calls, each once", len({call.id for call in listed}) == 5)
    schema = {"type": "object", "properties": {"order_id": {"type": "string"}}}
    tool = runner.step(
        "register a tool",
        lambda: pamela.tools.register(
            name="check_order_status", description="Looks an order up", input_schema=schema
        ),
    )
    runner.step("delete it", lambda: pamela.tools.delete(tool.tool_id))


def _account(runner: Runner, pamela: Pamela) -> None:
    usage = runner.step("read this month's usage", pamela.usage.get)
    runner.check(f"{usage.call_count} calls, {usage.billed_minutes} minutes", usage.call_count == 5)
    state = runner.step("read the subscription", pamela.subscription.get)
    runner.check(f"it is {state.subscription_status}", state.subscription_status == "active")


def _faults(runner: Runner, pamela: Pamela) -> None:
    def place_call() -> object:
        return pamela.calls.create(to=TO, task="Call back")

    runner.sandbox.control.fault("status", provider="pamela", operation="list_calls", status=503)
    runner.step("list through a 503", lambda: pamela.calls.list(limit=1))
    runner.survive_faults("pamela", "create_call", place_call)
    runner.check_ambiguous("pamela", "create_call", place_call)
