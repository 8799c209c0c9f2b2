"""Voice calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import identifier
from trunkline._engine.session.extra_options import extra_options
from trunkline.phone_ai._fields import keyed_call, open_body
from trunkline_generated.phone_ai.api.calls import (
    create_call,
    hangup_call,
    inject_audio,
    respond_to_call,
    route_call,
)
from trunkline_generated.phone_ai.client import AuthenticatedClient
from trunkline_generated.phone_ai.models.audio_request import AudioRequest
from trunkline_generated.phone_ai.models.audio_result import AudioResult
from trunkline_generated.phone_ai.models.call_request import CallRequest
from trunkline_generated.phone_ai.models.call_result import CallResult
from trunkline_generated.phone_ai.models.hangup_request import HangupRequest
from trunkline_generated.phone_ai.models.hangup_result import HangupResult
from trunkline_generated.phone_ai.models.respond_request import RespondRequest
from trunkline_generated.phone_ai.models.respond_result import RespondResult
from trunkline_generated.phone_ai.models.route_request import RouteRequest
from trunkline_generated.phone_ai.models.route_result import RouteResult

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraBody, ExtraHeaders, ExtraQuery


class AsyncCalls(AsyncAPIResource[AuthenticatedClient]):
    """Voice calls.

    The vendor documents no field of any request or response: what you pass is sent as it is, and
    fields of a result are read as ``result["name"]`` or ``result.get("name")``.
    """

    @operation(create_call, own=("key", "attempt", "retry_rejected"))
    async def create(
        self,
        *,
        key: str | None = None,
        attempt: int = 1,
        retry_rejected: bool = False,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> CallResult:
        """Start a call (operation ``create_call``).

        It is never repeated after a timeout or a 5xx: the call may have been started, and there
        is no operation to look it up with. With a ledger, one call is started for a key, however
        often it is requested; an unknown one waits for ``Ledger.resolve``.

        Args:
            key: your own key of this call, such as an order number. Errors carry it; it is not
                sent. With a ledger the call that is recorded under the key is returned. A vendor's
                field with this name or one of the next two goes into ``extra_body``.
            attempt: 2 for a deliberate second call of the same key, after one that nobody answered.
            retry_rejected: with a ledger, whether a recorded refusal is tried again.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked; ``from_`` is sent as
                ``from``.

        Raises:
            InvalidArgumentError: a field is not a JSON value.
            AmbiguousResultError: no response came and the call may have been started.
            LedgerError: with a ledger: the key was used for another request (KeyConflictError), its
                call is being placed (KeyInFlightError) or unknown (CallUnknownError), or the ledger
                cannot be used.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        body = open_body(CallRequest, fields)
        if key is None:
            client = self._raw_with(extra)
            return require_type(CallResult, await create_call.asyncio(client=client, body=body))
        call = keyed_call(key, attempt, body, extra, retry_rejected=retry_rejected)

        async def send(client: AuthenticatedClient, _marker: str) -> CallResult:
            return require_type(CallResult, await create_call.asyncio(client=client, body=body))

        return await self._place(call, extra, send, CallResult.from_dict)

    @operation(hangup_call)
    async def hangup(
        self,
        call_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> HangupResult:
        """End an active call (operation ``hangup_call``).

        Args:
            call_id: the call's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            APIError: the request failed.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        call_id = identifier("call_id", call_id)
        body = open_body(HangupRequest, fields)
        client = self._raw_with(extra)
        return require_type(
            HangupResult, await hangup_call.asyncio(call_id, client=client, body=body)
        )

    @operation(respond_to_call)
    async def respond(
        self,
        call_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> RespondResult:
        """Send a response into an active call (operation ``respond_to_call``).

        It is never repeated after a timeout or a 5xx: the response may have been spoken.

        Args:
            call_id: the call's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            AmbiguousResultError: no HTTP response came, and the text may have been accepted.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        call_id = identifier("call_id", call_id)
        body = open_body(RespondRequest, fields)
        client = self._raw_with(extra)
        return require_type(
            RespondResult, await respond_to_call.asyncio(call_id, client=client, body=body)
        )

    @operation(inject_audio)
    async def audio(
        self,
        call_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> AudioResult:
        """Inject audio into an active call (operation ``inject_audio``).

        Whether audio is given as a URL or in base64 is not documented. It is never repeated after
        a timeout or a 5xx, although it is a PUT: the audio would be heard twice.

        Args:
            call_id: the call's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            AmbiguousResultError: no response came and the audio may have been accepted.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        call_id = identifier("call_id", call_id)
        body = open_body(AudioRequest, fields)
        client = self._raw_with(extra)
        return require_type(
            AudioResult, await inject_audio.asyncio(call_id, client=client, body=body)
        )

    @operation(route_call)
    async def route(
        self,
        call_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> RouteResult:
        """Route an active call to another endpoint (operation ``route_call``).

        What an endpoint is, a telephone number or an address, is not documented.

        Args:
            call_id: the call's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            APIError: the request failed.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        call_id = identifier("call_id", call_id)
        body = open_body(RouteRequest, fields)
        client = self._raw_with(extra)
        return require_type(
            RouteResult, await route_call.asyncio(call_id, client=client, body=body)
        )
