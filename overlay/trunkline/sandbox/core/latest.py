"""A dictionary that keeps the latest items."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LatestDict"]

K = TypeVar("K")
T = TypeVar("T")


class LatestDict(dict[K, T]):
    """Drops the oldest items beyond a limit; `on_drop` is called with each of them."""

    def __init__(
        self, limit: Callable[[], int], on_drop: Callable[[T], None] | None = None
    ) -> None:
        super().__init__()
        self._limit = limit
        self._on_drop = on_drop

    def __setitem__(self, key: K, value: T) -> None:
        super().__setitem__(key, value)
        while len(self) > max(1, self._limit()):
            dropped = self.pop(next(iter(self)))
            if self._on_drop is not None:
                self._on_drop(dropped)
