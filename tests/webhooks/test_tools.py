import asyncio
import contextvars
import enum
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

import msgspec
import pytest
from tests.webhooks.deliveries import SECRET, TOOL_CALL, encode, signed

import trunkline.webhooks
from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    Reply,
    StateSetWebhook,
    ToolRegistry,
    WebhookEndpoint,
)
from trunkline.webhooks.events.pamela import ToolExecution
from trunkline.webhooks.tools import ToolArgumentError

Answer = Callable[[ToolRegistry, ToolExecution], Reply]


def blocking(tools: ToolRegistry, event: ToolExecution) -> Reply:
    return tools.answer_blocking(event)


def awaiting(tools: ToolRegistry, event: ToolExecution) -> Reply:
    return asyncio.run(tools.answer(event))


@pytest.fixture(params=[blocking, awaiting])
def ask(request: pytest.FixtureRequest) -> Answer:
    chosen: Answer = request.param
    return chosen


@pytest.fixture
def tools() -> Iterator[ToolRegistry]:
    registry = ToolRegistry(timeout_ms=5000)
    yield registry
    registry.close()


def call(name: str, correlation_id: str = "corr_1", **arguments: Any) -> ToolExecution:
    return ToolExecution(
        payload={},
        tool_name=name,
        arguments=arguments,
        call_id="call_1",
        correlation_id=correlation_id,
    )


def content(reply: Reply) -> Any:
    assert reply.content_type == "application/json"
    return json.loads(reply.body)


def result(reply: Reply) -> Any:
    answer = content(reply)
    assert (reply.status, answer["correlation_id"]) == (200, "corr_1")
    return answer["result"]


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


@dataclass
class Line:
    sku: str
    count: int = 1


class Receipt(TypedDict):
    total: float
    lines: list[str]


def order(
    lines: list[Line],
    size: Size,
    when: date | None,
    *,
    note: str = "none",
    rush: bool = False,
    floor: Annotated[int, msgspec.Meta(ge=0, le=40)] = 0,
    paid: Literal["cash", "card"] = "card",
    tags: dict[str, int] | None = None,
) -> Receipt:
    """Order something for the caller and confirm it.

    A second paragraph.

    Args:
        lines: what to order,
            one by one.
        size (Size): how large.
        when: on which day.
        note: for the kitchen.
        rush: whether it is urgent.
        floor: where to.
        paid: how.
        tags: whatever.

    Returns:
        A receipt.
    """
    texts = [f"{line.count} {line.sku}" for line in lines]
    options = [str(one) for one in (size, when, note, rush, floor, paid, tags)]
    return {"total": 1.5 * len(lines), "lines": [*texts, *options]}


