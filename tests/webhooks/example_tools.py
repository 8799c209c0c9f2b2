"""Two tools for an agent, and their registration at the sandbox."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.webhooks.sandbox_calls import KEY

from trunkline import AsyncPamela, Pamela
from trunkline.sandbox import Sandbox
from trunkline.webhooks import ToolRegistry
from trunkline.webhooks.tools import SyncPlan


@dataclass
class Line:
    sku: str
    count: int = 1


class Shop:
    """A registry of two tools, one of each kind, with a count of their runs."""

    def __init__(self) -> None:
        self.registry = ToolRegistry(timeout_ms=5000)
        self.runs = Counter[str]()
        self.registry.tool(self.check_order_status)
        self.registry.tool(self.order)

    def check_order_status(self, order_id: str) -> dict[str, str]:
        """Look up an order.

        Args:
            order_id: the order's id.
        """
        self.runs[f"status of {order_id}"] += 1
        if order_id == "lost":
            raise LookupError("password=hunter2")
        return {"order_id": order_id, "state": "shipped"}

    async def order(self, lines: list[Line]) -> int:
        """Order something and say how many pieces."""
        self.runs["order"] += 1
        await asyncio.sleep(0)
        return sum(line.count for line in lines)


def sync(sandbox: Sandbox, tools: ToolRegistry, **options: Any) -> SyncPlan:
    async def main() -> SyncPlan:
        async with AsyncPamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
            return await tools.sync(pamela, **options)

    return asyncio.run(main())


def registered(sandbox: Sandbox) -> dict[str, str]:
    """The descriptions of all active tools."""
    with Pamela(api_key=KEY, base_url=sandbox.pamela_url) as pamela:
        active = [one for one in pamela.tools.list() if one["active"]]
    assert len({one["name"] for one in active}) == len(active)
    return {one["name"]: one["description"] for one in active}
