from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from trunkline import AsyncPamela, AsyncPage, RawResponse
from trunkline.pamela import CallResponse, CallStatus, CallStatusResponse, ToolDefinition


class Dialer(Protocol):
    async def dial(self, number: str) -> str: ...


class Pam(AsyncPamela):
    """The client with a company-specific method."""

    async def dial(self, number: str) -> str:
        call: CallResponse = await self.calls.create(to=number, task="Say hello.")  # hit: consent
        return call.id


@dataclass
class Campaign:
    client: AsyncPamela
    done: list[CallStatusResponse] = field(default_factory=list)
    open: set[str] = field(default_factory=set)

    async def poll(self) -> None:
        for call_id in list(self.open):
            raw: RawResponse[CallStatusResponse] = await self.client.calls.with_raw_response.get(call_id)
            call = raw.parsed
            if call.status in (CallStatus.COMPLETED, CallStatus.FAILED, CallStatus.CANCELLED):
                self.open.discard(call_id)
                self.done.append(call)

    def digest(self) -> dict[str, str]:
        return {c.id: c.summary for c in self.done if c.summary is not None}  # hit: summary

    async def abort(self) -> None:
        await asyncio.gather(*[self.client.calls.cancel(i) for i in self.open])  # hit: cancel_call


async def scan(client: AsyncPamela):
    page: AsyncPage[CallStatusResponse] = await client.calls.list(limit=100)
    while page is not None:
        for call in page.items:
            yield call
        page = await page.next_page()


async def summaries(client: AsyncPamela) -> list[str]:
    return [call.summary async for call in scan(client) if call.summary]  # hit: summary


async def slow_tools(client: AsyncPamela) -> list[ToolDefinition]:
    tools = await client.with_options(timeout=5).tools.list()
    return sorted(tools, key=lambda tool: tool.timeout_ms or 0)  # hit: timeout_ms


def describe(call: CallStatusResponse) -> str:
    match call:
        case CallStatusResponse(status=CallStatus.COMPLETED, summary=text):  # hit: summary
            return text or "no words"
        case CallStatusResponse(status=status):
            return status.value
    return ""


def text_of(status: CallStatus) -> str:
    if status == CallStatus.COMPLETED:
        return "done"
    if status == CallStatus.FAILED:
        return "failed"
    return "running"
