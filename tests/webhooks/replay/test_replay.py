import asyncio
import socketserver
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis
import redis.asyncio
from tests.redis_server import REDIS_URL

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    AsyncRedisReplayStore,
    MemoryReplayStore,
    Reason,
    RedisReplayStore,
    ReplayStore,
    ReplayStoreError,
    SQLiteReplayStore,
    WebhookVerificationError,
    once,
)


class Blocking:
    """A blocking wrapper for an async store, so that one test covers all stores."""

    def __init__(self, store: AsyncRedisReplayStore, loop: asyncio.Runner) -> None:
        self._store = store
        self._loop = loop

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        return self._loop.run(self._store.claim(key, ttl, owner))

    def renew(self, key: str, ttl: float, owner: str) -> bool:
        return self._loop.run(self._store.renew(key, ttl, owner))

    def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        return self._loop.run(self._store.confirm(key, ttl, owner))

    def settled(self, key: str) -> bool:
        return self._loop.run(self._store.settled(key))

    def release(self, key: str, owner: str | None = None) -> None:
        self._loop.run(self._store.release(key, owner))


@pytest.fixture(params=["memory", "sqlite", "redis", "async redis"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, redis_prefix: str
) -> Iterator[ReplayStore]:
    if request.param == "memory":
        yield MemoryReplayStore()
    elif request.param == "sqlite":
        with SQLiteReplayStore(tmp_path / "replay.db") as sqlite_store:
            yield sqlite_store
    elif request.param == "redis":
        with closing(RedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)) as redis_store:
            yield redis_store
    else:
        async_store = AsyncRedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)
        with asyncio.Runner() as runner:
            yield Blocking(async_store, runner)
            runner.run(async_store.aclose())


def test_key_is_claimed_once(store: ReplayStore) -> None:
    """The first claim wins, a claim is not settled, and other keys are free."""
    assert store.claim("a", 60)
    assert not store.claim("a", 60)
    assert not store.settled("a")
    assert store.claim("b", 60)


def test_claim_whose_answer_was_lost_is_won_by_asking_again(store: ReplayStore) -> None:
    """The owner gets its own claim again, and nobody else does."""
    assert store.claim("a", 60, "mine")
    assert store.claim("a", 60, "mine")
    assert not store.claim("a", 60, "yours")


def test_confirmed_key_stays(store: ReplayStore) -> None:
    """A handled key is settled, and no claim, confirmation or release changes that."""
    for key, owner in (("a", None), ("b", "mine")):
        assert store.claim(key, 60, owner)
        assert store.confirm(key, 60, owner)
        assert store.settled(key)
        assert not store.claim(key, 60)
        assert not store.claim(key, 60, "confirmed")
        assert store.confirm(key, 60, "yours")
        store.release(key, owner)
        assert store.settled(key)


def test_released_key_is_free_again(store: ReplayStore) -> None:
    """After a failure the next delivery can be claimed; releasing a free key is harmless."""
    assert store.claim("a", 60, "mine")
    store.release("a", "mine")
    assert not store.settled("a")
    assert store.claim("a", 60)
    store.release("never claimed", "mine")


def test_claim_is_given_back_by_its_owner_only(store: ReplayStore) -> None:
    """Neither another owner nor a caller without one can let a third worker in."""
    assert store.claim("a", 60, "mine")
    for stranger in ("yours", "", None):
        store.release("a", stranger)
        assert not store.claim("a", 60, "yours")


def test_late_handler_does_not_touch_the_claim_of_whoever_took_over(store: ReplayStore) -> None:
    """It cannot release, confirm or renew the claim until the new owner is done."""
    assert store.claim("a", 0.02, "late")
    threading.Event().wait(0.05)
    assert store.claim("a", 60, "second")
    store.release("a", "late")
    assert not store.confirm("a", 60, "late")
    assert not store.renew("a", 60, "late")
    assert not store.claim("a", 60, "third")
    assert not store.settled("a")
    assert store.confirm("a", 60, "second")
    store.release("a", "late")
    assert store.settled("a")


def test_late_handler_still_confirms_what_nobody_took_over(store: ReplayStore) -> None:
    """The lease has expired, the key is free, and the delivery was handled after all."""
    assert store.claim("a", 0.02, "late")
    threading.Event().wait(0.05)
    assert not store.renew("a", 60, "late")
    assert store.confirm("a", 60, "late")
    assert store.settled("a")


def test_renewed_lease_begins_anew(store: ReplayStore) -> None:
    """The claim outlives its first lease, and a confirmed key cannot be renewed."""
    assert store.claim("a", 1.0, "mine")
    assert store.renew("a", 60, "mine")
    threading.Event().wait(1.1)
    assert not store.claim("a", 60, "yours")
    assert store.confirm("a", 60, "mine")
    assert not store.renew("a", 60, "mine")


def test_abandoned_claim_ends_with_its_lease(store: ReplayStore) -> None:
    """An unconfirmed claim is free after its time, and so is a confirmation."""
    assert store.claim("a", 0.02)
    store.confirm("b", 0.02)
    threading.Event().wait(0.05)
    assert not store.settled("b")
    assert store.claim("a", 60)
    assert store.claim("b", 60)


