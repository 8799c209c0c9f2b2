"""What a call sends beyond the contract, and where extra arguments are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.pamela.support import TASK, TO

from trunkline import errors

if TYPE_CHECKING:
    from tests.pamela.support import Driver, Plain

SECRET = "hunter2-hunter2"
CALL = {"id": "call_1", "status": "queued"}


def create(at_plain: Driver, **extra: Any) -> Any:
    return at_plain(lambda client: client.calls.create(to=TO, task=TASK, **extra))


def test_extra_arguments_are_sent(at_plain: Driver, plain: Plain) -> None:
    """Body members, query parameters and headers are added, or replace those of the same name."""
    plain.response(CALL)
    create(
        at_plain,
        extra_body={"priority": 9, "task": "Other"},
        extra_query={"trace": True, "tag": ["a", "b"]},
        extra_headers={"X-Trace": "7", "user-agent": "mine"},
    )
    sent = plain.sent[-1]
    assert sent.json == {"to": TO, "task": "Other", "priority": 9}
    assert sent.target == "/api/b2b/v1/calls?trace=true&tag=a&tag=b"
    assert (sent.headers["x-trace"], sent.headers["user-agent"]) == ("7", "mine")


def test_they_belong_to_one_call(at_plain: Driver, plain: Plain) -> None:
    """The next call on the same client sends none of them."""
    plain.response(CALL)
    create(at_plain, extra_body={"a": 1}, extra_query={"a": 1}, extra_headers={"X-A": "1"})
    create(at_plain, extra_body={}, extra_query={}, extra_headers={})
    create(at_plain, extra_body=None, extra_query=None, extra_headers=None)
    for sent in plain.sent[1:]:
        assert sent.json == {"to": TO, "task": TASK}
        assert sent.target == "/api/b2b/v1/calls"
        assert "x-a" not in sent.headers


def test_every_page_of_a_list_sends_them(at_plain: Driver, plain: Plain) -> None:
    """Query and headers are sent with each request; they replace same-named parameters."""
    plain.response({"items": [CALL], "has_more": True, "total": 2})
    extra: Any = {"extra_query": {"limit": 1, "sort": "asc"}, "extra_headers": {"X-A": "1"}}
    pages = at_plain.all(lambda client: client.calls.list(limit=7, **extra))
    assert [call.id for call in pages] == ["call_1"]
    assert len(plain.sent) > 1
    for sent in plain.sent:
        assert "limit=1&sort=asc" in sent.target
        assert "limit=7" not in sent.target
        assert sent.headers["x-a"] == "1"


def test_the_raw_response_and_wait_take_them(at_plain: Driver, plain: Plain) -> None:
    """The raw-response method and the wait helper pass them on."""
    plain.response({"id": "call_1", "status": "completed"})
    raw = at_plain(
        lambda client: client.calls.with_raw_response.get("call_1", extra_query={"a": "b"})
    )
    assert raw.parsed.id == "call_1"
    assert plain.sent[-1].target.endswith("/calls/call_1?a=b")
    at_plain(lambda client: client.calls.wait("call_1", extra_headers={"X-A": "1"}))
    assert plain.sent[-1].headers["x-a"] == "1"


def test_a_body_that_was_left_out_may_be_given(at_plain: Driver, plain: Plain) -> None:
    """An operation with an optional body sends just the extra members."""
    at_plain(lambda client: client.subscription.portal(extra_body={"return_url": "https://a.b"}))
    assert plain.sent[-1].json == {"return_url": "https://a.b"}
    assert plain.sent[-1].headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("extra", "text"),
    [
        ({"extra_body": [SECRET]}, "extra_body must be a dictionary"),
        ({"extra_body": {1: SECRET}}, "extra_body must be a dictionary"),
        ({"extra_body": {"a": {SECRET}}}, "cannot be written as JSON"),
        ({"extra_query": f"a={SECRET}"}, "extra_query must be a dictionary"),
        ({"extra_query": {"a": {"b": SECRET}}}, r"extra_query\['a'\] must be a text"),
        ({"extra_query": {"a": [SECRET, None]}}, r"extra_query\['a'\] must be a text"),
        ({"extra_headers": {"Authorization": SECRET}}, "Authorization cannot be set"),
        ({"extra_headers": {"content-type": SECRET}}, "content-type cannot be set"),
        ({"extra_headers": {"X-A": f"{SECRET}\r\nX-B: 1"}}, "X-A must be printable"),
        ({"extra_headers": [("X-A", SECRET)]}, "headers must map names to texts"),
    ],
)
def test_unusable_values_are_refused(
    at_plain: Driver, plain: Plain, extra: dict[str, Any], text: str
) -> None:
    """The error names the argument and shows no value, and nothing is sent."""
    with pytest.raises(errors.InvalidArgumentError, match=text) as caught:
        create(at_plain, **extra)
    assert SECRET not in str(caught.value)
    assert plain.sent == []


def test_a_body_is_refused_where_there_is_none(at_plain: Driver, plain: Plain) -> None:
    """The error for GET, DELETE and a POST without a body names the argument."""
    for action in (
        lambda client: client.calls.get("call_1", extra_body={"a": 1}),
        lambda client: client.calls.cancel("call_1", extra_body={"a": 1}),
        lambda client: client.tools.delete("tool_1", extra_body={"a": 1}),
    ):
        with pytest.raises(errors.InvalidArgumentError, match="extra_body= needs an operation"):
            at_plain(action)
    with pytest.raises(errors.InvalidArgumentError, match="give offset="):
        at_plain(lambda client: client.calls.list(extra_query={"offset": 3}))
    assert plain.sent == []


def test_other_names_stay_unknown(at_plain: Driver, plain: Plain) -> None:
    """A misspelt argument is a TypeError, as usual in Python."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'extra_hedaers'"):
        create(at_plain, extra_hedaers={})
    assert plain.sent == []


def test_failures_show_nothing_of_them(at_plain: Driver, plain: Plain) -> None:
    """Neither the error's text nor its repr contains an extra value."""
    plain.response({"detail": "no"}, status=400)
    with pytest.raises(errors.BadRequestError) as caught:
        create(
            at_plain,
            extra_body={"token": SECRET},
            extra_query={"token": SECRET},
            extra_headers={"X-Token": SECRET},
        )
    assert SECRET in plain.sent[-1].target
    shown = f"{caught.value} {caught.value!r} {vars(caught.value)} {at_plain.client!r}"
    assert SECRET not in shown
