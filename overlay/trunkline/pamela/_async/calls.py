"""Outbound calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.envelopes import ListBody
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import bounded_int, enum_member, identifier, phone_number
from trunkline._engine.options import positive
from trunkline.errors import APIError, WaitTimeoutError
from trunkline.pamela._evidence import finding, keyed_call, markers_of, plain_marker
from trunkline.pamela._provider import read_page
from trunkline.pamela._requests import calls_query, marked, metadata_of, tools_of, webhooks_of
from trunkline.pamela._states import has_transcript, is_over
from trunkline_generated.pamela.api.calls import (
    cancel_call,
    create_call,
    get_call,
    hangup_call,
    list_calls,
)
from trunkline_generated.pamela.client import AuthenticatedClient
from trunkline_generated.pamela.models.call_action_response import CallActionResponse
from trunkline_generated.pamela.models.call_list_response import CallListResponse
from trunkline_generated.pamela.models.call_response import CallResponse
from trunkline_generated.pamela.models.call_status_response import CallStatusResponse
from trunkline_generated.pamela.models.create_call_request import CreateCallRequest
from trunkline_generated.pamela.models.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline._engine.client._async.page import AsyncPaginator
    from trunkline._engine.client.ledgers import ReconcileReport
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.pamela._evidence import CallFinding
    from trunkline.pamela._requests import JsonObject, Moment, ToolParam, WebhooksParam
    from trunkline_generated.pamela.models.call_status_filter import (
        CallStatusFilter,
        CallStatusFilterValue,
    )
    from trunkline_generated.pamela.models.call_webhooks import CallWebhooks
    from trunkline_generated.pamela.models.tool_definition import ToolDefinition
    from trunkline_generated.pamela.models.tool_input import ToolInput
    from trunkline_generated.pamela.models.voice import VoiceValue


_PAGE: Final = ListBody(CallListResponse, "items", CallStatusResponse)


class AsyncCalls(AsyncAPIResource[AuthenticatedClient]):
    """Outbound calls."""

    @operation(
        create_call,
        own=("key", "attempt", "retry_rejected"),
        bounds={"max_duration_seconds": "0 could mean no call, or no limit, which costs money"},
    )
    async def create(
        self,
        *,
        to: str,
        task: str,
        country: str | None = None,
        locale: str | None = None,
        instructions: str | None = None,
        max_duration_seconds: int | None = None,
        voice: VoiceValue | Voice | None = None,
        agent_name: str | None = None,
        caller_name: str | None = None,
        metadata: JsonObject | None = None,
        tools: Sequence[ToolParam | ToolInput | ToolDefinition] | None = None,
        webhooks: WebhooksParam | CallWebhooks | None = None,
        end_user_id: str | None = None,
        key: str | None = None,
        attempt: int = 1,
        retry_rejected: bool = False,
        **extra: Unpack[ExtraOptions],
    ) -> CallResponse:
        """Start an outbound call (operation ``create_call``).

        The API has no idempotency key, so a request that may have been received is never repeated.
        Look into ``list`` or ``find`` first when an error says ``maybe_accepted``, or give the
        client a ledger: then one call is placed for a key, however often it is requested.

        Args:
            to: the number to call, E.164.
            task: what the agent should do, in free text.
            country: ISO 3166-1 alpha-2, such as ``US``; it decides the caller id.
            locale: language and region of the conversation, such as ``en-US``.
            instructions: further guidance for the agent.
            max_duration_seconds: the longest duration in seconds, at least 1. The upper limit and
                the default are not documented; the vendor's demo has 3600 and 299.
            voice: ``male``, ``female`` or ``auto``.
            agent_name: the name by which the agent introduces itself.
            caller_name: on whose behalf the agent calls.
            metadata: your own JSON object, returned with the call.
            tools: tools for this call alone, each with name, description, input_schema and, if
                wanted, output_schema and timeout_ms.
            webhooks: ``webhook_url`` (call events) and ``tool_webhook_url`` (tool executions) for
                this call instead of the account's.
            end_user_id: your own id of the tenant or end user; keeps their contexts apart.
            key: your own key of this call, such as an order number. Errors carry it, and
                ``metadata`` carries a digest of it, for ``find``. With a ledger, the call that is
                recorded under the key is returned, and nothing is sent again.
            attempt: 2 for a deliberate second call of the same key, after one that nobody answered.
            retry_rejected: with a ledger, whether a recorded refusal is tried again.

        Raises:
            InvalidArgumentError: the number is not in E.164 form, or an argument has a wrong shape.
            AmbiguousResultError: no response came and the call may have been placed.
            SubscriptionError: the subscription does not allow calls.
            LedgerError: with a ledger: the key was used for another request (KeyConflictError), its
                call is being placed (KeyInFlightError) or unknown (CallUnknownError), or the ledger
                cannot be used.
            APIError: anything else that went wrong.
        """
        body = CreateCallRequest(
            to=phone_number("to", to, self._options),
            task=task,
            country=country,
            locale=locale,
            instructions=instructions,
            max_duration_seconds=bounded_int("max_duration_seconds", max_duration_seconds, 1),
            voice=enum_member("voice", voice, Voice),
            agent_name=agent_name,
            caller_name=caller_name,
            metadata=metadata_of(metadata),
            tools=tools_of(tools),
            webhooks=webhooks_of(webhooks),
            end_user_id=end_user_id,
        )
        if key is None:
            client = self._raw_with(extra)
            return require_type(CallResponse, await create_call.asyncio(client=client, body=body))
        call = keyed_call(key, attempt, body.to_dict(), extra, retry_rejected=retry_rejected)

        async def send(client: AuthenticatedClient, marker: str) -> CallResponse:
            request = marked(body, marker or plain_marker(key, attempt))
            return require_type(
                CallResponse, await create_call.asyncio(client=client, body=request)
            )

        return await self._place(call, extra, send, CallResponse.from_dict, self.reconcile)

    async def find(self, *, key: str, attempt: int = 1) -> CallFinding:
        """Look through all calls for the one that was placed under a key (``list_calls``).

        It is found by the marker that ``create(key=...)`` puts into its metadata. Metadata in
        lists is documented by its type only; the finding says whether any call had a marker. An
        absent call proves nothing before three minutes have passed.

        Args:
            key: the key that was given to ``create``.
            attempt: the attempt that was given to ``create``.

        Raises:
            InvalidArgumentError: the key is not valid.
            APIError: the list could not be read.
        """
        from trunkline.pamela._async.evidence import async_read_markers

        context = self._session.context
        marks = markers_of(context.ledger, key, attempt)
        return finding(await async_read_markers(self.list), marks)

    async def reconcile(self) -> ReconcileReport:
        """Decide the unknown calls of the client's ledger by the list of calls (``list_calls``).

        A call whose marker the list shows becomes ``accepted``. One that a complete reading does
        not show becomes ``not_placed`` once it has been unknown for the quiet time (185 s, or the
        ledger's ``quiet``). Call it from time to time; it never dials.

        Raises:
            ConfigurationError: the client has no ledger.
            LedgerStoreError: the ledger cannot be used.
            APIError: the list could not be read.
        """
        from trunkline.pamela._async.evidence import async_reconcile

        return await async_reconcile(self._session.context, self.list)

    @operation(get_call)
    async def get(self, call_id: str, **extra: Unpack[ExtraOptions]) -> CallStatusResponse:
        """Return a call's state, summary and transcript (operation ``get_call``).

        The last two exist once the call is over. The transcript may arrive some seconds after the
        state has become ``completed``, as a text or as a list of entries.

        Args:
            call_id: the call's id.

        Raises:
            NotFoundError: there is no such call.
            APIError: anything else that went wrong.
        """
        call_id = identifier("call_id", call_id)
        return require_type(
            CallStatusResponse, await get_call.asyncio(call_id, client=self._raw_with(extra))
        )

    @operation(list_calls, own=("status",))
    def list(
        self,
        *,
        status: CallStatusFilterValue | CallStatusFilter | None = None,
        status_filter: CallStatusFilterValue | CallStatusFilter | None = None,
        limit: int | None = None,
        offset: int | None = None,
        start_date: Moment | None = None,
        end_date: Moment | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> AsyncPaginator[CallStatusResponse]:
        """List calls (operation ``list_calls``).

        The API does not document the order, which time the dates filter, or whether the bounds
        are inclusive.

        Args:
            status: the same as ``status_filter``, which wins.
            status_filter: only calls in this state: ``queued``, ``ringing``, ``in_progress``,
                ``completed``, ``failed`` or ``cancelled``.
            limit: the size of a page, from 1 to 100; the service's default is 50.
            offset: how many calls to skip.
            start_date: the beginning of the time window; a moment without a zone is taken as UTC,
                and a plain day is sent as a day.
            end_date: its end, likewise.

        Raises:
            InvalidArgumentError: an argument is out of range or has an unknown value.
            APIError: a request failed.
        """
        query = calls_query(status, status_filter, limit, start_date, end_date)
        first = bounded_int("offset", offset, 0)
        return self._list(list_calls.get_kwargs, query, read_page, _PAGE, first, extra)

    @operation(cancel_call)
    async def cancel(self, call_id: str, **extra: Unpack[ExtraOptions]) -> CallActionResponse:
        """Cancel a call that has not connected yet (operation ``cancel_call``).

        The vendor's demo cancels calls that are queued or ringing and hangs up others; the
        response for a call that has ended is not documented.

        Args:
            call_id: the call's id.

        Raises:
            NotFoundError: there is no such call.
            APIError: anything else that went wrong.
        """
        call_id = identifier("call_id", call_id)
        return require_type(
            CallActionResponse, await cancel_call.asyncio(call_id, client=self._raw_with(extra))
        )

    @operation(hangup_call)
    async def hangup(self, call_id: str, **extra: Unpack[ExtraOptions]) -> CallActionResponse:
        """End a call by force, whatever its state (operation ``hangup_call``).

        Args:
            call_id: the call's id.

        Raises:
            NotFoundError: there is no such call.
            APIError: anything else that went wrong.
        """
        call_id = identifier("call_id", call_id)
        return require_type(
            CallActionResponse, await hangup_call.asyncio(call_id, client=self._raw_with(extra))
        )

    async def wait(
        self,
        call_id: str,
        *,
        timeout: float = 600.0,
        interval: float = 1.0,
        transcript_timeout: float = 0.0,
        **extra: Unpack[ExtraOptions],
    ) -> CallStatusResponse:
        """Poll a call until it is completed, failed or cancelled.

        Polling goes on after a failure that may be temporary: a lost connection, 408, 425, 429,
        5xx, and in the first 5 s a 404.

        Args:
            call_id: the call's id.
            timeout: seconds to wait for the end of the call, requests included.
            interval: seconds before the second request; each pause is 1.5 times the one before, up
                to 10 s.
            transcript_timeout: seconds to wait, after a call has completed, for a transcript that
                arrives late; when none has arrived by then, the call is returned without it.

        Raises:
            WaitTimeoutError: the call is not over yet; ``last`` holds its latest state.
            InvalidArgumentError: a time is not above 0.
            APIError: the call cannot be read.
        """
        late = positive("transcript_timeout", transcript_timeout) if transcript_timeout else 0.0

        async def read(calls: AsyncCalls) -> CallStatusResponse:
            return await calls.get(call_id, **extra)

        call = await self._wait(read, is_over, f"the call {call_id}", timeout, interval)
        if not late or has_transcript(call):
            return call
        try:
            what = f"the transcript of {call_id}"
            return await self._wait(read, has_transcript, what, late, interval)
        except (WaitTimeoutError, APIError):
            return call
