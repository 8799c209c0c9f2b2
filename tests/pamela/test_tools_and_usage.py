"""Tools and usage, in both backends, against the sandbox."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from tests.pamela.support import TASK, TO

from trunkline import errors
from trunkline.pamela import ToolDefinition, billed_minutes, billing_period, cost

if TYPE_CHECKING:
    from tests.pamela.support import Driver, Plain

    from trunkline.sandbox.server import Sandbox

SCHEMA: dict[str, Any] = {"type": "object", "properties": {"order_id": {"type": "string"}}}


def register(pamela: Driver, name: str = "check_order", **more: Any) -> Any:
    return pamela(
        lambda client: client.tools.register(
            name=name, description="Look up an order", input_schema=SCHEMA, **more
        )
    )


def test_a_tool_lives_from_registration_to_deletion(pamela: Driver) -> None:
    """A registered tool is listed; a deleted one is listed as inactive."""
    made = register(pamela, output_schema={"type": "string"}, timeout_ms=5000)
    assert (made.success, made.tool.name, made.tool.timeout_ms) == (True, "check_order", 5000)
    (tool,) = pamela(lambda client: client.tools.list())
    assert isinstance(tool, ToolDefinition)
    assert (tool.id, tool.active, tool["input_schema"]["type"]) == (made.tool_id, True, "object")
    gone = pamela(lambda client: client.tools.delete(made.tool_id))
    assert (gone.success, gone.tool_id) == (True, made.tool_id)
    assert [tool.active for tool in pamela(lambda client: client.tools.list())] == [False]


def test_registration_wraps_the_tool(sandbox: Sandbox, pamela: Driver) -> None:
    """The body holds the definition inside `tool`, without arguments that were not given."""
    register(pamela)
    (entry,) = sandbox.control.requests(provider="pamela", operation="register_tool")
    fields = {"name": "check_order", "description": "Look up an order", "input_schema": SCHEMA}
    assert json.loads(entry["body"]) == {"tool": fields}


@pytest.mark.parametrize("style", ["array", "object"])
def test_both_forms_of_the_list_are_read(sandbox: Sandbox, pamela: Driver, style: str) -> None:
    """A bare array and an object with `tools` give the same list."""
    sandbox.control.configure(pamela={"tool_list_style": style})
    register(pamela, "one")
    register(pamela, "two")
    assert [tool.name for tool in pamela(lambda client: client.tools.list())] == ["one", "two"]


@pytest.mark.parametrize("body", [{}, {"items": []}, "text", None])
def test_a_third_form_is_our_error(at_plain: Driver, plain: Plain, body: Any) -> None:
    """A list of tools in an unknown form is a ResponseValidationError that shows its fields."""
    plain.response(body)
    with pytest.raises(errors.ResponseValidationError, match="no list under 'tools'") as caught:
        at_plain(lambda client: client.tools.list())
    assert caught.value.operation_id == "list_tools"
    assert json.loads(caught.value.body) == body


@pytest.mark.parametrize(("body", "expected"), [({"tools": None}, []), ([1], [1])])
def test_odd_lists_of_tools_are_read(
    at_plain: Driver, plain: Plain, body: Any, expected: list[Any]
) -> None:
    """Null is an empty list, and an odd item is returned as it is."""
    plain.response(body)
    assert at_plain(lambda client: client.tools.list()) == expected


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"output_schema": []}, "output_schema must be a JSON object"),
        ({"timeout_ms": 0}, "timeout_ms must be a whole number at least 1"),
    ],
)
def test_wrong_tools_are_refused(pamela: Driver, more: dict[str, Any], text: str) -> None:
    """A schema that is not an object, or a time below 1 ms, is refused before sending."""
    with pytest.raises(errors.InvalidArgumentError, match=text):
        register(pamela, **more)


def test_raw_responses_of_all_tool_methods(pamela: Driver) -> None:
    """Every method of the resource also gives the raw response with its result."""
    raw = pamela(
        lambda client: client.tools.with_raw_response.register(
            name="a", description="b", input_schema={}
        )
    )
    listed = pamela(lambda client: client.tools.with_raw_response.list())
    gone = pamela(lambda client: client.tools.with_raw_response.delete(raw.parsed.tool_id))
    assert [response.status_code for response in (raw, listed, gone)] == [200, 200, 200]
    assert listed.parsed[0].id == gone.parsed.tool_id


def test_usage_agrees_with_the_billing_helpers(sandbox: Sandbox, pamela: Driver) -> None:
    """The month's billed minutes equal what the helpers compute from its calls."""
    for _ in range(3):
        pamela(lambda client: client.calls.create(to=TO, task=TASK))
    sandbox.control.advance(120)
    calls = pamela.all(lambda client: client.calls.list())
    period = billing_period(calls[0].started_at)
    minutes = [billed_minutes(call.duration_seconds, call.started_at) for call in calls]
    usage = pamela(lambda client: client.usage.get(period))
    assert (usage.billed_minutes, usage.call_count, usage.period) == (sum(minutes), 3, period)
    assert str(cost(usage.billed_minutes)) == "0.30"
    assert usage.quota.partner_limit is None


@pytest.mark.parametrize(
    "period",
    [
        "2024-01",
        date(2024, 1, 31),
        datetime(2024, 1, 31, 23, 59, tzinfo=UTC),
        datetime(2024, 2, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_a_period_may_be_any_moment_in_it(sandbox: Sandbox, pamela: Driver, period: Any) -> None:
    """Texts, dates and datetimes name the month in UTC."""
    assert pamela(lambda client: client.usage.get(period)).period == "2024-01"
    assert sandbox.control.requests(operation="get_usage")[-1]["query"] == "period=2024-01"


def test_without_a_period_the_service_decides(sandbox: Sandbox, pamela: Driver) -> None:
    """No period is sent when none is given, and the response names the current month."""
    raw = pamela(lambda client: client.usage.with_raw_response.get())
    assert raw.parsed.period == sandbox.control.now()[:7]
    assert sandbox.control.requests(operation="get_usage")[-1]["query"] == ""


@pytest.mark.parametrize("period", ["2024", "2024-13", "2024-1", "01-2024", "2024-01-05", "", 7])
def test_a_wrong_period_is_refused(sandbox: Sandbox, pamela: Driver, period: Any) -> None:
    """Text that is not a month never reaches the service."""
    with pytest.raises(errors.InvalidArgumentError):
        pamela(lambda client: client.usage.get(period))
    assert sandbox.control.seen("pamela", "get_usage") == 0
