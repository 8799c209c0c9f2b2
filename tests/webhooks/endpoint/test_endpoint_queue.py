import asyncio
import queue
import threading
from typing import Any

import pytest
from tests.redis_server import REDIS_URL
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode
from tests.webhooks.endpoints import Receive, answer, delivery

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    AsyncRedisReplayStore,
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    Reply,
    SQLiteReplayStore,
    StateSetWebhook,
    TwilioSignature,
    UnknownEvent,
    UnsignedDelivery,
    WebhookEndpoint,
)


def test_queue_gets_every_event_and_a_worker_dispatches_it(receive: Receive) -> None:
    """The sender gets a response once the event is queued; handlers run in the worker."""
    waiting: queue.Queue[Any] = queue.Queue(maxsize=1)
    webhook = WebhookEndpoint(
        PamelaWebhook(SECRET), store=MemoryReplayStore(), queue=waiting.put_nowait
    )
    seen: list[str] = []
    webhook.on("call.completed")(lambda event: seen.append(event.call_id))
    full = encode({**COMPLETED, "call_id": "no room"})

    decision = receive(webhook, delivery())
    assert (decision.outcome, decision.status) == ("queued", 202)
    assert receive(webhook, delivery()).outcome == "duplicate"
    assert receive(webhook, delivery(full)).outcome == "failed"
    assert seen == []
    webhook.dispatch(waiting.get_nowait())
    assert receive(webhook, delivery(full)).outcome == "queued"
    asyncio.run(webhook.adispatch(waiting.get_nowait()))
    assert seen == ["call_123", "no room"]
    assert webhook.dispatch(UnknownEvent(event="x", payload={})) is None


def test_queue_of_asyncio_is_filled_in_its_own_loop() -> None:
    """Its coroutine function is awaited in the queue's loop, so a waiting worker wakes up."""

    async def main() -> str:
        waiting: asyncio.Queue[Any] = asyncio.Queue()
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), queue=waiting.put)
        worker = asyncio.ensure_future(waiting.get())
        await asyncio.sleep(0)
        assert (await webhook.areceive(delivery())).outcome == "queued"
        event = await asyncio.wait_for(worker, 60)
        return str(event.call_id)

    assert asyncio.run(main(), debug=True) == "call_123"


def test_worker_can_dispatch_an_unsigned_delivery() -> None:
    """A queued delivery of an unsigned source is dispatched by the event inside."""
    waiting: queue.Queue[Any] = queue.Queue()
    webhook = WebhookEndpoint(StateSetWebhook(), queue=waiting.put)
    seen: list[object] = []
    webhook.on("voice.call.started")(seen.append)
    request = IncomingRequest(body=encode({"event": "voice.call.started"}), headers={})
    assert webhook.receive(request).outcome == "queued"
    webhook.dispatch(waiting.get_nowait())
    assert isinstance(seen[0], UnsignedDelivery)


def test_handler_that_answers_is_run_each_time_and_never_queued(receive: Receive) -> None:
    """once=False is for deliveries whose sender waits for the result."""
    webhook = WebhookEndpoint(
        PamelaWebhook(SECRET), store=MemoryReplayStore(), queue=lambda _: pytest.fail("queued")
    )
    webhook.on("toolExecution", once=False)(lambda call: Reply.json({"result": call.tool_name}))
    for _ in range(2):
        decision = receive(webhook, delivery(encode(TOOL_CALL)))
        assert answer(decision) == {"result": "check_order_status"}


def test_twilio_is_answered_with_twiml(receive: Receive) -> None:
    """The handler's document, or an empty one if there is nothing to say."""
    twilio = TwilioSignature(SECRET, public_origin="https://voice.example.com")
    webhook = WebhookEndpoint(twilio)
    signature = twilio.sign("https://voice.example.com/in", {"CallSid": "CA1"})
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    request = IncomingRequest(body=b"CallSid=CA1", headers=headers, target="/in")
    decision = receive(webhook, request)
    assert (decision.outcome, decision.body) == ("ignored", b"<Response/>")
    webhook.on("incoming_call")(
        lambda call: Reply.xml(f"<Response><Say>{call.call_sid}</Say></Response>")
    )
    decision = receive(webhook, request)
    assert decision.body == b"<Response><Say>CA1</Say></Response>"
    assert decision.headers["Content-Type"].startswith("text/xml")


def test_asynchronous_store_works_with_asyncio_only(redis_prefix: str) -> None:
    """A sync framework refuses it, and the error gives the remedy."""

    async def main() -> None:
        store = AsyncRedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
        webhook.on("call.completed")(lambda _: None)
        outcomes = [(await webhook.areceive(delivery())).outcome for _ in range(2)]
        assert outcomes == ["handled", "duplicate"]
        with pytest.raises(ConfigurationError, match="synchronous store, such"):
            webhook.receive(delivery())
        await store.aclose()

    asyncio.run(main())


def test_blocking_store_does_not_block_the_event_loop(tmp_path: Any) -> None:
    """SQLite and sync handlers run in a separate thread."""
    with SQLiteReplayStore(tmp_path / "replay.db") as store:
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
        threads: list[str] = []
        webhook.on("call.completed")(lambda _: threads.append(threading.current_thread().name))
        assert asyncio.run(webhook.areceive(delivery())).outcome == "handled"
    assert threads != ["MainThread"]


def test_fifty_equal_deliveries_at_once_run_the_handler_once() -> None:
    """Under asyncio too, the claim is taken before the handler starts."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    runs: list[int] = []

    @webhook.on("call.completed")
    async def handle(_: object) -> None:
        await asyncio.sleep(0.01)
        runs.append(1)

    async def main() -> list[str]:
        decisions = await asyncio.gather(*(webhook.areceive(delivery()) for _ in range(50)))
        return sorted(one.outcome for one in decisions)

    assert asyncio.run(main()) == ["busy"] * 49 + ["handled"]
    assert runs == [1]