def test_definition_comes_from_signature_annotations_and_docstring(tools: ToolRegistry) -> None:
    """Name, description, JSON Schema in and out, and the time limit, as the contract takes them."""
    assert tools.tool(order) is order
    (tool,) = tools.tools
    definition = tool.definition()
    assert definition["name"] == "order"
    assert definition["description"] == (
        "Order something for the caller and confirm it. A second paragraph."
    )
    schema = definition["input_schema"]
    assert schema["type"] == "object"
    assert schema["required"] == ["lines", "size", "when"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["lines"]["description"] == "what to order, one by one."
    assert schema["properties"]["size"]["description"] == "how large."
    assert schema["properties"]["note"] == {
        "description": "for the kitchen.",
        "type": "string",
        "default": "none",
    }
    assert schema["properties"]["rush"]["default"] is False
    assert schema["properties"]["floor"] == {
        "description": "where to.",
        "type": "integer",
        "minimum": 0,
        "maximum": 40,
        "default": 0,
    }
    assert schema["properties"]["paid"]["enum"] == ["card", "cash"]
    assert "default" not in schema["properties"]["tags"]
    assert schema["$defs"]["Line"]["required"] == ["sku"]
    assert definition["output_schema"]["required"] == ["lines", "total"]
    assert definition["timeout_ms"] == 5000


def test_decorator_takes_name_description_and_limit(tools: ToolRegistry) -> None:
    """What is said to the decorator wins over what the function says."""

    @tools.tool(name="weather", description="The weather.", timeout_ms=250)
    def anything(city: str) -> Any:
        return city

    (tool,) = tools.tools
    assert tool.definition() == {
        "name": "weather",
        "description": "The weather.",
        "input_schema": {
            "title": "weather",
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
            "additionalProperties": False,
        },
        "output_schema": {},
        "timeout_ms": 250,
    }
    assert anything("x") == "x"


@dataclass
class Tree:
    name: str
    branches: list["Tree"]


def test_recursive_result_keeps_its_own_definition(tools: ToolRegistry) -> None:
    """The object is at the top, and its references to itself still lead somewhere."""

    @tools.tool
    def grow() -> Tree:
        """Grow a tree."""
        return Tree("root", [Tree("leaf", [])])

    schema = tools.tools[0].output_schema
    assert schema["type"] == "object"
    assert schema["properties"]["branches"]["items"] == {"$ref": "#/$defs/Tree"}
    assert "Tree" in schema["$defs"]


STYLES = {
    "google": """Book a table. Opening hours:

    eight to five.

    Args:
        size (int, optional): how many
            people: all of them.
        name: of the guest.

    Returns:
        Nothing.
    """,
    "numpy": """Book a table. Opening hours:

    eight to five.

    Parameters
    ----------
    size : int, optional
        how many
        people: all of them.
    name
        of the guest.

    Returns
    -------
    None
    """,
    "sphinx": """Book a table. Opening hours:

    eight to five.

    :param size: how many
        people: all of them.
    :type size: int
    :param str name: of the guest.
    :return: nothing
    """,
}


@pytest.mark.parametrize("style", STYLES)
def test_docstring_is_read_in_every_usual_style(tools: ToolRegistry, style: str) -> None:
    """The agent gets sentences: no markup, nothing about results, nothing cut off at a colon."""

    def book(size: int, name: str) -> None: ...

    book.__doc__ = STYLES[style]
    tools.tool(book)
    definition = tools.tools[0].definition()
    properties = definition["input_schema"]["properties"]
    assert definition["description"] == "Book a table. Opening hours: eight to five."
    assert properties["size"]["description"] == "how many people: all of them."
    assert properties["name"]["description"] == "of the guest."


def no_docstring(a: int) -> None: ...


def no_type(a) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # wrong on purpose
    """Text."""


def open_ended(**rest: int) -> None:
    """Text."""


def starred(*rest: int) -> None:
    """Text."""


def unnamed(a: int, /) -> None:
    """Text."""


def no_schema(a: complex) -> None:
    """Text."""


def no_result(a: int) -> threading.Thread:
    """Text."""
    raise AssertionError(a)


def unresolved(a: "Missing") -> None:  # type: ignore[name-defined]  # noqa: F821  # wrong on purpose
    """Text."""


def half_written(a: "list[") -> None:  # type: ignore[syntax]  # noqa: F722  # wrong on purpose
    """Text."""


def not_there(a: "threading.nope") -> None:  # type: ignore[name-defined]  # wrong on purpose
    """Text."""


def endless(limit: float = float("inf")) -> None:
    """Text."""


@dataclass
class Endless:
    limit: float = float("inf")


def endless_inside(a: Endless) -> None:
    """Text."""


def many_calls(a: list[ToolExecution]) -> None:
    """Text."""


def call_or_number(a: Annotated[ToolExecution, "the call"] | int) -> None:
    """Text."""


@dataclass
class Forwarded:
    call: ToolExecution


def call_inside(a: Forwarded) -> None:
    """Text."""


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (many_calls, "'many_calls' would let the agent write a ToolExecution"),
        (call_or_number, "would let the agent write a ToolExecution"),
        (call_inside, "would let the agent write a ToolExecution"),
        (half_written, "cannot be read"),
        (not_there, "cannot be read"),
        (endless, "parameter 'limit' of tool 'endless' is inf"),
        (endless_inside, "'endless_inside' has a type without a JSON Schema"),
        (no_docstring, "needs a description"),
        (no_type, "parameter 'a' .* has no type"),
        (open_ended, "arguments have names"),
        (starred, "arguments have names"),
        (unnamed, "arguments have names"),
        (no_schema, "without a JSON Schema: type .*complex"),
        (no_result, "without a JSON Schema: type .*Thread"),
        (unresolved, "cannot be read"),
    ],
)
def test_function_that_cannot_be_a_tool_says_why(
    tools: ToolRegistry, function: Any, message: str
) -> None:
    """The mistake is found where the tool is declared, with its name and the remedy."""
    with pytest.raises(ConfigurationError, match=message):
        tools.tool(function)


