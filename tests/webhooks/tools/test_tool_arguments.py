import asyncio
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest
from tests.webhooks.tool_calls import (
    Answer,
    Line,
    Receipt,
    Size,
    call,
    content,
    order,
    result,
)

from trunkline.webhooks import (
    ToolRegistry,
)
from trunkline.webhooks.events.pamela import ToolExecution
from trunkline.webhooks.tools import ToolArgumentError


def test_arguments_arrive_as_their_types(tools: ToolRegistry, ask: Answer) -> None:
    """Nested objects, enums and dates are converted, and absent arguments keep their default."""
    seen: list[Any] = []

    @tools.tool
    def record(
        line: Line, size: Size, day: date, count: int, ratio: float, note: str = "none"
    ) -> str:
        """Text."""
        seen.append((line, size, day, count, ratio, note))
        return "done"

    arguments: dict[str, Any] = {
        "line": {"sku": "A", "count": 2.0},
        "size": "l",
        "day": "2026-11-02",
        "count": 3.0,
        "ratio": 2,
    }
    assert result(ask(tools, call("record", **arguments))) == "done"
    assert seen == [(Line("A", 2), Size.LARGE, date(2026, 11, 2), 3, 2.0, "none")]


@pytest.mark.parametrize(
    ("arguments", "field", "message"),
    [
        ({}, "lines", "missing required field `lines`"),
        ({"lines": [{}]}, "lines[0].sku", "missing required field `sku`"),
        ({"lines": [{"sku": 7}]}, "lines[0].sku", "Expected `str`, got `int`"),
        ({"lines": [], "size": "x"}, "size", "Invalid enum value"),
        ({"lines": [], "size": "s", "when": None, "floor": 41}, "floor", "Expected `int` <= 40"),
        ({"lines": [], "size": "s", "when": None, "floor": 1.5}, "floor", "Expected `int`"),
        ({"lines": [], "size": "s", "when": None, "odd": 1}, "odd", "unknown field `odd`"),
        ({"lines": [], "size": "s", "when": None, "tags": {"a": "b"}}, "tags[...]", "Expected"),
    ],
)
def test_wrong_arguments_name_the_field(
    tools: ToolRegistry, ask: Answer, arguments: dict[str, Any], field: str, message: str
) -> None:
    """The agent is told which argument to correct; the function is not called."""
    tools.tool(order)
    error = result(ask(tools, call("order", **arguments)))["error"]
    assert (error["code"], error["field"]) == ("invalid_arguments", field)
    assert message in error["message"]


def test_argument_error_pickles() -> None:
    """Its field survives pickling, as with every error of this package."""
    import pickle

    twin = pickle.loads(pickle.dumps(ToolArgumentError("Expected something", "a.b")))
    assert (str(twin), twin.field) == ("Expected something", "a.b")


def test_function_may_ask_for_the_whole_call(tools: ToolRegistry, ask: Answer) -> None:
    """A parameter of type ToolExecution is filled in, and is not part of the schema."""

    @tools.tool
    async def who(event: ToolExecution, shout: bool = False) -> str:  # noqa: FBT001, FBT002 - an argument of the agent
        """Say who calls."""
        return event.call_id.upper() if shout else event.call_id

    assert list(tools.tools[0].input_schema["properties"]) == ["shout"]
    assert result(ask(tools, call("who", shout=True))) == "CALL_1"


def test_agent_cannot_fill_in_the_call(tools: ToolRegistry, ask: Answer) -> None:
    """Not even where the function works without it."""

    @tools.tool
    def who(
        number: int,
        event: ToolExecution | None = None,
        *,
        again: ToolExecution,
        noted: Annotated[ToolExecution, "the call"],
        both: Annotated[Annotated[ToolExecution, "the call"] | None, "if any"] = None,
    ) -> str:
        """Say who calls."""
        return f"{number} {[one and one.call_id for one in (event, again, noted, both)]}"

    assert list(tools.tools[0].input_schema["properties"]) == ["number"]
    assert result(ask(tools, call("who", number=1))) == f"1 {['call_1'] * 4}"
    forged = ask(tools, call("who", "corr_2", number=1, event={"call_id": "call_2"}))
    assert content(forged)["result"]["error"]["code"] == "invalid_arguments"


@dataclass
class Account:
    number: int

    def __post_init__(self) -> None:
        kind = {-1: ValueError, -2: msgspec.ValidationError, -3: ToolArgumentError}
        if self.number < 0:
            raise kind[self.number](
                "cannot connect to user:hunter2@db, missing field `hunter2` - at `$.hunter2`"
            )


@pytest.mark.parametrize(("number", "field"), [(-1, "account"), (-2, None), (-3, "account")])
def test_words_of_the_tools_own_types_stay_inside(
    tools: ToolRegistry,
    ask: Answer,
    caplog: pytest.LogCaptureFixture,
    number: int,
    field: str | None,
) -> None:
    """The agent is told which argument was refused; only the log says why."""

    @tools.tool
    def balance(account: Account) -> int:
        """Text."""
        return account.number

    reply = ask(tools, call("balance", account={"number": number}))
    error = result(reply)["error"]
    assert (error["code"], error.get("field")) == ("invalid_arguments", field)
    assert b"hunter2" not in reply.body
    assert "hunter2" in caplog.text


@pytest.mark.parametrize("arguments", [{"\ud800": 1}, {"paid": "\ud800"}])
def test_text_that_is_no_unicode_is_a_wrong_argument(
    tools: ToolRegistry, ask: Answer, arguments: dict[str, Any]
) -> None:
    """JSON can hold a lone surrogate, as a value and as a name."""

    @tools.tool
    def pay(paid: Literal["cash", "card"] = "card") -> str:
        """Text."""
        return paid

    assert result(ask(tools, call("pay", **arguments)))["error"]["code"] == "invalid_arguments"


