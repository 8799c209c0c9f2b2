"""Call logs and voice sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.envelopes import ListBody
from trunkline._engine.client.operation import drop_none, operation
from trunkline._engine.client.validation import bounded_int, enum_member, to_utc
from trunkline.stateset_voice._provider import read_page
from trunkline_generated.stateset_voice_public.api.call_logs import list_call_logs
from trunkline_generated.stateset_voice_public.api.voice_sessions import list_voice_sessions
from trunkline_generated.stateset_voice_public.client import AuthenticatedClient
from trunkline_generated.stateset_voice_public.models.call_direction import CallDirection
from trunkline_generated.stateset_voice_public.models.call_log import CallLog
from trunkline_generated.stateset_voice_public.models.call_log_list import CallLogList
from trunkline_generated.stateset_voice_public.models.voice_session import VoiceSession
from trunkline_generated.stateset_voice_public.models.voice_session_list import VoiceSessionList

if TYPE_CHECKING:
    from datetime import date, datetime

    from trunkline._engine.client._async.page import AsyncPaginator
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline_generated.stateset_voice_public.models.call_direction import CallDirectionValue


_CALL_LOGS: Final = ListBody(CallLogList, "data", CallLog)
_SESSIONS: Final = ListBody(VoiceSessionList, "data", VoiceSession)


class AsyncCallLogs(AsyncAPIResource[AuthenticatedClient]):
    """The history of calls."""

    @operation(list_call_logs)
    def list(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        status: str | None = None,
        direction: CallDirectionValue | CallDirection | None = None,
        from_: datetime | date | str | None = None,
        to: datetime | date | str | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> AsyncPaginator[CallLog]:
        """List past and present calls (operation ``list_call_logs``).

        Args:
            limit: the size of a page, at least 1; the server's default and maximum are unknown.
            offset: how many calls to skip.
            status: only calls in this state, such as ``completed`` or ``no-answer``.
            direction: ``inbound`` or ``outbound``.
            from_: the start of the time window; without a zone it is taken as UTC.
            to: the end of the time window, likewise; a plain day is its first instant, so give
                the day after to include a day.

        Raises:
            InvalidArgumentError: an argument is out of range.
            APIError: a request failed.
        """
        query = drop_none(
            {
                "limit": bounded_int("limit", limit, 1),
                "status": status,
                "direction": enum_member("direction", direction, CallDirection),
                "from_": to_utc("from_", from_),
                "to": to_utc("to", to),
            }
        )
        first = bounded_int("offset", offset, 0)
        return self._list(list_call_logs.get_kwargs, query, read_page, _CALL_LOGS, first, extra)


class AsyncVoiceSessions(AsyncAPIResource[AuthenticatedClient]):
    """The persisted sessions of calls: transcripts, tool calls, tags."""

    @operation(list_voice_sessions)
    def list(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        status: str | None = None,
        stream_id: str | None = None,
        agent_key: str | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> AsyncPaginator[VoiceSession]:
        """List voice sessions (operation ``list_voice_sessions``).

        Args:
            limit: the size of a page, at least 1.
            offset: how many sessions to skip.
            status: only sessions in this state, such as ``active`` or ``reviewed``.
            stream_id: only the session of this media stream.
            agent_key: only sessions of this agent.

        Raises:
            InvalidArgumentError: an argument is out of range.
            APIError: a request failed.
        """
        query = drop_none(
            {
                "limit": bounded_int("limit", limit, 1),
                "status": status,
                "stream_id": stream_id,
                "agent_key": agent_key,
            }
        )
        first = bounded_int("offset", offset, 0)
        request = list_voice_sessions.get_kwargs
        return self._list(request, query, read_page, _SESSIONS, first, extra)
