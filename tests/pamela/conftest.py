"""Clients of both backends for the sandbox, and for a server with scripted responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.pamela.support import KEY, TOKEN, Driver, Plain, Shifted, driver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.runtime import Runtime
    from trunkline.sandbox.server import Sandbox


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAMELA_API_KEY", "PAMELA_USER_TOKEN", "PAMELA_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=["sync", "async"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def time(sandbox: Sandbox) -> Shifted:
    return Shifted(sandbox)


@pytest.fixture
def pamela(backend: str, sandbox: Sandbox, time: Shifted) -> Iterator[Driver]:
    made = driver(
        backend, KEY, user_token=TOKEN, base_url=sandbox.pamela_url, runtime=time.runtime()
    )
    yield made
    made.close()


@pytest.fixture
def plain() -> Iterator[Plain]:
    with Plain() as server:
        yield server


@pytest.fixture
def at_plain(backend: str, plain: Plain, hasty: Runtime) -> Iterator[Driver]:
    made = driver(
        backend, "pk_live_k", user_token="t", base_url=plain.url, runtime=hasty, max_retries=0
    )
    yield made
    made.close()
