"""Rules of paging: every item once, and an end in all cases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline._engine.client._async.page import AsyncPage, AsyncPageFetcher
from trunkline._engine.client._sync.page import Page, PageFetcher
from trunkline._engine.client.paging import (
    Items,
    PageInfo,
    next_cursor,
    next_offset,
    non_negative_int,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def items(*numbers: int) -> list[dict[str, int]]:
    return [{"id": number} for number in numbers]


def number_of(_facts: Mapping[str, Any], item: dict[str, int]) -> int:
    return item["id"]


@pytest.mark.parametrize(
    ("info", "offset", "expected"),
    [
        (PageInfo([]), 0, None),
        (PageInfo([], has_more=True), 0, None),
        (PageInfo(items(1, 2)), 0, 2),
        (PageInfo(items(1, 2), total=2), 0, None),
        (PageInfo(items(1, 2), total=3), 0, 2),
        (PageInfo(items(1, 2), total=1), 5, None),
        (PageInfo(items(1, 2), limit=2), 0, 2),
        (PageInfo(items(1), limit=2), 0, None),
        (PageInfo(items(1), limit=2, total=9), 0, 1),
        (PageInfo(items(1), has_more=False, total=9), 0, None),
        (PageInfo(items(1), has_more=True, total=1), 0, 1),
        (PageInfo(items(1), has_more=True, limit=50), 7, 8),
        (PageInfo(items(1), next_offset=40), 0, 40),
        (PageInfo(items(1), next_offset=40, has_more=False), 0, None),
        (PageInfo(items(1), next_offset=0), 0, None),
        (PageInfo(items(1), next_offset=3), 5, None),
    ],
)
def test_where_the_next_page_begins(info: PageInfo, offset: int, expected: int | None) -> None:
    """has_more decides, then the server's next offset, then total, then a short page."""
    assert next_offset(info, offset) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (5, 5), (-1, None), (True, None), (1.0, None), ("3", None)]
)
def test_counts_are_whole_numbers(value: object, expected: int | None) -> None:
    """Any other JSON value is ignored."""
    assert non_negative_int(value) == expected


class Server:
    """Serves pages of a list, correct or not as configured."""

    def __init__(self, total: int, size: int, *, tells: set[str], stuck_after: int = -1) -> None:
        self.list = items(*range(total))
        self.size, self.tells, self.stuck_after = size, tells, stuck_after
        self.asked: list[int] = []

    def fetch(self, offset: int) -> PageInfo:
        self.asked.append(offset)
        place = 0 if 0 <= self.stuck_after < len(self.asked) else offset
        found = [dict(item) for item in self.list[place : place + self.size]]
        return PageInfo(
            found,
            total=len(self.list) if "total" in self.tells else None,
            limit=self.size if "limit" in self.tells else None,
            has_more=place + len(found) < len(self.list) if "has_more" in self.tells else None,
            next_offset=place + len(found) if "next_offset" in self.tells else None,
        )

    async def async_fetch(self, offset: int) -> PageInfo:
        await asyncio.sleep(0)
        return self.fetch(offset)


tells = st.sets(st.sampled_from(["total", "limit", "has_more", "next_offset"]))


@given(st.integers(0, 60), st.integers(1, 20), tells)
def test_an_honest_list_is_read_to_its_end(total: int, size: int, told: set[str]) -> None:
    """Whichever of total, limit, has_more and next_offset the server sends: every item, once."""
    server = Server(total, size, tells=told)
    seen = list(PageFetcher(server.fetch, number_of).page(0))
    assert seen == list(range(total))
    assert len(server.asked) <= total // size + 2


@given(st.integers(0, 60), st.integers(1, 20), tells)
def test_sync_and_async_read_the_same(total: int, size: int, told: set[str]) -> None:
    """The async page asks for the same offsets and yields the same items."""
    server, twin = Server(total, size, tells=told), Server(total, size, tells=told)

    async def run() -> list[int]:
        page = await AsyncPageFetcher(server.async_fetch, number_of).page(0)
        return [number async for number in page]

    assert asyncio.run(run()) == list(PageFetcher(twin.fetch, number_of).page(0))
    assert server.asked == twin.asked


@given(st.integers(1, 60), st.integers(1, 20), tells, st.integers(0, 4))
def test_a_server_that_does_not_advance_is_left(
    total: int, size: int, told: set[str], stuck_after: int
) -> None:
    """If every page is the first page again, the list ends and repeats nothing."""
    server = Server(total, size, tells=told, stuck_after=stuck_after)
    seen = list(PageFetcher(server.fetch, number_of).page(0))
    assert len(seen) == len(set(seen))
    assert len(server.asked) <= stuck_after + 2


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=12))
def test_duplicates_are_left_out(pages: list[list[int]]) -> None:
    """A list that grows at its head shifts items onto the next page; each is returned once."""

    def fetch(offset: int) -> PageInfo:
        index = offset // 100
        found = items(*pages[index]) if index < len(pages) else []
        return PageInfo(found, has_more=True, next_offset=(index + 1) * 100)

    seen = list(PageFetcher(fetch, number_of).page(0))
    assert len(seen) == len(set(seen))
    first = next((n for n, page in enumerate(pages) if not page), len(pages))
    assert set(seen) <= {number for page in pages[:first] for number in page}


