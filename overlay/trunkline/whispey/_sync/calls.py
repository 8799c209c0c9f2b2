# Derived from whispey/_async/calls.py by `make generate`; do not edit.
"""Calls that were observed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Unpack

from trunkline._engine.client._sync.resource import APIResource
from trunkline._engine.client.envelopes import ListBody, unwrap
from trunkline._engine.client.operation import drop_none, operation, require_type
from trunkline._engine.client.validation import bounded_int, day_or_moment, enum_member, identifier
from trunkline.whispey._provider import read_page
from trunkline_generated.whispey.api.calls import get_call, list_calls
from trunkline_generated.whispey.client import AuthenticatedClient
from trunkline_generated.whispey.models.call import Call
from trunkline_generated.whispey.models.call_detail import CallDetail
from trunkline_generated.whispey.models.call_list_response import CallListResponse
from trunkline_generated.whispey.models.call_response import CallResponse
from trunkline_generated.whispey.models.call_status_filter import CallStatusFilter

if TYPE_CHECKING:
    from datetime import date, datetime

    from trunkline._engine.client._sync.page import Page
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline_generated.whispey.models.call_status_filter import CallStatusFilterValue


_PAGE: Final = ListBody(CallListResponse, "data", Call)


class Calls(APIResource[AuthenticatedClient]):
    """Calls that were observed."""

    @operation(list_calls)
    def list(
        self,
        *,
        agent_id: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        start_date: datetime | date | str | None = None,
        end_date: datetime | date | str | None = None,
        status: CallStatusFilterValue | CallStatusFilter | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> Page[Call]:
        """List calls (operation ``listCalls``).

        The order is not documented. Give ``end_date`` so that new calls do not shift the pages; a
        call that appears again is left out in any case.

        Args:
            agent_id: only calls of this agent.
            limit: the size of a page, 1 to 100; the service's default is 50.
            offset: how many calls to skip.
            start_date: the start of the time window, a day or a time; without a zone it is UTC.
            end_date: the end of the time window, likewise.
            status: ``completed``, ``failed`` or ``in_progress``.

        Raises:
            InvalidArgumentError: an argument is out of range.
            APIError: a request failed.
        """
        query = drop_none(
            {
                "agent_id": agent_id,
                "limit": bounded_int("limit", limit, 1, 100),
                "start_date": day_or_moment("start_date", start_date),
                "end_date": day_or_moment("end_date", end_date),
                "status": enum_member("status", status, CallStatusFilter),
            }
        )
        first = bounded_int("offset", offset, 0)
        return self._list(list_calls.get_kwargs, query, read_page, _PAGE, first, extra)

    @operation(get_call)
    def get(self, call_id: str, **extra: Unpack[ExtraOptions]) -> CallDetail:
        """Return a call with its transcript and measurements (operation ``getCall``).

        Duration, cost, transcript and metrics may be None while it is in progress.

        Args:
            call_id: the call's id.

        Raises:
            InvalidArgumentError: the id is empty.
            NotFoundError: there is no such call.
            APIError: the request failed.
        """
        call_id = identifier("call_id", call_id)
        answer = require_type(CallResponse, get_call.sync(call_id, client=self._raw_with(extra)))
        return unwrap(get_call, CallDetail, answer)
