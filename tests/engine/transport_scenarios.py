"""Scenarios for tests of TLS, proxies and transports."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.engine.backends import BACKENDS, Backend, Caller, run
from tests.engine.proxies import Proxy

from trunkline import errors

in_every_backend = pytest.mark.parametrize("backend", BACKENDS)


async def both(caller: Caller) -> None:
    assert await caller.get() == "CA1"
    assert await caller.post() == "CA1"


async def refused(caller: Caller) -> errors.APIError:
    with pytest.raises(errors.APIError) as caught:
        await caller.post()
    return caught.value


class Listener(Proxy):
    """A listener with custom behaviour."""

    def __init__(self, behaviour: Any) -> None:
        super().__init__()
        self.serve = behaviour  # type: ignore[method-assign]  # the only difference


def own_client(backend: Backend, **settings: Any) -> Any:
    return httpx.Client(**settings) if backend == "sync" else httpx.AsyncClient(**settings)


def run_with(backend: Backend, client: Any, scenario: Any, **settings: Any) -> None:
    """Run a scenario with an httpx client, and close it too."""

    async def whole(caller: Caller) -> None:
        try:
            await scenario(caller)
        finally:
            if backend == "sync":
                client.close()
            else:
                await client.aclose()

    run(backend, whole, http_client=client, **settings)
