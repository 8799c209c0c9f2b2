# Derived from _engine/client/_async/page.py by `make generate`; do not edit.
"""Pages of a list, fetched as they are iterated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from trunkline._engine.client.paging import Items, PageInfo, Position, ids_of, next_offset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")


class PageFetcher(NamedTuple, Generic[T]):
    """Fetches the pages of one list.

    Attributes:
        fetch: requests the page at an offset or cursor.
        decode: turns the JSON of an item into a model; the first argument returns the page's facts.
        following: returns the offset or cursor of the next page, None after the last.
    """

    fetch: Callable[[Position], PageInfo]
    decode: Callable[[Callable[[], Mapping[str, Any]], Any], T]
    following: Callable[[PageInfo, Position], Position] = next_offset

    def page(self, position: Position) -> Page[T]:
        """Return the page at an offset or cursor."""
        return Page(self, self.fetch(position), position)


class Page(Generic[T]):
    """One page of a list; iterating it yields the items of this page and of all following ones.

    An item that was seen before (by its ``id``) is left out, because a list that grows at its
    head shifts items from one page to the next. A page that holds nothing new ends the list.

    Attributes:
        items: this page's items, a sequence that decodes each item when it is accessed;
            ``len(page.items)`` counts them. A page has no length of its own: it would not be the
            number of items that iterating it yields.
        total: how many items there are in all, or None where the server does not send it.
        limit: the page size in effect, or None.
        offset: the offset of this page's first item; None for a list by cursor.
    """

    __slots__ = ("_next", "_print", "_source", "ids", "items", "limit", "offset", "total")

    def __init__(self, source: PageFetcher[T], info: PageInfo, position: Position) -> None:
        self._source = source
        self._next = source.following(info, position)
        self.ids = ids_of(info.items)
        # Items without an id can only be compared by their content.
        self._print = hash(repr(info.items)) if None in self.ids else None
        self.items: Items[T] = Items(info.items, source.decode, info.facts)
        self.total, self.limit = info.total, info.limit
        self.offset = position if isinstance(position, int) else None

    @property
    def has_next(self) -> bool:
        """Whether another page can be requested."""
        return self._next is not None

    def next_page(self) -> Page[T] | None:
        """Return the page after this one, or None at the end.

        Raises:
            APIError: as for the first request of the list.
        """
        return None if self._next is None else self._source.page(self._next)

    def pages(self) -> Iterator[Page[T]]:
        """Yield this page and every one after it."""
        seen: set[Any] = set()
        begun: set[Position] = set()
        page: Page[T] | None = self
        while page is not None:
            if page.ids and seen.issuperset(page._marks):  # noqa: SLF001 - the same class
                return
            seen.update(page._marks)  # noqa: SLF001 - the same class
            yield page
            if page._next in begun:  # noqa: SLF001 - cursors that repeat
                return
            begun.add(page._next)  # noqa: SLF001 - the same class
            page = page.next_page()

    def __iter__(self) -> Iterator[T]:
        seen: set[Any] = set()
        for page in self.pages():
            for item_id, item in zip(page.ids, page.items, strict=True):
                if item_id is None or item_id not in seen:
                    seen.add(item_id)
                    yield item

    @property
    def _marks(self) -> set[Any]:
        """What identifies a page: its ids, or its content for items without one."""
        return {("page", self._print) if each is None else each for each in self.ids}

    def __bool__(self) -> bool:
        """Return whether this page holds an item."""
        return bool(self.ids)

    def __repr__(self) -> str:
        return f"<page of {len(self.items)} items at offset {self.offset}, total {self.total}>"