def test_items_without_an_id_end_too() -> None:
    """A repeated page of items without ids is recognised by its content."""
    asked: list[int] = []

    def fetch(offset: int) -> PageInfo:
        asked.append(offset)
        return PageInfo([{"day": 1}, {"day": 1}, "text", None], has_more=True)

    def whole_item(_facts: Mapping[str, Any], item: Any) -> Any:
        return item

    assert list(PageFetcher(fetch, whole_item).page(0)) == [{"day": 1}, {"day": 1}, "text", None]
    assert asked == [0, 4]


def test_items_are_decoded_when_they_are_looked_at() -> None:
    """Only the items read from a page are decoded, and none twice."""
    decoded: list[int] = []

    def decode(_facts: Mapping[str, Any], item: dict[str, int]) -> int:
        decoded.append(item["id"])
        return item["id"]

    page = PageFetcher(lambda _offset: PageInfo(items(1, 2, 3), total=3), decode).page(0)
    assert (bool(page), len(page.items), page.total, page.has_next) == (True, 3, 3, False)
    assert (page.items[1], page.items[1], page.items[-1]) == (2, 2, 3)
    assert decoded == [2, 3]
    assert page.items[0:2] == [1, 2]
    assert list(page.items) == [1, 2, 3]
    assert decoded == [2, 3, 1]
    with pytest.raises(IndexError):
        page.items[3]


def test_a_page_shows_no_items() -> None:
    """The repr counts them: they may be personal data."""
    page = PageFetcher(lambda _offset: PageInfo([{"id": "secret"}], total=1), number_of).page(0)
    assert repr(page) == "<page of 1 items at offset 0, total 1>"
    assert repr(page.items) == "<1 items>"
    assert isinstance(page, Page)


def test_the_last_page_has_no_next() -> None:
    """next_page() is None at the end, in both backends."""
    server = Server(3, 2, tells={"total"})
    page = PageFetcher(server.fetch, number_of).page(0)
    following = page.next_page()
    assert following is not None
    assert following.next_page() is None

    async def run() -> AsyncPage[int] | None:
        return await (await AsyncPageFetcher(server.async_fetch, number_of).page(2)).next_page()

    assert asyncio.run(run()) is None


def test_items_of_any_kind_are_read() -> None:
    """Slices, negative indexes and membership work as for any sequence."""
    made = Items([{"id": 1}, {"id": 2}], lambda _, item: item["id"], {})
    assert made[::-1] == [2, 1]
    assert 2 in made
    assert made.index(2) == 1


@pytest.mark.parametrize(
    ("info", "cursor", "expected"),
    [
        (PageInfo(items(1), next_cursor="b"), "a", "b"),
        (PageInfo(items(1), next_cursor="b"), None, "b"),
        (PageInfo([], next_cursor="b"), "a", "b"),
        (PageInfo(items(1), next_cursor="a"), "a", None),
        (PageInfo(items(1), next_cursor=""), "a", None),
        (PageInfo(items(1)), "a", None),
        (PageInfo(items(1), next_cursor="b", has_more=False), "a", None),
    ],
)
def test_where_the_next_cursor_leads(
    info: PageInfo, cursor: str | None, expected: str | None
) -> None:
    """The server's cursor is used until there is none, it repeats, or nothing is left."""
    assert next_cursor(info, cursor) == expected


def test_a_list_by_cursor_goes_through_every_page() -> None:
    """Cursors are sent back unchanged; an empty page in between is not the end."""
    chain: dict[Any, PageInfo] = {
        None: PageInfo(items(1, 2), next_cursor="b"),
        "b": PageInfo([], next_cursor="c"),
        "c": PageInfo(items(2, 3)),
    }
    source = PageFetcher(chain.__getitem__, number_of, next_cursor)
    first = source.page(None)
    assert list(first) == [1, 2, 3]
    assert (first.offset, first.has_next) == (None, True)


def test_cursors_that_lead_in_a_circle_end() -> None:
    """A server that sends cursors in a cycle, even with empty pages, does not block the reader."""
    chain = {"a": PageInfo([], next_cursor="b"), "b": PageInfo([], next_cursor="a")}
    source = PageFetcher(lambda cursor: chain[str(cursor or "a")], number_of, next_cursor)
    assert list(source.page("a")) == []
