"""Reset state in forked children that must not be shared with the parent.

In the child, a lock may be held by a thread that does not exist, a pool has no threads, and a
database connection must not be used by both processes.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet

__all__ = ["restart_in_children"]


class Restartable(Protocol):
    """An object with state that must not cross a fork."""

    def restart(self) -> None:
        """Reset; called first in the child."""
        ...


_watched = WeakSet[Restartable]()


def restart_in_children(thing: Restartable) -> None:
    """Call ``restart`` of an object in every forked child, as long as the object exists."""
    _watched.add(thing)


def _restart_all() -> None:
    for thing in _watched:
        thing.restart()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_restart_all)
