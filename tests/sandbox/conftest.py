"""Clients of the sandbox, one for each provider, and a receiver for its webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from tests.sandbox.support import Receiver, headers_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.sandbox import Control, Sandbox


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    return sandbox.control


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def _client(base_url: str, provider: str) -> httpx.Client:
    headers = headers_for(provider)
    return httpx.Client(base_url=base_url, headers=headers, trust_env=False, timeout=60)


@pytest.fixture
def pamela(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(f"{sandbox.pamela_url}/api/b2b/v1", "pamela") as client:
        yield client


@pytest.fixture
def whispey(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(f"{sandbox.whispey_url}/v1", "whispey") as client:
        yield client


@pytest.fixture
def ingest(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(f"{sandbox.url}/whispey-ingest", "whispey_ingest") as client:
        yield client


@pytest.fixture
def stateset(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(sandbox.stateset_url, "stateset") as client:
        yield client


@pytest.fixture
def phone_ai(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(sandbox.phone_ai_url, "phone_ai") as client:
        yield client
