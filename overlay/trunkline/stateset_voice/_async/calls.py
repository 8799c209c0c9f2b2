"""Outbound calls, and what Twilio sends for inbound ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import phone_number
from trunkline_generated.stateset_voice_public.api.calls import make_call
from trunkline_generated.stateset_voice_public.api.webhooks import incoming_call
from trunkline_generated.stateset_voice_public.client import AuthenticatedClient
from trunkline_generated.stateset_voice_public.models.make_call_request import MakeCallRequest
from trunkline_generated.stateset_voice_public.models.make_call_response import MakeCallResponse
from trunkline_generated.stateset_voice_public.models.twilio_voice_form import TwilioVoiceForm

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraOptions


class AsyncCalls(AsyncAPIResource[AuthenticatedClient]):
    """Outbound calls."""

    @operation(make_call, own=("key",))
    async def make(
        self,
        *,
        to: str,
        from_: str | None = None,
        agent_key: str | None = None,
        agent_version_id: str | None = None,
        greeting: str | None = None,
        org_id: str | None = None,
        key: str | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> MakeCallResponse:
        """Start an outbound call (operation ``make_call``).

        It is never repeated after a timeout or a 5xx: the call may have been placed. Look into
        ``call_logs`` first when an error says ``maybe_accepted``.

        Args:
            to: the number to call, E.164.
            from_: the caller id, E.164; without it the tenant's phone route applies.
            agent_key: the agent, such as ``support_primary``; its published version answers.
            agent_version_id: one version of the agent, for a rollout or a test.
            greeting: the opening line spoken to the callee.
            org_id: the organisation, where one tenant serves several.
            key: your own key of this call, carried by errors; nothing is sent of it.

        Raises:
            InvalidArgumentError: a number is not in E.164 form.
            AmbiguousResultError: no answer came and the call may have been placed.
            APIError: anything else that went wrong.
        """
        body = MakeCallRequest(
            to=phone_number("to", to, self._options),
            from_=None if from_ is None else phone_number("from_", from_, self._options),
            agent_key=agent_key,
            agent_version_id=agent_version_id,
            greeting=greeting,
            org_id=org_id,
        )
        client = self._raw_with(extra, key)
        return require_type(MakeCallResponse, await make_call.asyncio(client=client, body=body))

    @operation(incoming_call, own=("signature",))
    async def incoming(
        self,
        *,
        from_: str,
        to: str,
        call_sid: str,
        account_sid: str | None = None,
        api_version: str | None = None,
        call_status: str | None = None,
        direction: str | None = None,
        signature: str | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> str:
        """Send what Twilio sends when a number of yours is called (operation ``incoming_call``).

        Twilio is the usual caller of this operation; use it to test a tenant's routing.

        Args:
            from_: the caller's number.
            to: the number that was called.
            call_sid: Twilio's id of the call.
            account_sid: Twilio's id of the account.
            api_version: the version of Twilio's API.
            call_status: the call's state at Twilio.
            direction: ``inbound``.
            signature: the value of ``X-Twilio-Signature``, where the tenant checks it.

        Returns:
            The TwiML document that connects the call to its media stream.

        Raises:
            APIError: the request failed; a bad signature is an AuthenticationError.
        """
        body = TwilioVoiceForm(
            from_=from_,
            to=to,
            call_sid=call_sid,
            account_sid=account_sid,
            api_version=api_version,
            call_status=call_status,
            direction=direction,
        )
        if signature is not None:
            headers = {"X-Twilio-Signature": signature, **(extra.get("extra_headers") or {})}
            extra["extra_headers"] = headers
        return require_type(
            str, await incoming_call.asyncio(client=self._raw_with(extra), body=body)
        )
