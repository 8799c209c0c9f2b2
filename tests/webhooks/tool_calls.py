import asyncio
import enum
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypedDict

import msgspec

from trunkline.webhooks import (
    Reply,
    ToolRegistry,
)
from trunkline.webhooks.events.pamela import ToolExecution

Answer = Callable[[ToolRegistry, ToolExecution], Reply]


def blocking(tools: ToolRegistry, event: ToolExecution) -> Reply:
    return tools.answer_blocking(event)


def awaiting(tools: ToolRegistry, event: ToolExecution) -> Reply:
    return asyncio.run(tools.answer(event))


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
