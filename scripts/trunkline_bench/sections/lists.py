"""A list of a hundred calls: time to fetch and parse it into typed models, and memory."""

from __future__ import annotations

import gc
import json
import tracemalloc
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx

from trunkline_bench import peers
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.timing import interleave, ratios
from trunkline_generated.stateset_voice_public import AuthenticatedClient
from trunkline_generated.stateset_voice_public.api.call_logs import list_call_logs

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

    Case = Callable[[], Any]


class List(NamedTuple):
    """An API that has a list of calls."""

    provider: str
    client: str
    resource: str
    path: str


LISTS: Final = (
    List("stateset_voice", "StateSetVoice", "call_logs", "/api/v1/call-logs"),
    List("pamela", "Pamela", "calls", "/api/b2b/v1/calls"),
    List("whispey", "Whispey", "calls", "/v1/calls"),
)
_PLAIN: Final = "httpx"
_COPIES: Final = 5


def measure(results: Results, settings: Settings) -> None:
    """Measure time and memory of every list; the slowest counts."""
    measure_time(results, settings, "list_100")
    with running_server() as base, ExitStack() as stack:
        for api in LISTS:
            case = _cases(base, api, stack)[OURS]
            _note_memory(results, api.provider, case, base + api.path)
    _keep_worst(results, "page_memory")


def measure_time(results: Results, settings: Settings, key: str) -> None:
    with running_server() as base:
        for api in LISTS:
            with ExitStack() as stack:
                cases = _cases(base, api, stack) | _peers(base, api.provider, results, stack)
                calls = max(3, settings.calls // 3)
                found = ratios(interleave(cases, calls, settings.rounds), _PLAIN)
                results.add(key, {f"{OURS}, {api.provider}": found.pop(OURS), **found})
    _keep_worst(results, key)


def _keep_worst(results: Results, key: str) -> None:
    medians = {n: v for n, v in results.medians(key).items() if n.startswith(OURS)}
    worst = max(medians, key=lambda name: medians[name])
    results.add(key, {OURS: results.values[key][worst]})


def _cases(base: str, api: List, stack: ExitStack) -> dict[str, Case]:
    plain = stack.enter_context(httpx.Client(base_url=base, headers=peers.AUTH))
    kind = getattr(import_module(f"trunkline.{api.provider}"), api.client)
    calls = getattr(stack.enter_context(kind(peers.KEY, base_url=base)), api.resource)
    return {
        _PLAIN: lambda: plain.get(api.path, params={"limit": 100}).json(),
        OURS: lambda: list(calls.list(limit=100).items),
    }


def _peers(base: str, provider: str, results: Results, stack: ExitStack) -> dict[str, Case]:
    if provider == "stateset_voice":
        stock = stack.enter_context(AuthenticatedClient(base_url=base, token=peers.KEY))
        return {"generated client": lambda: list_call_logs.sync(client=stock, limit=100)}
    if provider == "pamela":
        return peers.build({"thisispamela, untyped": peers.pamela_list}, base, results.skipped)
    return {}


def _note_memory(results: Results, provider: str, case: Case, url: str) -> None:
    body = httpx.get(url).content
    plain = _kept(lambda: json.loads(body))
    results.add("page_memory", {f"{OURS}, {provider}": [_kept(case) / plain]})


def _kept(case: Case) -> float:
    held = [case()]
    gc.collect()
    tracemalloc.start()
    held += [case() for _ in range(_COPIES)]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / (len(held) - 1)
