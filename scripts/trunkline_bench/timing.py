"""Interleaved timing: each contender runs a slice in every round, and the order rotates.

Other load on the machine then affects all contenders alike; a ratio is computed within a round,
against the reference's slice of that round. CPU is the time of all threads of this process.
"""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

#: CPU seconds of one call, one value per round.
Costs = dict[str, list[float]]


def rotated(names: Iterable[str], by: int) -> list[str]:
    """Return the names, starting with a different one in each round."""
    listed = list(names)
    by %= len(listed)
    return listed[by:] + listed[:by]


def interleave(cases: Mapping[str, Callable[[], Any]], calls: int, rounds: int) -> Costs:
    """Measure calls; a case that costs much more than the others runs fewer of them."""
    shares = {name: _share(case, calls) for name, case in cases.items()}
    costs: Costs = {name: [] for name in cases}
    for number in range(rounds):
        for name in rotated(cases, number):
            costs[name].append(_slice(cases[name], shares[name]))
    return costs


def _share(case: Callable[[], Any], calls: int) -> int:
    case()
    began = time.process_time()
    case()
    # A millisecond is the cost of the slowest contenders of interest.
    slowness = (time.process_time() - began) / 0.001
    return max(3, round(calls / max(1.0, slowness)))


def _slice(case: Callable[[], Any], calls: int) -> float:
    gc.collect()
    began = time.process_time()
    for _ in range(calls):
        case()
    return (time.process_time() - began) / calls


async def interleave_async(
    cases: Mapping[str, Callable[[], Awaitable[Any]]], calls: int, rounds: int, width: int
) -> Costs:
    for case in cases.values():
        await run_concurrently(case, width * 2, width)
    costs: Costs = {name: [] for name in cases}
    for number in range(rounds):
        for name in rotated(cases, number):
            costs[name].append(await run_concurrently(cases[name], calls, width))
    return costs


async def run_concurrently(case: Callable[[], Awaitable[Any]], calls: int, width: int) -> float:
    """Run calls, `width` at once; return the CPU seconds of one."""
    share = max(1, calls // width)

    async def worker() -> None:
        for _ in range(share):
            await case()

    gc.collect()
    began = time.process_time()
    await asyncio.gather(*(worker() for _ in range(width)))
    return (time.process_time() - began) / (share * width)


def ratios(costs: Costs, reference: str) -> dict[str, list[float]]:
    """Return each contender's cost in units of the reference's, round by round."""
    base = costs[reference]
    return {
        name: [cost / unit for cost, unit in zip(values, base, strict=True)]
        for name, values in costs.items()
        if name != reference
    }