def test_only_one_of_many_threads_gets_the_key(tmp_path: Path, redis_prefix: str) -> None:
    """The claim is atomic between threads of one process."""
    with (
        SQLiteReplayStore(tmp_path / "replay.db") as in_file,
        closing(RedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)) as in_redis,
    ):
        for store in (MemoryReplayStore(), in_file, in_redis):
            start, won = threading.Barrier(8), list[bool]()

            def claim(store: ReplayStore = store, won: list[bool] = won) -> None:
                start.wait()  # noqa: B023 - the threads end within the iteration
                won.append(store.claim("a", 60))

            threads = [threading.Thread(target=claim) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert sorted(won) == [False] * 7 + [True]


def test_memory_is_bounded_and_refuses_rather_than_forgets() -> None:
    """A full table drops expired entries, never live ones."""
    now = [0.0]
    store = MemoryReplayStore(capacity=2, clock=lambda: now[0])
    assert store.claim("a", 10)
    assert store.claim("b", 20)
    with pytest.raises(ReplayStoreError, match="full"):
        store.claim("c", 10)
    assert not store.claim("a", 10)
    now[0] = 10.0
    assert store.claim("c", 10)
    assert not store.claim("b", 10)


@pytest.mark.parametrize("timeout", [float("inf"), float("nan"), 0, -1, True, "5", None])
def test_timeout_that_is_none_is_found_when_a_store_is_built(tmp_path: Path, timeout: Any) -> None:
    """Every store that waits raises our own error."""
    for build in (
        lambda: SQLiteReplayStore(tmp_path / "replay.db", timeout=timeout),
        lambda: RedisReplayStore.from_url("redis://localhost", timeout=timeout),
        lambda: AsyncRedisReplayStore.from_url("redis://localhost", timeout=timeout),
    ):
        with pytest.raises(ConfigurationError, match="timeout is a finite number of seconds"):
            build()


def test_redis_that_is_down_is_a_store_error() -> None:
    """Nothing listens on the port, and every method raises our error."""
    store = RedisReplayStore.from_url("redis://127.0.0.1:1/0", timeout=0.5)
    for call in (
        lambda: store.claim("a", 1),
        lambda: store.confirm("a", 1),
        lambda: store.settled("a"),
        lambda: store.release("a"),
    ):
        with pytest.raises(ReplayStoreError, match="Redis failed: ConnectionError"):
            call()
    store.close()


def test_redis_that_is_down_is_a_store_error_for_asyncio() -> None:
    """The async twin does the same."""

    async def main() -> None:
        store = AsyncRedisReplayStore.from_url("redis://127.0.0.1:1/0", timeout=0.5)
        calls: list[Callable[[], Awaitable[Any]]] = [
            lambda: store.claim("a", 1),
            lambda: store.confirm("a", 1),
            lambda: store.settled("a"),
            lambda: store.release("a"),
        ]
        for call in calls:
            with pytest.raises(ReplayStoreError, match="Redis failed: ConnectionError"):
                await call()
        await store.aclose()

    asyncio.run(main())


class LosesAnAnswer:
    """A client that, like redis-py, repeats a command whose reply was lost."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def eval(self, *args: Any) -> Any:
        self._client.eval(*args)
        return self._client.eval(*args)


def test_redis_claim_survives_a_repeated_command(redis_prefix: str) -> None:
    """A claim that the client sent twice still succeeds, also with a decoding client."""
    for key, decode in (("a", False), ("b", True)):
        client = redis.Redis.from_url(REDIS_URL, decode_responses=decode)
        assert RedisReplayStore(LosesAnAnswer(client), prefix=redis_prefix).claim(key, 60)
        store = RedisReplayStore(client, prefix=redis_prefix)
        assert not store.claim(key, 60)
        store.confirm(key, 60)
        assert store.settled(key)
        store.close()


def test_once_runs_a_block_once_and_lets_a_failed_one_in_again() -> None:
    """The helper for code without an endpoint: replayed, released or confirmed."""
    store = MemoryReplayStore()
    with pytest.raises(KeyboardInterrupt), once(store, "a"):
        raise KeyboardInterrupt
    with once(store, "a"):
        with pytest.raises(WebhookVerificationError) as busy, once(store, "a"):
            pytest.fail("entered twice")
        assert busy.value.reason is Reason.REPLAYED
    with pytest.raises(WebhookVerificationError, match="handled before"), once(store, "a"):
        pytest.fail("entered twice")


class NoRedis(socketserver.BaseRequestHandler):
    """Replies to every command with the same line."""

    line = b""

    def handle(self) -> None:
        while self.request.recv(4096):
            self.request.sendall(self.line)


@pytest.mark.parametrize("line", [b":abc\r\n", b"HTTP/1.1 400 X\r\n"])
def test_what_is_no_redis_is_a_store_that_is_down(line: bytes) -> None:
    """Any redis-py error about another server's reply is the store's own error."""
    kind = type("Handler", (NoRedis,), {"line": line})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"redis://127.0.0.1:{server.server_address[1]}/0"
        with closing(RedisReplayStore.from_url(url, timeout=1)) as store:
            for use in (store.settled, lambda key: store.claim(key, 60)):
                with pytest.raises(ReplayStoreError, match="Redis failed"):
                    use("key")
        server.shutdown()
