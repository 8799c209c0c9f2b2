"""The rows with the extra `fast`, in a separate process: the other rows disable it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import AsyncExitStack
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline import StateSetVoice
from trunkline_bench import extras, http_clients, peers
from trunkline_bench.results import OURS, Results
from trunkline_bench.server import running_server
from trunkline_bench.settings import FULL, QUICK
from trunkline_bench.timing import interleave, interleave_async, ratios

from . import concurrency, lists

if TYPE_CHECKING:
    from trunkline_bench.settings import Settings

_SCRIPTS: Final = Path(__file__).parents[2]
_QUICK: Final = "--quick"
_ROWS: Final = ("sync_fast", "async_50_fast", "list_100_fast")
_SYNC: Final = "http.client"
_ASYNC: Final = "aiohttp"


def measure(results: Results, settings: Settings) -> None:
    """Measure in a fresh process with the extra; leave the rows out where it is not installed."""
    if missing := extras.missing():
        results.skipped |= dict.fromkeys(_ROWS, f"not installed ({', '.join(missing)})")
        return
    command = [sys.executable, "-m", __name__, *([_QUICK] if settings is QUICK else [])]
    done = subprocess.run(command, cwd=_SCRIPTS, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    for key, contenders in found["values"].items():
        results.add(key, contenders)
    results.skipped |= found["skipped"]


def _measure_here(settings: Settings) -> Results:
    results = Results()
    with running_server() as base:
        results.add("sync_fast", _sync(base, settings, results))
    with running_server(delay=concurrency.DELAY) as base:
        width = 50 // settings.thinning
        if find_spec(_ASYNC):
            found = asyncio.run(_async(base, width, settings, results))
            results.add("async_50_fast", ratios(found, _ASYNC))
        else:
            results.skipped["async_50_fast"] = f"not installed ({_ASYNC})"
    lists.measure_time(results, settings, "list_100_fast")
    return results


def _sync(base: str, settings: Settings, results: Results) -> dict[str, list[float]]:
    call = peers.CALL
    with (
        StateSetVoice(peers.KEY, base_url=base) as ours,
        httpx.Client(base_url=base, headers=peers.AUTH) as plain,
    ):
        cases = {
            OURS: lambda: ours.make_call(
                to=call["to"], from_=call["from"], agent_key=call["agent_key"]
            ),
            "httpx": lambda: plain.post(peers.CALL_PATH, json=call).json(),
            **peers.build(http_clients.SYNC, base, results.skipped),
        }
        return ratios(interleave(cases, settings.calls, settings.rounds), _SYNC)


async def _async(
    base: str, width: int, settings: Settings, results: Results
) -> dict[str, list[float]]:
    makers = {OURS: concurrency.ours, **http_clients.ASYNC}
    async with AsyncExitStack() as stack:
        cases: dict[str, http_clients.AsyncCase] = {}
        for name, maker in makers.items():
            try:
                cases[name] = await stack.enter_async_context(maker(base, width))
            except ImportError as error:
                results.skipped[f"{name}, async"] = f"not installed ({error.name})"
        calls, rounds = settings.concurrent_calls, settings.concurrent_rounds
        return await interleave_async(cases, calls, rounds, width)


if __name__ == "__main__":
    print(json.dumps(asdict(_measure_here(QUICK if _QUICK in sys.argv else FULL))))
