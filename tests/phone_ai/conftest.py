"""A scripted server, and the Phone.ai clients of every backend that use it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.providers import Backend, Scripted

from trunkline import AsyncPhoneAI, PhoneAI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.runtime import Runtime


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as server:
        yield server


@pytest.fixture(params=["sync", "asyncio", "trio"])
def phone(request: pytest.FixtureRequest, server: Scripted, hasty: Runtime) -> Backend:
    url = f"{server.url}/api"
    return Backend(
        request.param,
        partial(PhoneAI, "token-1", base_url=url, runtime=hasty),
        partial(AsyncPhoneAI, "token-1", base_url=url, runtime=hasty),
    )
