"""The rules of paging by offset, cursor or token; no requests are made here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, overload

from trunkline._engine.session.deviations import ContractMismatchError
from trunkline._json import is_array, is_object
from trunkline._redact import shown

T = TypeVar("T")

#: Where a page begins: an offset, a cursor, or None for the first page of a list by cursor.
Position = int | str | None

_ID_TYPES: Final = frozenset({str, int, type(None)})
#: How many names of a response an error lists where the expected one is missing.
_NAMES: Final = 12


class PageInfo(NamedTuple):
    """What a list response says about itself; None for what it does not say.

    Attributes:
        items: the items, still as JSON.
        limit: the page size in effect, which the server may have lowered.
        next_offset: the offset of the next page, where the server names it.
        next_cursor: the cursor or token of the next page, for lists that are paged by one.
        facts: returns the facts about the response for an error about one of the items.
    """

    items: list[Any]
    total: int | None = None
    limit: int | None = None
    offset: int | None = None
    has_more: bool | None = None
    next_offset: int | None = None
    next_cursor: str | None = None
    facts: Callable[[], Mapping[str, Any]] = dict


def to_json_bytes(item: Any) -> bytes:
    """Return an item of a page as JSON, ``b""`` where it is nested too deep for that."""
    try:
        return json.dumps(item).encode()
    except RecursionError:
        return b""


def items_of(body: Any, key: str) -> list[Any]:
    """Return the items of a list's body: an empty list for null, the body itself if it is a list.

    Raises:
        ContractMismatchError: there is no list under that name; the message lists the names.
    """
    if is_array(body):
        return list(body)
    if is_object(body):
        value = body.get(key, body)
        if value is None or is_array(value):
            return list(value or ())
    raise ContractMismatchError(f"no list under {key!r}, {_described(body)}")


def _described(body: Any) -> str:
    if not is_object(body):
        return "and the response is not an object"
    names = [shown(str(name))[:40] for name in list(body)[:_NAMES]]
    more = f" and {len(body) - _NAMES} more" if len(body) > _NAMES else ""
    return f"but {', '.join(names)}{more}" if names else "the response is empty"


def ids_of(items: list[Any]) -> list[str | int | None]:
    """Return the ids of a page's items, None for those that have none."""
    found: list[Any] = [
        item.get("id") if type(item) is dict else None  # pyright: ignore[reportUnknownMemberType]
        for item in items
    ]
    if _ID_TYPES.issuperset(map(type, found)):
        return found
    return [each if isinstance(each, str | int) else None for each in found]


def non_negative_int(value: Any) -> int | None:
    """Return a JSON value that is a non-negative integer, else None."""
    usable = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if usable else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


#: The function that reads each fact that a page may state.
_FACTS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "total": non_negative_int,
    "limit": non_negative_int,
    "offset": non_negative_int,
    "next_offset": non_negative_int,
    "has_more": _flag,
    "next_cursor": _text,
}


def page_reader(key: str, **members: str) -> Callable[[Any], PageInfo]:
    """Return a function that reads the pages of a list.

    Args:
        key: the name of the items.
        members: the wire names of the facts that a page states, by the attributes of
            :class:`PageInfo`: ``total="count"``, ``next_cursor="nextCursor"``.
    """

    def read(body: Any) -> PageInfo:
        found: Mapping[str, Any] = body if is_object(body) else {}
        facts: dict[str, Any] = {}
        for name, member in members.items():
            facts[name] = _FACTS[name](found.get(member))
        return PageInfo(items_of(body, key), **facts)

    return read


def next_offset(info: PageInfo, offset: Position) -> int | None:
    """Return the offset of the page after this one, or None when this is the last.

    Args:
        info: what the page says.
        offset: the offset that was requested.
    """
    count, offset = len(info.items), int(offset or 0)
    if not count or info.has_more is False:
        return None
    if info.next_offset is not None:
        # A server that returns the same offset again would make a caller loop forever.
        return info.next_offset if info.next_offset > offset else None
    following = offset + count
    if info.has_more is None:
        ended = info.total is not None and following >= info.total
        short = info.total is None and info.limit is not None and count < info.limit
        return None if ended or short else following
    return following


def next_cursor(info: PageInfo, cursor: Position) -> str | None:
    """Return the cursor of the page after this one, or None when this is the last.

    An empty page may have a next one: some servers filter while they page. A cursor that points to
    itself ends the list.

    Args:
        info: what the page says.
        cursor: the cursor that was requested.
    """
    if info.has_more is False or not info.next_cursor or info.next_cursor == cursor:
        return None
    return info.next_cursor


class Items(Sequence[T]):
    """The items of a page; each becomes a model when it is accessed.

    Args:
        raw: the items as JSON.
        decode: makes a model of one, given the page's facts as well.
        facts: returns the facts about the response for an error about one of the items.
    """

    __slots__ = ("_decode", "_facts", "_items")

    def __init__(
        self,
        raw: list[Any],
        decode: Callable[[Callable[[], Mapping[str, Any]], Any], T],
        facts: Callable[[], Mapping[str, Any]],
    ) -> None:
        self._decode, self._facts = decode, facts
        # JSON is kept in a tuple until it is decoded: a thread never decodes a model again.
        self._items: list[Any] = [(item,) for item in raw]

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self._items)))]
        return self._item(index)

    def __iter__(self) -> Iterator[T]:
        items, decode, facts = self._items, self._decode, self._facts
        for index, item in enumerate(items):
            if item.__class__ is tuple:
                items[index] = made = decode(facts, item[0])
                yield made
            else:
                yield item

    def _item(self, index: int) -> T:
        item = self._items[index]
        if item.__class__ is tuple:
            item = self._items[index] = self._decode(self._facts, item[0])
        return item  # type: ignore[no-any-return]  # decoded on the line above

    def __repr__(self) -> str:
        return f"<{len(self._items)} items>"
