"""Call shapes that users write; never run, but mypy and pyright must agree with every line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import assert_type

from trunkline import (
    AsyncPamela,
    AsyncPhoneAI,
    AsyncStateSetVoice,
    AsyncWhispey,
    Pamela,
    PhoneAI,
    RawResponse,
    StateSetVoice,
    Whispey,
)
from trunkline._engine.client.operation import renamed_argument
from trunkline.pamela import (
    CallResponse,
    CallStatusResponse,
    PamelaClient,
    ToolDefinition,
    UsageResponse,
    Voice,
    billed_minutes,
    cost,
)
from trunkline.stateset_voice import CallLog, MakeCallResponse, VoiceSession
from trunkline.whispey import Agent, Call


def sync_shapes(pamela: Pamela, whispey: Whispey, stateset: StateSetVoice, phone: PhoneAI) -> None:
    """Every result has its own type, and lists iterate over their item types."""
    call = pamela.calls.create(to="+15555550123", task="Order a pizza", metadata={"order": 1})
    assert_type(call, CallResponse)
    assert_type(call.id, str)
    assert_type(pamela.calls.wait(call.id, timeout=5), CallStatusResponse)
    for past in pamela.calls.list(status="completed", start_date=date(2026, 11, 1)):
        assert_type(past, CallStatusResponse)
    page = pamela.calls.list(limit=10, start_date=datetime(2026, 11, 1, tzinfo=UTC))
    assert_type(page.items[0], CallStatusResponse)
    assert_type(page.total, int | None)
    raw = pamela.calls.with_raw_response.create(to="+15555550123", task="Order")
    assert_type(raw, RawResponse[CallResponse])
    assert_type(pamela.with_options(timeout=5, max_retries=0), Pamela)
    assert_type(pamela.usage.get("2026-10"), UsageResponse)
    assert_type(pamela.tools.list(), list[ToolDefinition])
    assert_type(cost(billed_minutes(61, datetime(2026, 11, 1, tzinfo=UTC))), Decimal)
    made = stateset.make_call(to="+15555550123", from_="+15555550124", agent_key="a", key="o-1")
    assert_type(made, MakeCallResponse)
    assert_type(next(iter(stateset.call_logs.list())), CallLog)
    assert_type(next(iter(stateset.voice_sessions.list(limit=5))), VoiceSession)
    assert_type(whispey.agents.list(), list[Agent])
    assert_type(next(iter(whispey.calls.list(status="failed"))), Call)
    pamela.calls.create(to="+15555550123", task="x", voice=Voice.MALE)
    pamela.calls.create(to="+15555550123", task="x", voice="robot")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # a misspelt choice is found
    whispey.analytics.costs(period="2w")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # likewise
    whispey.webhooks.create(url="https://x.example", events=["call.completed", "cost.alert"])
    phone.calls.create(anything={"goes": True})


async def async_shapes(
    pamela: AsyncPamela, whispey: AsyncWhispey, stateset: AsyncStateSetVoice, phone: AsyncPhoneAI
) -> None:
    """The async methods take the same arguments and return the same types."""
    assert_type(await pamela.calls.create(to="+15555550123", task="Order"), CallResponse)
    async for past in pamela.calls.list(limit=5):
        assert_type(past, CallStatusResponse)
    page = await pamela.calls.list(limit=5)
    assert_type(page.items[0], CallStatusResponse)
    raw = await stateset.calls.with_raw_response.make(to="+15555550123")
    assert_type(raw, RawResponse[MakeCallResponse])
    listed = await stateset.call_logs.with_raw_response.list()
    assert_type(listed.parsed.items[0], CallLog)
    assert_type(await whispey.agents.list(), list[Agent])
    await phone.calls.hangup("call_1")


def former_names(start: datetime | date | str | None) -> None:
    """An argument under its former name keeps its type."""
    begin: datetime | date | str | None = None
    begin = renamed_argument("start", start, "begin", begin)
    assert_type(renamed_argument("start", start, "begin", start), datetime | date | str | None)


def compatible_shapes(client: PamelaClient) -> None:
    """The code in the vendor's documentation keeps working."""
    call = client.create_call(to="+1234567890", task="Order", locale="en-US")
    client.get_call(call.get("id", ""))
    client.usage.get("2024-01").get("api_minutes", 0)
