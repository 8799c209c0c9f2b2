"""A list of a hundred calls: fetched and turned into typed models, all of them; and kept."""

from __future__ import annotations

import gc
import json
import tracemalloc
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline_generated.stateset_voice_public import AuthenticatedClient
from trunkline_generated.stateset_voice_public.api.call_logs import list_call_logs

from . import peers
from .results import OURS
from .server import running_server
from .timing import interleave, ratios

if TYPE_CHECKING:
    from collections.abc import Callable

    from .results import Results
    from .settings import Settings

    Case = Callable[[], Any]

#: Room, class, group of methods, path: every APIClient that has a list of calls.
LISTS: Final = (
    ("stateset_voice", "StateSetVoice", "call_logs", "/api/v1/call-logs"),
    ("pamela", "Pamela", "calls", "/api/b2b/v1/calls"),
    ("whispey", "Whispey", "calls", "/v1/calls"),
)
_PLAIN: Final = "httpx"
_COPIES: Final = 5


def measure(results: Results, settings: Settings) -> None:
    """Measure every list against httpx on the same page; the slowest is what counts."""
    with running_server() as base:
        for room, kind, group, path in LISTS:
            with ExitStack() as stack:
                cases = _cases(base, room, kind, group, path, stack)
                cases |= _peers(base, room, results, stack)
                costs = interleave(cases, max(3, settings.calls // 3), settings.rounds)
                _note(results, room, ratios(costs, _PLAIN))
                _note_memory(results, room, cases[OURS], base + path)
    for key in ("list_100", "page_memory"):
        medians = {n: v for n, v in results.medians(key).items() if n.startswith(OURS)}
        worst = max(medians, key=lambda name: medians[name])
        results.add(key, {OURS: results.values[key][worst]})


def _cases(
    base: str, room: str, kind: str, group: str, path: str, stack: ExitStack
) -> dict[str, Case]:
    plain = stack.enter_context(httpx.Client(base_url=base, headers=peers.AUTH))
    client = getattr(import_module(f"trunkline.{room}"), kind)(peers.KEY, base_url=base)
    calls = getattr(stack.enter_context(client), group)
    return {
        _PLAIN: lambda: plain.get(path, params={"limit": 100}).json(),
        OURS: lambda: list(calls.list(limit=100).items),
    }


def _peers(base: str, room: str, results: Results, stack: ExitStack) -> dict[str, Case]:
    if room == "stateset_voice":
        stock = stack.enter_context(AuthenticatedClient(base_url=base, token=peers.KEY))
        return {"generated client": lambda: list_call_logs.sync(client=stock, limit=100)}
    if room == "pamela":
        return peers.build({"thisispamela, untyped": peers.pamela_list}, base, results.skipped)
    return {}


def _note(results: Results, room: str, found: dict[str, list[float]]) -> None:
    ours = found.pop(OURS)
    results.add("list_100", {f"{OURS}, {room}": ours, **found})


def _note_memory(results: Results, room: str, case: Case, url: str) -> None:
    body = httpx.get(url).content
    plain = _kept(lambda: json.loads(body))
    results.add("page_memory", {f"{OURS}, {room}": [_kept(case) / plain]})


def _kept(case: Case) -> float:
    """Return the bytes that one result keeps alive."""
    held = [case()]
    gc.collect()
    tracemalloc.start()
    held += [case() for _ in range(_COPIES)]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / (len(held) - 1)
