"""Pages of calls, and when they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply
from tests.whispey.page import success

from trunkline.errors import MissingFieldError, ResponseValidationError

if TYPE_CHECKING:
    from tests.providers import Backend, Scripted


def reply(*ids: str, **pagination: Any) -> Reply:
    return Reply(200, success([{"id": name} for name in ids], pagination=pagination))


def ids(whispey: Backend, **arguments: Any) -> list[str]:
    return [call.id for call in whispey.items(lambda client: client.calls.list(**arguments))]


def test_pages_follow_until_there_is_no_more(whispey: Backend, server: Scripted) -> None:
    """``has_more: false`` ends the list."""
    server.then(reply("a", "b", has_more=True), reply("c", has_more=False))
    assert ids(whispey, limit=2) == ["a", "b", "c"]
    assert [asked.path for asked in server.asked] == [
        "/v1/calls?limit=2",
        "/v1/calls?limit=2&offset=2",
    ]


def test_an_empty_page_ends_the_list(whispey: Backend, server: Scripted) -> None:
    """Even when it claims that there is more."""
    server.then(reply("a", has_more=True), reply(has_more=True))
    assert ids(whispey) == ["a"]


def test_shifted_calls_come_once(whispey: Backend, server: Scripted) -> None:
    """A call that a newer one pushed onto the next page is not returned twice."""
    server.then(reply("a", "b", has_more=True), reply("b", "c", has_more=False))
    assert ids(whispey) == ["a", "b", "c"]


def test_a_page_that_repeats_itself_ends_the_list(whispey: Backend, server: Scripted) -> None:
    """A server that ignores the offset does not cause an endless loop."""
    server.then(*(reply("a", "b", has_more=True) for _ in range(5)))
    assert ids(whispey) == ["a", "b"]
    assert len(server.asked) == 2


def test_the_total_ends_the_list_where_has_more_is_missing(
    whispey: Backend, server: Scripted
) -> None:
    """Incomplete pagination fields still end the list."""
    server.then(reply("a", "b", total=3, has_more="yes"), reply("c", total=3))
    assert ids(whispey) == ["a", "b", "c"]


@pytest.mark.parametrize("pagination", [None, 3, []])
def test_a_list_without_pagination_ends_at_an_empty_page(
    whispey: Backend, server: Scripted, pagination: Any
) -> None:
    """Every field of the response may be absent or odd."""
    server.then(Reply(200, success([{"id": "a"}], pagination=pagination)), reply())
    assert ids(whispey) == ["a"]


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"success": true, "data": 3}', b""])
def test_a_list_of_another_shape_is_our_error(
    whispey: Backend, server: Scripted, body: bytes
) -> None:
    """The error for a non-list holds its bytes."""
    server.then(Reply(200, body))
    with pytest.raises(ResponseValidationError):
        ids(whispey)


def test_an_item_of_another_shape_is_our_error(whispey: Backend, server: Scripted) -> None:
    """A missing field of one item is an error when it is read; other items are unaffected."""
    server.then(Reply(200, success([{"id": "a"}, {"no": "id"}], pagination={"has_more": False})))
    listed = whispey(lambda client: client.calls.list())
    assert listed.items[0].id == "a"
    assert listed.items[1]["no"] == "id"
    with pytest.raises(MissingFieldError, match=r"Call\.id .* the response of listCalls"):
        _ = listed.items[1].id
