"""How a list begins: at once for threads, when it is awaited or iterated for tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Generator

    from trunkline._engine.client._async.page import AsyncPage

T = TypeVar("T")


class AsyncPaginator(Generic[T]):
    """A list that has not been asked for yet.

    ``await`` it for the first page, or iterate it with ``async for`` to get every item of every
    page.
    """

    __slots__ = ("_fetch",)

    def __init__(self, fetch: Callable[[], Awaitable[AsyncPage[T]]]) -> None:
        self._fetch = fetch

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        return self._fetch().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._fetch():
            yield item

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """Yield every page."""
        async for page in (await self._fetch()).pages():
            yield page


def async_start(fetch: Callable[[], Awaitable[AsyncPage[T]]]) -> AsyncPaginator[T]:
    """Return a list whose first page is fetched when it is awaited or iterated."""
    return AsyncPaginator(fetch)


def sync_start(fetch: Callable[[], T]) -> T:
    """Return the first page at once."""
    return fetch()
