"""Reading the call logs for calls that were placed under keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._engine.client.ledgers import (
    ListReading,
    ReconcileReport,
    namespace,
    required_ledger,
    unknown_calls,
)
from trunkline._engine.client.validation import to_utc
from trunkline._engine.transport.concurrency import async_in_thread
from trunkline.stateset_voice._evidence import QUIET, RECORDED_AS, Logs, decide, log_of

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline._engine.client._async.page import AsyncPaginator
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.stateset_voice._async.lists import AsyncCallLogs
    from trunkline_generated.stateset_voice_public.models.call_log import CallLog


async def async_reconcile(context: ClientContext, logs: AsyncCallLogs) -> ReconcileReport:
    """Decide the unknown calls of a client's ledger."""
    ledger = required_ledger(context)
    ns = namespace(context, RECORDED_AS, ledger.settings.account)
    rows = await async_in_thread(unknown_calls, ledger, ns, QUIET)
    if not rows:
        return ReconcileReport()
    # Without a time window: a clock that is, or was, wrong would make calls look absent.
    found = await async_read_logs(logs, None, None, {})
    return await async_in_thread(decide, ledger, rows, found)


async def async_read_logs(
    logs: AsyncCallLogs, since: datetime | None, until: datetime | None, extra: ExtraOptions
) -> Logs:
    """Return the outbound calls of a window."""
    calls: list[CallLog] = []
    reading = ListReading()
    async for page in _outbound(logs, since, until, extra).pages():
        reading.note(page.total, page.ids, has_more=page.has_next)
        calls += page.items
    return Logs(calls, reading.is_complete)


async def async_read_log(
    logs: AsyncCallLogs, call_sid: str, since: datetime, extra: ExtraOptions
) -> CallLog | None:
    """Return the log of one call, None if there is none yet."""
    page = await _outbound(logs, since, None, extra)
    found = log_of(page.items, call_sid)
    if found is None and page.has_next:  # rare: the newest come first
        found = log_of((await async_read_logs(logs, since, None, extra)).calls, call_sid)
    return found


def _outbound(
    logs: AsyncCallLogs, since: datetime | None, until: datetime | None, extra: ExtraOptions
) -> AsyncPaginator[CallLog]:
    start, end = to_utc("since", since), to_utc("until", until)
    return logs.list(direction="outbound", from_=start, to=end, **extra)