def test_names_and_limits_are_checked(tools: ToolRegistry) -> None:
    """Two tools of one name, or no time at all, are mistakes."""
    tools.tool(order)
    with pytest.raises(ConfigurationError, match="already"):
        tools.tool(order)
    with pytest.raises(ConfigurationError, match="at least 1 ms"):
        tools.tool(name="never", timeout_ms=0)(order)


def test_arguments_arrive_as_their_types(tools: ToolRegistry, ask: Answer) -> None:
    """Nested objects, enums and dates are converted, and what is absent keeps its default."""
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
    """The agent learns which argument to mend; the function is not called."""
    tools.tool(order)
    error = result(ask(tools, call("order", **arguments)))["error"]
    assert (error["code"], error["field"]) == ("invalid_arguments", field)
    assert message in error["message"]


def test_argument_error_pickles() -> None:
    """Its field survives another process, as with every error of this package."""
    import pickle

    twin = pickle.loads(pickle.dumps(ToolArgumentError("Expected something", "a.b")))
    assert (str(twin), twin.field) == ("Expected something", "a.b")


def test_function_may_ask_for_the_whole_call(tools: ToolRegistry, ask: Answer) -> None:
    """A parameter of the type ToolExecution is given, and is no part of the schema."""

    @tools.tool
    async def who(event: ToolExecution, shout: bool = False) -> str:  # noqa: FBT001, FBT002 - an argument of the agent
        """Say who calls."""
        return event.call_id.upper() if shout else event.call_id

    assert list(tools.tools[0].input_schema["properties"]) == ["shout"]
    assert result(ask(tools, call("who", shout=True))) == "CALL_1"


def test_agent_cannot_fill_in_the_call(tools: ToolRegistry, ask: Answer) -> None:
    """Nor where the function would do without it."""

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
    """The agent learns which argument was refused; why, only the log says."""

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
    """JSON can carry half a surrogate pair, as a value and as a name."""

    @tools.tool
    def pay(paid: Literal["cash", "card"] = "card") -> str:
        """Text."""
        return paid

    assert result(ask(tools, call("pay", **arguments)))["error"]["code"] == "invalid_arguments"


