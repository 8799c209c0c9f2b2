import asyncio
import threading

import pytest
from tests.webhooks.tool_calls import (
    Answer,
    call,
    content,
    order,
    result,
)

from trunkline.webhooks import (
    Reply,
    ToolRegistry,
)


def test_unknown_tool_is_the_documented_400(tools: ToolRegistry, ask: Answer) -> None:
    """The vendor's page responds to an unknown tool like this."""
    reply = ask(tools, call("nothing"))
    assert (reply.status, content(reply)) == (400, {"error": "Unknown tool"})


def test_slow_tool_is_answered_in_time(tools: ToolRegistry, ask: Answer) -> None:
    """The limit applies to functions that wait, with and without an event loop."""
    leave = threading.Event()

    @tools.tool(timeout_ms=30)
    def stubborn() -> str:
        """Text."""
        leave.wait(60)
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
    """A tenth of the limit is reserved for sending, half a second at most."""
    tools.tool(timeout_ms=timeout_ms)(order)
    assert tools.tools[0].response_timeout == pytest.approx(seconds)


def test_late_result_is_there_for_a_repetition(tools: ToolRegistry, ask: Answer) -> None:
    """The service retries a timed-out call, and gets the response of the first run."""
    leave, ended, runs = threading.Event(), threading.Event(), list[int]()

    @tools.tool(timeout_ms=30)
    def slow() -> int:
        """Text."""
        runs.append(1)
        leave.wait(60)
        ended.set()
        return len(runs)

    assert result(ask(tools, call("slow")))["error"]["code"] == "timed_out"
    assert result(ask(tools, call("slow")))["error"]["code"] == "timed_out"
    leave.set()
    assert ended.wait(60)
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
    """Ten concurrent deliveries of one call: one run, ten equal responses."""
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
    """While two run, others wait; one that waits too long does not run, and is told so."""
    tools = ToolRegistry(timeout_ms=100, max_concurrency=2)
    begun: list[int] = []
    leave = threading.Event()

    @tools.tool(name="work")
    def blocking_work(number: int) -> int:
        """Text."""
        begun.append(number)
        leave.wait(60)
        return number

    @tools.tool(name="awork")
    async def asynchronous_work(number: int) -> int:
        """Text."""
        begun.append(number)
        try:
            await asyncio.sleep(30)
        finally:  # a tool whose cleanup takes longer than the others wait
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
        leave.wait(60)
        return number

    first = threading.Thread(target=tools.answer_blocking, args=[call("work", "a", number=1)])
    first.start()
    begun.wait(60)
    second = call("work", "b", number=2)
    assert content(tools.answer_blocking(second))["result"]["error"]["code"] == "busy"
    leave.set()
    first.join()
    assert content(tools.answer_blocking(second))["result"] == 2
    tools.close()


@pytest.mark.parametrize("kind", ["plain", "asynchronous"])
def test_repetition_of_a_call_without_a_place_is_told_the_same(kind: str) -> None:
    """Several deliveries of one call wait for a slot together: none of them has run."""
    tools = ToolRegistry(timeout_ms=10_000, max_concurrency=1)
    leave, runs = threading.Event(), list[int]()

    @tools.tool(name="hold plain")
    def hold() -> bool:
        """Text."""
        return leave.wait(60)

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
