from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    def __init__(self, load: Callable[[K], V], size: int = 100) -> None:
        self._load = load
        self._size = size
        self._items: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V:
        if key not in self._items:
            self._items[key] = self._load(key)
            if len(self._items) > self._size:
                self._items.popitem(last=False)
        return self._items[key]

    def __iter__(self) -> Iterator[V]:
        return iter(self._items.values())


class Recent(Generic[V]):
    def __init__(self) -> None:
        self.items: deque[V] = deque(maxlen=10)

    def push(self, item: V) -> V:
        self.items.append(item)
        return item
