"""The translation of async source into its sync twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline_pipeline import toolchain
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.files import banner
from trunkline_pipeline.inputs import manifest
from trunkline_pipeline.unasync import unasync

ROOT = Path(__file__).parents[3]

ASYNC = '''"""Clients; an :class:`AsyncAgents` is closed with ``await agents.aclose()``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Self

import httpx

from trunkline._engine.session._async.session import AsyncSession
from trunkline._engine.transport.concurrency import async_shield
from trunkline_generated.pamela.api.calls import create_call

__all__ = ["AsyncAgents", "AlwaysOpen"]


class AsyncAgents(_AsyncBase, httpx.AsyncBaseTransport):
    def __init__(self, read: Callable[[], Awaitable[dict[str, list[int]]]]) -> None:
        self._read = read

    async def __aenter__(self) -> Self:
        return self

    async def __aiter__(self) -> AsyncIterator[int]:
        async for item in self.response.aiter_bytes():
            yield [part async for part in item]

    async def aclose(self) -> None:
        async with self._lock, async_shield():  # noqa: ASYNC100 - closing is short
            print(f"{await self._read()} of an AsyncAgents")
            await self.runtime.async_sleep(1)
        return (await create_call.asyncio_detailed(client=self)).parsed

    async def create(self) -> str:
        return await create_call.asyncio(client=self, stream=httpx.AsyncByteStream())
'''

SYNC = '''"""Clients; an :class:`Agents` is closed with ``agents.close()``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self

import httpx

from trunkline._engine.session._sync.session import Session
from trunkline._engine.transport.concurrency import sync_shield
from trunkline_generated.pamela.api.calls import create_call

__all__ = ["Agents", "AlwaysOpen"]


class Agents(_Base, httpx.BaseTransport):
    def __init__(self, read: Callable[[], dict[str, list[int]]]) -> None:
        self._read = read

    def __enter__(self) -> Self:
        return self

    def __iter__(self) -> Iterator[int]:
        for item in self.response.iter_bytes():
            yield [part for part in item]

    def close(self) -> None:
        with self._lock, sync_shield():
            print(f"{self._read()} of an Agents")
            self.runtime.sleep(1)
        return (create_call.sync_detailed(client=self)).parsed

    def create(self) -> str:
        return create_call.sync(client=self, stream=httpx.SyncByteStream())
'''


def render(folder: Path, **sources: str) -> dict[str, str]:
    for name, source in sources.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    ruff = toolchain.Ruff.pinned(manifest.load(ROOT / "api-contracts" / "contracts.toml").ruff)
    return {name: data.decode() for name, data in unasync.render(folder, ruff).items()}


def test_the_sync_module_reads_as_if_written_by_hand(tmp_path: Path) -> None:
    """Code, docstrings, f-strings, imports and their order match a handwritten sync module."""
    rendered = render(
        tmp_path, api___async=ASYNC.replace("AsyncSession\n", "AsyncSession  # noqa: F401\n")
    )
    banner, _, text = rendered["api/_sync.py"].partition("\n")
    assert banner.startswith("# Derived from api/_async.py by `make generate`; do not edit.")
    assert text.replace("  # noqa: F401", "") == SYNC


def test_the_banner_of_a_derived_source_does_not_come_twice(tmp_path: Path) -> None:
    """The twin of a derived module names only its own source."""
    for number, origin in enumerate(("b.py", f"{'b' * 80}.py")):
        made = render(tmp_path / str(number), a___async=banner(origin) + "A = 1\n")["a/_sync.py"]
        assert made == banner("a/_async.py") + "A = 1\n"
        assert all(len(line) <= 100 for line in banner(origin).splitlines())


def test_only_async_modules_have_sync_ones(tmp_path: Path) -> None:
    """A module `_async.py` and every module in a folder `_async` has one, at any depth."""
    source = "A = 1\n"
    rendered = render(
        tmp_path, plain=source, my_async=source, a___async=source, b___async__c=source
    )
    assert set(rendered) == {"a/_sync.py", "b/_sync/c.py"}


@pytest.mark.parametrize(
    "source", ["async  def f(): pass\n", "x = (await\n     y)\n", "async\\\n def f(): ...\n"]
)
def test_what_cannot_be_translated_is_refused(tmp_path: Path, source: str) -> None:
    """No async code is left unnoticed."""
    with pytest.raises(PipelineError, match="no sync form"):
        render(tmp_path, _async=source)


def test_prose_about_the_keywords_stays(tmp_path: Path) -> None:
    """A comment or docstring may still mention `await`."""
    source = '"""Use `await` here."""\n\n# an await is a pause\n'
    assert "`await`" in render(tmp_path, _async=source)["_sync.py"]
