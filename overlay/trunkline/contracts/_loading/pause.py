"""Pause the garbage collector while many long-lived objects are created."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

#: The number of full collections at the last time that garbage was left to the next one.
_left_at: list[int] = []


@contextmanager
def collector_paused(*, leaves_garbage: bool = False) -> Generator[None, None, None]:
    """Pause the cyclic collector, which would traverse a growing tree repeatedly.

    Args:
        leaves_garbage: leave the new objects to the next full collection instead of traversing
            them at the end; only once between full collections, so that garbage does not
            accumulate.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if leaves_garbage:
                _make_old()
            gc.enable()


def _make_old() -> None:
    collections: int = gc.get_stats()[-1]["collections"]
    if _left_at != [collections] and not gc.get_freeze_count():
        _left_at[:] = [collections]
        gc.freeze()
        gc.unfreeze()
