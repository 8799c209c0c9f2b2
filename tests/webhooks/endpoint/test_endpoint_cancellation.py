import asyncio
import threading

import pytest
from tests.webhooks.deliveries import SECRET
from tests.webhooks.endpoints import awaiting, delivery

from trunkline.webhooks import (
    MemoryReplayStore,
    PamelaWebhook,
    WebhookEndpoint,
    WebhookResponse,
)
from trunkline.webhooks.events import pamela


def test_handler_ends_although_the_sender_hung_up() -> None:
    """A cancelled request does not interrupt the handler, and its claim is confirmed."""
    store, ended = MemoryReplayStore(), list[str]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)

    async def main() -> None:
        begun, leave, left = asyncio.Event(), asyncio.Event(), asyncio.Event()

        @webhook.on("call.completed")
        async def handle(event: pamela.CallCompleted) -> None:
            begun.set()
            await leave.wait()
            ended.append(event.call_id)
            left.set()

        request = asyncio.ensure_future(webhook.areceive(delivery()))
        await begun.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        assert (await webhook.areceive(delivery())).outcome == "busy"
        leave.set()
        await left.wait()
        await asyncio.sleep(0)
        assert (await webhook.areceive(delivery())).outcome == "duplicate"

    asyncio.run(main())
    assert ended == ["call_123"]


def test_loop_that_stops_releases_the_claim() -> None:
    """When the event loop shuts down, the handler is cancelled and a retry is accepted."""
    store = MemoryReplayStore()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
    begun = asyncio.Event()

    @webhook.on("call.completed")
    async def handle(_: object) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.Event().wait()

    async def main() -> None:
        task = asyncio.ensure_future(webhook.areceive(delivery()))
        await begun.wait()
        task.cancel()

    asyncio.run(main())
    assert asyncio.run(webhook.areceive(delivery())).outcome == "handled"


def test_thread_is_waited_for_when_the_loop_stops() -> None:
    """A handler in a thread always finishes, so its result counts: no second effect."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    begun, leave, effects = threading.Event(), threading.Event(), list[int]()

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        begun.set()
        leave.wait(60)
        effects.append(1)

    async def main() -> None:
        request = asyncio.ensure_future(webhook.areceive(delivery()))
        assert await asyncio.to_thread(begun.wait, 10)
        request.cancel()
        asyncio.get_running_loop().call_later(0.05, leave.set)

    asyncio.run(main())
    assert asyncio.run(webhook.areceive(delivery())).outcome == "duplicate"
    assert effects == [1]


def test_cancelled_dispatch_waits_for_its_thread_and_stays_cancelled() -> None:
    """A stopped worker gets the cancellation after its started work is done."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    begun, leave, effects = threading.Event(), threading.Event(), list[int]()

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        begun.set()
        leave.wait(60)
        effects.append(1)

    async def main() -> None:
        event = pamela.CallCompleted(payload={}, call_id="call_1")
        work = asyncio.ensure_future(webhook.adispatch(event))
        assert await asyncio.to_thread(begun.wait, 10)
        for _ in range(2):
            work.cancel()
            await asyncio.sleep(0)
        leave.set()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(main())
    assert effects == [1]


class Slow(MemoryReplayStore):
    """A store that is called in a thread, and lets a test act during the call."""

    blocking = True

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.leave = threading.Event(), threading.Event()

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        self.asked.set()
        self.leave.wait(60)
        return super().claim(key, ttl, owner)


def test_loop_that_stops_during_the_claim_gives_it_back() -> None:
    """Nothing has run, so the retry need not wait for the lease to expire."""
    store = Slow()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
    runs: list[object] = []
    webhook.on("call.completed")(runs.append)

    async def main() -> None:
        request = asyncio.ensure_future(webhook.areceive(delivery()))
        assert await asyncio.to_thread(store.asked.wait, 10)
        request.cancel()
        asyncio.get_running_loop().call_later(0.05, store.leave.set)

    asyncio.run(main())
    assert runs == []
    assert webhook.receive(delivery()).outcome == "handled"


class Remote:
    """An async store whose confirm and release take a moment."""

    def __init__(self) -> None:
        self.local, self.settling = MemoryReplayStore(), asyncio.Event()

    async def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        return self.local.claim(key, ttl, owner)

    async def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        await self._travel()
        return self.local.confirm(key, ttl, owner)

    async def renew(self, key: str, ttl: float, owner: str) -> bool:
        return self.local.renew(key, ttl, owner)

    async def settled(self, key: str) -> bool:
        return self.local.settled(key)

    async def release(self, key: str, owner: str | None = None) -> None:
        await self._travel()
        self.local.release(key, owner)

    async def _travel(self) -> None:
        self.settling.set()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(("fails", "outcome"), [(False, "duplicate"), (True, "handled")])
def test_loop_that_stops_while_a_claim_is_settled_settles_it(*, fails: bool, outcome: str) -> None:
    """The handler has run: its result still reaches the store."""
    store, runs = Remote(), list[int]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)

    @webhook.on("call.completed")
    async def handle(_: object) -> None:
        runs.append(1)
        if fails and len(runs) == 1:
            raise RuntimeError("not this time")

    async def main() -> asyncio.Task[WebhookResponse]:
        request = asyncio.create_task(webhook.areceive(delivery()))
        await store.settling.wait()
        return request

    assert asyncio.run(main()).cancelled()
    assert awaiting(webhook, delivery()).outcome == outcome
