"""Never run: every line must pass mypy and pyright in strict mode."""

from collections.abc import Callable
from typing import Any, assert_never, assert_type

from trunkline.webhooks import (
    AsyncRedisReplayStore,
    HMACScheme,
    HMACWebhook,
    IncomingRequest,
    MemoryReplayStore,
    PamelaEvent,
    PamelaWebhook,
    PhoneAIWebhook,
    RedisReplayStore,
    Reply,
    SQLiteReplayStore,
    StateSetEvent,
    StateSetWebhook,
    ToolRegistry,
    TwilioCallback,
    TwilioSignature,
    UnconfirmedScheme,
    UnknownEvent,
    UnsignedDelivery,
    UnsignedWhispeyWebhook,
    WebhookEndpoint,
    WhispeyEvent,
    WhispeyWebhook,
    once,
    verify_webhook_signature,
)
from trunkline.webhooks.adapters.aiohttp import webhook_handler
from trunkline.webhooks.adapters.asgi import ASGIWebhook
from trunkline.webhooks.adapters.django import async_webhook_view
from trunkline.webhooks.adapters.flask import webhook_view
from trunkline.webhooks.adapters.starlette import webhook_route
from trunkline.webhooks.adapters.wsgi import WSGIWebhook
from trunkline.webhooks.events import pamela as events
from trunkline.webhooks.events import stateset

pamela = PamelaWebhook(["new", b"old"], accept_legacy_spaced=True, tolerance=300)
assert_type(pamela.unwrap(b"", {"X-Pamela-Signature": ""}), PamelaEvent)
pamela.verify(b"", [(b"x-pamela-signature", b"")])
assert_type(pamela.sign(b""), str)
assert_type(verify_webhook_signature({}, None, "secret"), bool)

scheme = UnconfirmedScheme(header="X", algorithm="sha256", encoding="hex")
assert_type(WhispeyWebhook("secret", scheme).unwrap(b"", {}), WhispeyEvent)
assert_type(UnsignedWhispeyWebhook().unwrap(b"", {}), UnsignedDelivery[WhispeyEvent])
assert_type(StateSetWebhook().unwrap(b"", {}), UnsignedDelivery[StateSetEvent])
assert_type(TwilioSignature("t").unwrap("https://a", b"", {}), TwilioCallback)

webhook = WebhookEndpoint(pamela, store=MemoryReplayStore(), tools=ToolRegistry())
WebhookEndpoint(TwilioSignature("t"), store=SQLiteReplayStore("x"), fail_open=True)
WebhookEndpoint(PhoneAIWebhook(), store=RedisReplayStore.from_url("redis://"))
WebhookEndpoint(StateSetWebhook(), store=AsyncRedisReplayStore.from_url("redis://"))
WebhookEndpoint(WhispeyWebhook("secret", scheme), queue=print)


@webhook.on("call.completed", events.CallFailed)
def ended(event: events.CallCompleted | events.CallFailed) -> None:
    assert_type(event.call_id, str)


@webhook.on(events.CallCompleted)
def completed(event: events.CallCompleted) -> str:
    return assert_type(event.call_id, str)


@webhook.on(events.CallQueued, once=False)
async def queued(event: events.CallEvent) -> None:
    assert_type(event.status, str | None)


assert_type(completed, Callable[[events.CallCompleted], str])
webhook.on(events.CallFailed)(lambda event: assert_type(event, events.CallFailed))

unsigned = WebhookEndpoint(StateSetWebhook())
assert_type(unsigned, WebhookEndpoint[UnsignedDelivery[StateSetEvent]])


@unsigned.on(stateset.CallCompleted)
def unsigned_completed(delivery: UnsignedDelivery[stateset.CallCompleted]) -> None:
    assert_type(delivery.event.duration_seconds, int | None)


calls = WebhookEndpoint(TwilioSignature("t"))
calls.on(TwilioCallback)(lambda call: assert_type(call.call_sid, str | None))


@webhook.on(events.CallFailed)  # type: ignore[arg-type]
def wrong_class(event: events.CallQueued) -> None: ...


@unsigned.on(stateset.CallStarted)  # type: ignore[arg-type]
def not_a_delivery(event: stateset.CallStarted) -> None: ...


acme = HMACWebhook("secret", HMACScheme(header="X", algorithm="sha256", encoding="hex"))
assert_type(acme.unwrap(b"", {}), UnknownEvent)
assert_type(PamelaWebhook.from_env(tolerance=300).unwrap(b"", {}), PamelaEvent)


@webhook.on("*")
async def rest(event: PamelaEvent) -> Reply:
    return Reply.json(name_of(event))


tools = ToolRegistry()


@tools.tool
async def look_up(order: str) -> dict[str, str]:
    """Look up."""
    return {order: order}


@tools.tool(name="other", timeout_ms=100)
def blocking(count: int = 1) -> int:
    """Count."""
    return count


assert_type(blocking(3), int)


def name_of(event: PamelaEvent) -> str:
    match event:
        case events.CallQueued() | events.CallStarted() | events.CallTranscriptUpdate():
            return event.call_id
        case events.CallCompleted() | events.CallFailed():
            return event.status or ""
        case events.ToolExecution(tool_name=name):
            return name
        case UnknownEvent():
            return event.event
        case _:
            assert_never(event)


def by_name(event: PamelaEvent) -> None:
    if event.event == "call.queued":
        assert_type(event.payload, dict[str, Any])


async def adapters(request: Any) -> None:
    webhook_route("/", webhook)
    webhook_view(webhook)
    async_webhook_view(webhook)
    await webhook_handler(webhook)(request)
    ASGIWebhook(webhook)
    WSGIWebhook(webhook)
    decision = await webhook.areceive(IncomingRequest(body=b"", headers={}))
    assert_type(decision.status, int)
    with once(MemoryReplayStore(), "key"):
        assert_type(decision.body, bytes)
