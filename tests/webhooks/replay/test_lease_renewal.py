import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.redis_server import REDIS_URL
from tests.webhooks.deliveries import COMPLETED, SECRET, encode, signed

import trunkline
from trunkline.webhooks import (
    AsyncRedisReplayStore,
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    RedisReplayStore,
    ReplayStore,
    SQLiteReplayStore,
    WebhookEndpoint,
    once,
)

LEASE = 0.9
DELIVERY = IncomingRequest(body=encode(COMPLETED), headers=signed(encode(COMPLETED)))
#: The log message for a claim that another worker took.
LOST = "a claim was lost while its handler runs"


def counting(store: ReplayStore, times: int) -> threading.Event:
    """Return an event that is set when the store has renewed a claim so often."""
    enough, renew, done = threading.Event(), store.renew, list[bool]()

    def counted(key: str, ttl: float, owner: str) -> bool:
        done.append(renew(key, ttl, owner))
        if len(done) >= times:
            enough.set()
        return done[-1]

    store.renew = counted  # type: ignore[method-assign]
    return enough


@pytest.fixture(params=["memory", "sqlite", "redis"])
def make_store(
    request: pytest.FixtureRequest, tmp_path: Path, redis_prefix: str
) -> Callable[[], ReplayStore]:
    """Stores of one kind with shared data; the in-memory store is one object."""
    in_memory = MemoryReplayStore()
    return {
        "memory": lambda: in_memory,
        "sqlite": lambda: SQLiteReplayStore(tmp_path / "replay.db"),
        "redis": lambda: RedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix),
    }[request.param]


def close(store: ReplayStore) -> None:
    getattr(store, "close", lambda: None)()


def test_handler_slower_than_its_lease_keeps_its_claim(
    make_store: Callable[[], ReplayStore],
) -> None:
    """Four renewals outlast the lease: others find the delivery busy, then handled."""
    first, second = make_store(), make_store()
    enough, outcomes = counting(first, 4), list[str]()
    slow, other = (
        WebhookEndpoint(PamelaWebhook(SECRET), store=one, lease=LEASE) for one in (first, second)
    )

    @slow.on("call.completed")
    def handle(_: object) -> None:
        assert enough.wait(60)
        outcomes.append(other.receive(DELIVERY).outcome)

    other.on("call.completed")(lambda _: pytest.fail("handled twice"))
    assert slow.receive(DELIVERY).outcome == "handled"
    assert [*outcomes, other.receive(DELIVERY).outcome] == ["busy", "duplicate"]
    close(first), close(second)


def test_block_slower_than_its_lease_keeps_its_claim() -> None:
    """once() renews as an endpoint does."""
    store = MemoryReplayStore()
    enough = counting(store, 4)
    with once(store, "a", lease=LEASE):
        assert enough.wait(60)
        assert not store.claim("a", 60)
    assert store.settled("a")


@pytest.mark.parametrize("kind", ["memory", "async redis"])
def test_coroutine_slower_than_its_lease_keeps_its_claim(kind: str, redis_prefix: str) -> None:
    """Under asyncio, with a blocking store and with one whose commands are awaited."""

    async def main() -> list[str]:
        store = (
            MemoryReplayStore()
            if kind == "memory"
            else AsyncRedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)
        )
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store, lease=LEASE)

        @webhook.on("call.completed")
        async def handle(_: object) -> None:
            outcomes.append((await webhook.areceive(DELIVERY)).outcome)
            await asyncio.sleep(1.5 * LEASE)
            outcomes.append((await webhook.areceive(DELIVERY)).outcome)

        outcomes = list[str]()
        outcomes.append((await webhook.areceive(DELIVERY)).outcome)
        if isinstance(store, AsyncRedisReplayStore):
            await store.aclose()
        return outcomes

    assert asyncio.run(main()) == ["busy", "busy", "handled"]


def test_claim_that_was_lost_all_the_same_is_logged(
    caplog: pytest.LogCaptureFixture, redis_prefix: str
) -> None:
    """The new owner keeps the claim, and the log says that the delivery may run twice."""
    with closing(RedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)) as store:
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store, lease=LEASE)

        @webhook.on("call.completed")
        def handle(_: object) -> None:
            key = webhook_key()
            store.confirm(key, 60)  # by another worker, while this process was stopped
            while LOST not in caplog.text:
                time.sleep(0.01)

        def webhook_key() -> str:
            return PamelaWebhook(SECRET).accept(DELIVERY).key

        assert webhook.receive(DELIVERY).outcome == "handled"


FORK = """
import os, signal, threading
from trunkline.webhooks import MemoryReplayStore, once

def renew_while_inside(store, key):
    renewed, renew = threading.Event(), store.renew
    store.renew = lambda *args: (renew(*args), renewed.set())[0]
    with once(store, key, lease=0.3):
        return renewed.wait(60)

store = MemoryReplayStore()
with once(store, "parent", lease=600):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        os._exit(0 if renew_while_inside(MemoryReplayStore(), "child") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert renew_while_inside(store, "later")
"""


def test_leases_are_renewed_on_both_sides_of_a_fork() -> None:
    """The renewal thread does not exist in the child, which starts its own."""
    subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK],
        env={**os.environ, "PYTHONPATH": str(Path(trunkline.__file__).parents[1])},
        check=True,
        timeout=100,
    )
