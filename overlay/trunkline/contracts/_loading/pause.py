"""Keep the garbage collector still while many objects are made that all stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

#: How many full collections there had been when garbage was last left to the next one.
_left_at: list[int] = []


@contextmanager
def collector_paused(*, leaves_garbage: bool = False) -> Generator[None, None, None]:
    """Pause the cyclic collector, which would walk a growing tree again and again.

    Args:
        leaves_garbage: what was made is not walked at the end either, but in the next full
            collection; only once before that, so that garbage does not pile up.
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
