"""Lists of calls: pages, filters and dates, in both backends, against the sandbox."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from tests.pamela.support import TALKS_ON, TASK, TO

from trunkline import errors
from trunkline.pamela import CallStatus

if TYPE_CHECKING:
    from tests.pamela.support import Driver, Plain

    from trunkline.sandbox.server import Sandbox


def test_calls_are_paged_to_the_end(pamela: Driver) -> None:
    """Iterating fetches page after page and yields every call once."""
    made = [pamela(lambda client: client.calls.create(to=TO, task=TASK)).id for _ in range(5)]
    page = pamela(lambda client: client.calls.list(limit=2))
    assert (len(page.items), page.total, page.limit, page.has_next) == (2, 5, 2, True)
    found = pamela.all(lambda client: client.calls.list(limit=2))
    assert [call.id for call in found] == made[::-1]
    rest = pamela.all(lambda client: client.calls.list(limit=2, offset=4))
    assert [call.id for call in rest] == made[:1]


def test_calls_are_filtered_by_status(pamela: Driver) -> None:
    """Both names of the filter work; the wire name wins, as in the vendor's package."""
    call = pamela(lambda client: client.calls.create(to=TALKS_ON, task=TASK))
    pamela(lambda client: client.calls.create(to=TALKS_ON, task=TASK))
    pamela(lambda client: client.calls.cancel(call.id))

    def ids(**query: Any) -> list[str]:
        return [found.id for found in pamela.all(lambda client: client.calls.list(**query))]

    assert ids(status="cancelled") == ids(status_filter="cancelled") == [call.id]
    assert ids(status="queued", status_filter=CallStatus.CANCELLED) == [call.id]
    with pytest.raises(errors.InvalidArgumentError, match="status must be one of cancelled"):
        ids(status="canceled")
    with pytest.raises(errors.InvalidArgumentError, match="status_filter must be one of"):
        ids(status_filter="busy")


def test_calls_are_filtered_by_time(sandbox: Sandbox, pamela: Driver) -> None:
    """Datetimes are sent with their zone, and dates as dates, so that no day is cut off."""
    pamela(lambda client: client.calls.create(to=TO, task=TASK))
    now = datetime.fromisoformat(sandbox.control.now())
    naive = now.replace(tzinfo=None) + timedelta(seconds=1)

    def targets(**query: Any) -> str:
        pamela.all(lambda client: client.calls.list(**query))
        return str(sandbox.control.requests(operation="list_calls")[-1]["query"])

    today = now.date()
    assert targets(end_date=today) == targets(end_date=today.isoformat()) == f"end_date={today}"
    assert targets(start_date=naive) == f"start_date={quote(naive.isoformat())}%2B00%3A00"
    assert targets(start_date="2026-06-15T12:00:01+02:00").endswith("12%3A00%3A01%2B02%3A00")
    assert len(pamela.all(lambda client: client.calls.list(end_date=today))) == 1
    assert pamela.all(lambda client: client.calls.list(start_date=naive)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 101},
        {"offset": -1},
        {"start_date": "soon"},
        {"end_date": "2026-02-30"},
        {"start_date": 5},
    ],
)
def test_list_refuses_what_is_out_of_range(
    sandbox: Sandbox, pamela: Driver, query: dict[str, Any]
) -> None:
    """Limits, offsets and dates are checked before anything is sent."""
    with pytest.raises(errors.InvalidArgumentError, match=next(iter(query))):
        pamela.all(lambda client: client.calls.list(**query))
    assert sandbox.control.seen("pamela", "list_calls") == 0


@pytest.mark.parametrize("kind", ["duplicate_page", "stuck_offset"])
def test_odd_pages_end_the_list(sandbox: Sandbox, pamela: Driver, kind: str) -> None:
    """A repeated page, or an offset that does not advance, still yields every call once."""
    made = {pamela(lambda client: client.calls.create(to=TO, task=TASK)).id for _ in range(4)}
    sandbox.control.fault(kind, operation="list_calls", times=2)
    found = [call.id for call in pamela.all(lambda client: client.calls.list(limit=2))]
    assert len(found) == len(set(found))
    assert set(found) <= made


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "no list under 'items', the response is empty"),
        ({"calls": [], "total": 0}, "no list under 'items', but calls, total"),
        ({"items": {}}, "no list under 'items', but items"),
        ("text", "and the response is not an object"),
    ],
)
def test_a_list_that_cannot_be_found_is_our_error(
    at_plain: Driver, plain: Plain, body: Any, said: str
) -> None:
    """The error names the fields that the response has instead."""
    plain.response(body)
    with pytest.raises(errors.ResponseValidationError, match=said):
        at_plain.all(lambda client: client.calls.list())


@pytest.mark.parametrize(
    ("body", "expected"),
    [({"items": None}, []), ([], []), ([{"id": "a"}], ["a"]), ({"items": [{"id": "a"}]}, ["a"])],
)
def test_a_list_of_another_shape_is_read(
    at_plain: Driver, plain: Plain, body: Any, expected: list[str]
) -> None:
    """Null is an empty list, a bare list is accepted, and items may lack fields."""
    plain.response(body)
    assert [call.id for call in at_plain.all(lambda client: client.calls.list())] == expected


def test_one_odd_item_never_costs_a_page(at_plain: Driver, plain: Plain) -> None:
    """It is returned as it is, or without its missing fields; the others are complete."""
    good = {"id": "c1", "status": "completed"}
    items = [good, {**good, "id": "c2", "metadata": []}, 5, {"id": "c3"}]
    plain.response({"items": items, "total": 4, "limit": 50, "offset": 0})
    first, second, third, fourth = at_plain.all(lambda client: client.calls.list())
    assert (first.deviations, first.status) == ((), "completed")
    assert (second.metadata, third) == ([], 5)
    assert [each.pointer for each in (*second.deviations, *fourth.deviations)] == [
        "/metadata",
        "/status",
    ]
    with pytest.raises(errors.MissingFieldError, match="the response of list_calls"):
        _ = fourth.status


def test_a_date_is_a_day_of_the_contract(sandbox: Sandbox, pamela: Driver) -> None:
    """The window of one day contains the calls of that day."""
    pamela(lambda client: client.calls.create(to=TO, task=TASK))
    day = datetime.fromisoformat(sandbox.control.now()).astimezone(UTC).date()
    window = {"start_date": day, "end_date": day}
    assert len(pamela.all(lambda client: client.calls.list(**window))) == 1
    before = date(2020, 1, 1)
    assert pamela.all(lambda client: client.calls.list(end_date=before)) == []