def test_exception_stays_inside(
    tools: ToolRegistry, ask: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    """The response says that the tool failed; the exception's text goes to the log."""

    @tools.tool
    def plain() -> None:
        """Text."""
        raise RuntimeError("password=hunter2")

    @tools.tool
    async def asynchronous() -> None:
        """Text."""
        raise SystemExit("password=hunter2")

    @tools.tool
    async def posing() -> None:
        """Text."""
        raise ToolArgumentError("password=hunter2")

    for name in ("plain", "asynchronous", "posing"):
        reply = ask(tools, call(name, name))
        assert content(reply)["result"]["error"]["code"] == "failed"
        assert b"hunter2" not in reply.body
        assert b"Traceback" not in reply.body
        assert f"tool {name} failed" in caplog.text
    assert "hunter2" in caplog.text


def test_cancellation_of_the_tools_own_is_a_failure(
    tools: ToolRegistry, ask: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    """It is not reported to the agent as a timeout, and the log has the reason."""

    @tools.tool
    async def awaits_a_cancelled_task() -> None:
        """Text."""
        task = asyncio.ensure_future(asyncio.sleep(10))
        task.cancel()
        await task

    answer = result(ask(tools, call("awaits_a_cancelled_task")))
    assert answer["error"]["code"] == "failed"
    assert "tool awaits_a_cancelled_task failed" in caplog.text


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), object(), "text", {"total": "x"}, {"total": 1.0}, None]
)
def test_result_is_checked_against_its_declaration(
    tools: ToolRegistry, ask: Answer, value: Any
) -> None:
    """A result outside the schema, or that JSON cannot hold, is an error and not sent."""

    @tools.tool
    def lie() -> Receipt:
        """Text."""
        lie: Receipt = value
        return lie

    @tools.tool
    def anything() -> Any:
        """Text."""
        return {"deep": [value]}

    assert result(ask(tools, call("lie")))["error"]["code"] == "invalid_result"
    answer = content(ask(tools, call("anything", "corr_2")))["result"]
    json_can_hold_it = isinstance(value, str | dict | None)
    assert (answer == {"deep": [value]}) is json_can_hold_it


@dataclass
class PricedLine(Line):
    margin: str = "hunter2"


def test_undeclared_fields_do_not_leave(tools: ToolRegistry, ask: Answer) -> None:
    """Extra keys of a mapping, and a subclass's fields, are not sent."""

    @tools.tool
    def receipt() -> Receipt:
        """Text."""
        found: Any = {"total": 1.0, "lines": [], "password": "hunter2"}
        promised: Receipt = found
        return promised

    @tools.tool
    def lines() -> dict[str, list[Line]]:
        """Text."""
        return {"all": [PricedLine("A")]}

    assert result(ask(tools, call("receipt"))) == {"total": 1.0, "lines": []}
    answer = content(ask(tools, call("lines", "corr_2")))["result"]
    assert answer == {"all": [{"sku": "A", "count": 1}]}


@dataclass
class Price:
    euros: int

    def __post_init__(self) -> None:
        self.euros *= 100


def test_result_is_sent_as_the_tool_made_it(tools: ToolRegistry, ask: Answer) -> None:
    """A class that computes from its input does so once, for the tool."""

    @tools.tool
    def prices() -> dict[str, list[Price]]:
        """Text."""
        return {"all": [Price(5)]}

    @tools.tool
    def unique() -> set[int]:
        """Text."""
        twice: Any = [1, 1]
        once: set[int] = twice
        return once

    assert result(ask(tools, call("prices"))) == {"all": [{"euros": 500}]}
    assert content(ask(tools, call("unique", "corr_2")))["result"] == [1]


def test_keys_that_are_one_as_text_are_no_result(tools: ToolRegistry, ask: Answer) -> None:
    """Which of the two values would be sent is not left to chance."""

    @tools.tool
    def both() -> Any:
        """Text."""
        return [{1: "number", "1": "text"}]

    assert result(ask(tools, call("both")))["error"]["code"] == "invalid_result"


def plainly_wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


def test_coroutine_function_may_be_wrapped_by_a_plain_one(tools: ToolRegistry, ask: Answer) -> None:
    """An ordinary decorator hides that the result must be awaited."""
    loops: list[object] = []

    @tools.tool(timeout_ms=1000)
    @plainly_wrapped
    async def double(number: int) -> int:
        """Text."""
        loops.append(asyncio.get_running_loop())
        await asyncio.sleep(0 if number else 30)
        return 2 * number

    async def both_loops() -> bool:
        await tools.answer(call("double", "corr_loop", number=1))
        return loops[-1] is asyncio.get_running_loop()

    assert result(ask(tools, call("double", number=4))) == 8
    assert asyncio.run(both_loops())
    late = content(ask(tools, call("double", "corr_late", number=0)))
    assert late["result"]["error"]["code"] == "timed_out"


def test_result_of_rich_types_is_plain_json(tools: ToolRegistry, ask: Answer) -> None:
    """Dataclasses, dates, enums and non-string keys become what the schema says."""

    @tools.tool
    def rich() -> dict[int, tuple[Line, date, Size]]:
        """Text."""
        return {1: (Line("A"), date(2026, 11, 2), Size.SMALL)}

    assert result(ask(tools, call("rich"))) == {"1": [{"sku": "A", "count": 1}, "2026-11-02", "s"]}
