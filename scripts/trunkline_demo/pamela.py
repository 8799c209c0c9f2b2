"""Pamela: a call from its creation to its bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline import Pamela
from trunkline.pamela import billed_minutes, cost

if TYPE_CHECKING:
    from .stage import Stage

TO = "+15555550123"


def run(stage: Stage) -> None:
    """Create, follow, verify, list, bill; survive a 429, a 503 and a lost answer."""
    url = stage.sandbox.urls["pamela"]
    key, token = "pk_live_sandbox", "user_token_sandbox"
    with Pamela(key, user_token=token, base_url=url) as pamela:
        _call(stage, pamela)
        _lists(stage, pamela)
        _account(stage, pamela)
        _faults(stage, pamela)


def _call(stage: Stage, pamela: Pamela) -> None:
    hooks = {"webhook_url": f"{stage.receiver.url}/pamela"}
    call = stage.step(
        "create a call",
        lambda: pamela.calls.create(
            to=TO, task="Order a large pizza", locale="en-US", webhooks=hooks, key="order-4711"
        ),
    )
    done = stage.step(
        "follow it to its end", lambda: pamela.calls.wait(call.id, timeout=30, interval=0.1)
    )
    stage.check(f"it is {done.status} after {done.duration_seconds} s", done.status == "completed")
    minutes = billed_minutes(done.duration_seconds or 0, done.started_at)
    stage.check(f"it costs {cost(minutes)} USD", minutes == done.billed_minutes)
    delivered = stage.sandbox.control.deliveries(provider="pamela")
    events = stage.receiver.events["pamela"]
    stage.check(
        f"{len(events)} signed events were verified and handled once",
        "call.completed" in events and len(events) == len(delivered),
    )


def _lists(stage: Stage, pamela: Pamela) -> None:
    for _ in range(4):
        pamela.calls.create(to=TO, task="Ask for the opening hours")
    listed = stage.step("list calls, two a page", lambda: list(pamela.calls.list(limit=2)))
    stage.check(f"{len(listed)} calls, each once", len({call.id for call in listed}) == 5)
    schema = {"type": "object", "properties": {"order_id": {"type": "string"}}}
    tool = stage.step(
        "register a tool",
        lambda: pamela.tools.register(
            name="check_order_status", description="Looks an order up", input_schema=schema
        ),
    )
    stage.step("delete it", lambda: pamela.tools.delete(tool.tool_id))


def _account(stage: Stage, pamela: Pamela) -> None:
    usage = stage.step("read this month's usage", pamela.usage.get)
    stage.check(f"{usage.call_count} calls, {usage.billed_minutes} minutes", usage.call_count == 5)
    state = stage.step("read the subscription", pamela.subscription.get)
    stage.check(f"it is {state.subscription_status}", state.subscription_status == "active")


def _faults(stage: Stage, pamela: Pamela) -> None:
    def place() -> object:
        return pamela.calls.create(to=TO, task="Call back")

    stage.sandbox.control.fault("status", provider="pamela", operation="list_calls", status=503)
    stage.step("list through a 503", lambda: pamela.calls.list(limit=1))
    stage.survive_faults("pamela", "create_call", place)
    stage.ambiguous("pamela", "create_call", place)
