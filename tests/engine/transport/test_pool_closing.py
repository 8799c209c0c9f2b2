"""What happens to calls when their client is closed."""

from __future__ import annotations

import threading
import time

import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.server import Asked, Exchange, response

from trunkline import errors

pytestmark = pytest.mark.parametrize("backend", BACKENDS)


def test_a_closed_client_says_so(backend: Backend) -> None:
    """After close() every call is a ClientClosedError, also on copies; closing twice is fine."""

    async def scenario(caller: Caller) -> None:
        other = caller.client.with_options(deadline=5)
        await caller.get()
        await caller.aclose()
        assert caller.idle == 0
        for call in (caller.get, caller.post):
            with pytest.raises(errors.ClientClosedError):
                await call()
        caller.client = other
        with pytest.raises(errors.ClientClosedError):
            await caller.get()
        await caller.aclose()

    with Exchange() as server:
        run(backend, scenario, base_url=server.url)
        while server.open:
            time.sleep(0.001)


def test_what_is_under_way_ends_well_when_the_client_closes(backend: Backend) -> None:
    """A call that runs while the client closes gets its response, and its connection is closed."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(60)
        return response()

    async def scenario(caller: Caller) -> None:
        async def close() -> None:
            while not server.asked:
                await caller.tick()
            await caller.aclose()
            gate.set()

        assert await caller.together(caller.post, close) == ["CA1", None]
        assert (caller.free, caller.idle) == (100, 0)

    with Exchange(blocked) as server:
        run(backend, scenario, base_url=server.url)


def test_closing_stops_what_waits_for_a_connection(backend: Backend) -> None:
    """A call that had no connection yet was not sent, and says that the client is closed."""
    gate = threading.Event()

    def blocked(_asked: Asked) -> bytes:
        gate.wait(60)
        return response()

    async def scenario(caller: Caller) -> None:
        async def closing() -> str:
            while not server.asked:
                await caller.tick()
            for _ in range(20):
                await caller.tick()
            await caller.aclose()
            gate.set()
            return "closed"

        *made, _ = await caller.together(caller.post, caller.post, caller.post, closing)
        kinds = sorted(str(one) if isinstance(one, str) else type(one).__name__ for one in made)
        assert kinds == ["CA1", "ClientClosedError", "ClientClosedError"]
        assert caller.free == 1

    with Exchange(blocked) as server:
        run(backend, scenario, base_url=server.url, max_connections=1)
        assert len(server.asked) == 1
