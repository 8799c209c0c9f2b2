"""Processes that reserve slots of one budget."""

from __future__ import annotations

import time
from multiprocessing import get_context
from typing import TYPE_CHECKING

from trunkline.limits import Budget, SharedRateLimit

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.limits.processes"])


def places(url: str, budget: Budget, prefix: str, processes: int, each: int) -> list[list[float]]:
    """Return when the requests of each process could start; none waits for its slot."""
    pipes = [CONTEXT.Pipe(duplex=False) for _ in range(processes)]
    arguments = (url, budget, prefix, processes, each)
    workers = [CONTEXT.Process(target=_reserve, args=(pipe, *arguments)) for _, pipe in pipes]
    for worker, (_, theirs) in zip(workers, pipes, strict=True):
        worker.start()
        theirs.close()
    reserved = [reader.recv() for reader, _ in pipes]
    for worker in workers:
        worker.join()
    return reserved


def _reserve(
    pipe: Connection, url: str, budget: Budget, prefix: str, processes: int, each: int
) -> None:
    with SharedRateLimit(url, [budget], fleet_size=processes, prefix=prefix) as limit:
        pipe.send([time.monotonic() + limit.reserve(float("inf")) for _ in range(each)])