def test_exception_stays_inside(
    tools: ToolRegistry, ask: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer says that the tool failed; what it said goes to the log."""

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
    """Time is not up, so the agent is not told that it is, and the log has the reason."""

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
    """What the schema does not promise, or JSON cannot hold, is an error and not sent."""

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
    """Extra keys of a mapping, and those of a subclass, are no part of what was declared."""

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
    """A class that computes with what it is given does so once, for the tool."""

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
    """An ordinary decorator hides that there is something to await."""
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
    """Dataclasses, dates, enums and keys that are no text become what the schema says."""

    @tools.tool
    def rich() -> dict[int, tuple[Line, date, Size]]:
        """Text."""
        return {1: (Line("A"), date(2026, 11, 2), Size.SMALL)}

    assert result(ask(tools, call("rich"))) == {"1": [{"sku": "A", "count": 1}, "2026-11-02", "s"]}


def test_unknown_tool_is_the_documented_400(tools: ToolRegistry, ask: Answer) -> None:
    """The vendor's page answers an unknown tool in this way."""
    reply = ask(tools, call("nothing"))
    assert (reply.status, content(reply)) == (400, {"error": "Unknown tool"})


def test_slow_tool_is_answered_in_time(tools: ToolRegistry, ask: Answer) -> None:
    """The limit is kept for functions that wait, with and without an event loop."""
    leave = threading.Event()

    @tools.tool(timeout_ms=30)
    def stubborn() -> str:
        """Text."""
        leave.wait(10)
        return "late"

    @tools.tool(timeout_ms=30)
    async def patient() -> str:
        """Text."""
        await asyncio.sleep(10)
        return "late"

    try:
        for name in ("stubborn", "patient"):
            answer = content(ask(tools, call(name, name)))
            assert answer["result"]["error"]["code"] == "timed_out"
    finally:
        leave.set()


@pytest.mark.parametrize(
    ("timeout_ms", "seconds"), [(1, 0.0009), (1000, 0.9), (5000, 4.5), (30_000, 29.5)]
)
def test_answer_leaves_before_the_service_stops_waiting(
    tools: ToolRegistry, timeout_ms: int, seconds: float
) -> None:
    """A tenth of the limit is kept for the way, half a second at most."""
    tools.tool(timeout_ms=timeout_ms)(order)
    assert tools.tools[0].response_timeout == pytest.approx(seconds)


def test_late_result_is_there_for_a_repetition(tools: ToolRegistry, ask: Answer) -> None:
    """The service asks again for what timed out, and gets the answer of the first run."""
    leave, ended, runs = threading.Event(), threading.Event(), list[int]()

    @tools.tool(timeout_ms=30)
    def slow() -> int:
        """Text."""
        runs.append(1)
        leave.wait(10)
        ended.set()
        return len(runs)

    assert result(ask(tools, call("slow")))["error"]["code"] == "timed_out"
    assert result(ask(tools, call("slow")))["error"]["code"] == "timed_out"
    leave.set()
    assert ended.wait(10)
    answers = [result(ask(tools, call("slow"))) for _ in range(2)]
    assert answers == [1, 1]
    assert runs == [1]


def test_repetition_gets_the_same_answer_without_a_second_run(
    tools: ToolRegistry, ask: Answer
) -> None:
    """By correlation id within a call, for results and failures alike."""
    runs: list[str] = []

    @tools.tool
    def count(what: str) -> int:
        """Text."""
        runs.append(what)
        if what == "bad":
            raise ValueError(what)
        return len(runs)

    first = ask(tools, call("count", what="a"))
    assert ask(tools, call("count", what="a")) == first
    assert ask(tools, call("count", "corr_2", what="a")) != first
    conflict = ask(tools, call("count", what="b"))
    assert result(conflict)["error"]["code"] == "conflict"
    failed = ask(tools, call("count", "corr_3", what="bad"))
    assert ask(tools, call("count", "corr_3", what="bad")) == failed
    assert runs == ["a", "a", "bad"]


def test_repetition_during_the_run_waits_for_it(tools: ToolRegistry) -> None:
    """Ten deliveries of one call at once: one run, ten equal answers."""
    runs: list[int] = []

    @tools.tool
    async def slow() -> int:
        """Text."""
        runs.append(1)
        await asyncio.sleep(0.02)
        return len(runs)

    async def main() -> list[Reply]:
        return await asyncio.gather(*(tools.answer(call("slow")) for _ in range(10)))

    assert [result(reply) for reply in asyncio.run(main())] == [1] * 10


@pytest.mark.parametrize("is_async", [True, False])
def test_concurrency_is_bounded_and_the_surplus_never_begins(*, is_async: bool) -> None:
    """While two run, others wait; who waited too long is told so and does not run."""
    tools = ToolRegistry(timeout_ms=100, max_concurrency=2)
    begun: list[int] = []
    leave = threading.Event()

    @tools.tool(name="work")
    def blocking_work(number: int) -> int:
        """Text."""
        begun.append(number)
        leave.wait(30)
        return number

    @tools.tool(name="awork")
    async def asynchronous_work(number: int) -> int:
        """Text."""
        begun.append(number)
        try:
            await asyncio.sleep(30)
        finally:  # a tool that tidies up for longer than the others wait
            await asyncio.to_thread(leave.wait, 30)
        return number

    async def main() -> list[str]:
        name = "awork" if is_async else "work"
        events = [call(name, f"corr_{number}", number=number) for number in range(5)]
        replies = await asyncio.gather(*(tools.answer(event) for event in events))
        leave.set()
        return sorted(content(reply)["result"]["error"]["code"] for reply in replies)

    codes = asyncio.run(main())
    tools.close()
    assert codes == ["busy"] * 3 + ["timed_out"] * 2
    assert len(begun) == 2


def test_call_that_found_no_place_may_come_again() -> None:
    """Busy is not remembered: nothing has run."""
    tools = ToolRegistry(timeout_ms=30, max_concurrency=1)
    leave, begun = threading.Event(), threading.Event()

    @tools.tool
    def work(number: int) -> int:
        """Text."""
        begun.set()
        leave.wait(10)
        return number

    first = threading.Thread(target=tools.answer_blocking, args=[call("work", "a", number=1)])
    first.start()
    begun.wait(10)
    second = call("work", "b", number=2)
    assert content(tools.answer_blocking(second))["result"]["error"]["code"] == "busy"
    leave.set()
    first.join()
    assert content(tools.answer_blocking(second))["result"] == 2
    tools.close()


@pytest.mark.parametrize("kind", ["plain", "asynchronous"])
def test_repetition_of_a_call_without_a_place_is_told_the_same(kind: str) -> None:
    """Several deliveries of one call wait for a place together: none of them has run."""
    tools = ToolRegistry(timeout_ms=10_000, max_concurrency=1)
    leave, runs = threading.Event(), list[int]()

    @tools.tool(name="hold plain")
    def hold() -> bool:
        """Text."""
        return leave.wait(10)

    @tools.tool(name="hold asynchronous")
    async def ahold() -> bool:
        """Text."""
        return await asyncio.to_thread(leave.wait, 10)

    @tools.tool(name="work plain", timeout_ms=50)
    def work() -> None:
        """Text."""
        runs.append(1)

    @tools.tool(name="work asynchronous", timeout_ms=50)
    async def awork() -> None:
        """Text."""
        runs.append(1)

    async def main() -> list[str]:
        first = asyncio.ensure_future(tools.answer(call(f"hold {kind}", "a")))
        await asyncio.sleep(0)
        again = (tools.answer(call(f"work {kind}", "b")) for _ in range(3))
        replies = await asyncio.gather(*again)
        leave.set()
        assert content(await first)["result"] is True
        return [content(reply)["result"]["error"]["code"] for reply in replies]

    assert asyncio.run(main()) == ["busy"] * 3
    assert runs == []
    tools.close()


def test_one_and_true_are_not_the_same_call(tools: ToolRegistry, ask: Answer) -> None:
    """In JSON they differ, so the second call is not a repetition of the first."""

    @tools.tool
    def show(value: bool | int) -> str:  # noqa: FBT001 - an argument of the agent
        """Text."""
        return repr(value)

    assert result(ask(tools, call("show", value=1))) == "1"
    assert result(ask(tools, call("show", value=True)))["error"]["code"] == "conflict"


class NoThreads(ThreadPoolExecutor):
    """A pool on a system that has no thread left, until it has one again."""

    exhausted = True

    def _adjust_thread_count(self) -> None:
        if self.exhausted:
            raise RuntimeError("can't start new thread")
        super()._adjust_thread_count()  # type: ignore[misc]  # where the standard library starts one


def test_call_that_could_not_be_started_may_come_again(
    monkeypatch: pytest.MonkeyPatch, ask: Answer
) -> None:
    """The system had no thread to give: busy, and the retry runs, once."""
    monkeypatch.setattr("trunkline.webhooks.tools.executor.ThreadPoolExecutor", NoThreads)
    tools, runs = ToolRegistry(max_concurrency=1), list[int]()

    @tools.tool
    def count() -> int:
        """Text."""
        runs.append(1)
        return len(runs)

    assert result(ask(tools, call("count")))["error"]["code"] == "busy"
    monkeypatch.setattr(NoThreads, "exhausted", False)
    assert result(ask(tools, call("count"))) == 1
    assert result(ask(tools, call("count"))) == 1
    tools.close()
    assert runs == [1]


def test_closed_registry_says_busy(ask: Answer) -> None:
    """A worker that shuts down leaves the call to another one."""
    tools = ToolRegistry()
    tools.tool(order)

    @tools.tool
    async def asynchronous() -> str:
        """Text."""
        return "after all"

    tools.close()
    answer = result(ask(tools, call("order", lines=[], size="s", when=None)))
    assert answer["error"]["code"] == "busy"
    answer = content(ask(tools, call("asynchronous", "corr_2")))["result"]
    assert answer["error"]["code"] == "busy"


FORKS = """
import os
from trunkline.webhooks import ToolRegistry
from trunkline.webhooks.events.pamela import ToolExecution

tools = ToolRegistry(timeout_ms=5000)

@tools.tool
def who() -> int:
    "Text."
    return os.getpid()

def ask(correlation_id):
    event = ToolExecution(payload={}, tool_name="who", arguments={}, call_id="c",
                          correlation_id=correlation_id)
    return tools.answer_blocking(event).body

ask("a")
child = os.fork()
if child == 0:
    os._exit(0 if str(os.getpid()).encode() in ask("b") else 1)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
tools.close()
"""


def test_registry_can_be_used_on_both_sides_of_a_fork() -> None:
    """The threads of the parent do not exist in a child, which starts its own."""
    overlay = Path(trunkline.webhooks.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(overlay)}
    subprocess.run([sys.executable, "-c", FORKS], env=environment, check=True, timeout=60)


def test_old_answers_are_forgotten_before_running_ones() -> None:
    """Memory is bounded: the oldest finished answers go first."""
    tools = ToolRegistry(max_remembered=2)
    runs: list[int] = []

    @tools.tool
    def note(number: int) -> int:
        """Text."""
        runs.append(number)
        return number

    for number in (1, 2, 3, 3, 1):
        tools.answer_blocking(call("note", f"corr_{number}", number=number))
    tools.close()
    assert runs == [1, 2, 3, 1]


def test_context_of_the_request_is_there(tools: ToolRegistry, ask: Answer) -> None:
    """Context variables, on which frameworks build, reach functions in threads too."""
    tenant = contextvars.ContextVar("tenant", default="none")

    @tools.tool
    def who() -> str:
        """Text."""
        return tenant.get()

    tenant.set("seven")
    assert result(ask(tools, call("who"))) == "seven"


def test_endpoint_answers_tool_calls_each_time() -> None:
    """Through the endpoint: verified, never called a duplicate, the same answer again."""
    tools = ToolRegistry()
    runs: list[str] = []

    @tools.tool
    async def check_order_status(order_id: str) -> dict[str, str]:
        """Look up an order."""
        runs.append(order_id)
        return {"status": "shipped"}

    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore(), tools=tools)
    body = encode(TOOL_CALL)
    request = IncomingRequest(body=body, headers=signed(body))
    answers = [webhook.receive(request), asyncio.run(webhook.areceive(request))]
    for decision in answers:
        assert json.loads(decision.body) == {
            "result": {"status": "shipped"},
            "correlation_id": "corr_1",
        }
    assert webhook.receive(IncomingRequest(body=body, headers={})).status == 401
    unknown = encode({**TOOL_CALL, "tool_name": "other"})
    decision = webhook.receive(IncomingRequest(body=unknown, headers=signed(unknown)))
    assert (decision.status, json.loads(decision.body)) == (400, {"error": "Unknown tool"})
    assert runs == ["A-1001"]
    tools.close()


def test_tools_belong_to_pamela() -> None:
    """A source without tool calls cannot have a registry."""
    with pytest.raises(ConfigurationError, match="no event 'toolExecution'"):
        WebhookEndpoint(StateSetWebhook(), tools=ToolRegistry())
