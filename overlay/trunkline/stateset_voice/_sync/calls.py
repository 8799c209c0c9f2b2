# Derived from stateset_voice/_async/calls.py by `make generate`; do not edit.
"""Outbound calls, and what Twilio sends for inbound ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._sync.resource import APIResource
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import identifier, phone_number
from trunkline._redact import shown
from trunkline.stateset_voice._evidence import finding, is_over, keyed_call
from trunkline.stateset_voice._sync.lists import CallLogs
from trunkline_generated.stateset_voice_public.api.calls import make_call
from trunkline_generated.stateset_voice_public.api.webhooks import incoming_call
from trunkline_generated.stateset_voice_public.client import AuthenticatedClient
from trunkline_generated.stateset_voice_public.models.call_log import CallLog
from trunkline_generated.stateset_voice_public.models.make_call_request import MakeCallRequest
from trunkline_generated.stateset_voice_public.models.make_call_response import MakeCallResponse
from trunkline_generated.stateset_voice_public.models.twilio_voice_form import TwilioVoiceForm

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline._engine.client.ledgers import ReconcileReport
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.stateset_voice._evidence import LogFinding
    from trunkline.stateset_voice.ended_calls import EndedCalls


class Calls(APIResource[AuthenticatedClient]):
    """Outbound calls."""

    @operation(make_call, own=("key", "attempt", "retry_rejected"))
    def make(
        self,
        *,
        to: str,
        from_: str | None = None,
        agent_key: str | None = None,
        agent_version_id: str | None = None,
        greeting: str | None = None,
        org_id: str | None = None,
        key: str | None = None,
        attempt: int = 1,
        retry_rejected: bool = False,
        **extra: Unpack[ExtraOptions],
    ) -> MakeCallResponse:
        """Start an outbound call (operation ``make_call``).

        It is never repeated after a timeout or a 5xx: the call may have been placed. Look into
        ``call_logs`` first when an error says ``maybe_accepted``, or give the client a ledger: then
        one call is placed for a key, however often it is requested.

        Args:
            to: the number to call, E.164.
            from_: the caller id, E.164; without it the tenant's phone route applies.
            agent_key: the agent, such as ``support_primary``; its published version takes the call.
            agent_version_id: one version of the agent, for a rollout or a test.
            greeting: the opening line spoken to the callee.
            org_id: the organisation, where one tenant serves several.
            key: your own key of this call, such as an order number. Errors carry it; it is not
                sent. With a ledger, the call that is recorded under the key is returned, and
                nothing is sent again.
            attempt: 2 for a deliberate second call of the same key, after one that nobody answered.
            retry_rejected: with a ledger, whether a recorded refusal is tried again.

        Raises:
            InvalidArgumentError: a number is not in E.164 form.
            AmbiguousResultError: no response came and the call may have been placed.
            LedgerError: with a ledger: the key was used for another request (KeyConflictError), its
                call is being placed (KeyInFlightError) or unknown (CallUnknownError), or the ledger
                cannot be used.
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
        if key is None:
            client = self._raw_with(extra)
            return require_type(MakeCallResponse, make_call.sync(client=client, body=body))
        call = keyed_call(key, attempt, body.to_dict(), extra, retry_rejected=retry_rejected)

        def send(client: AuthenticatedClient, _marker: str) -> MakeCallResponse:
            return require_type(MakeCallResponse, make_call.sync(client=client, body=body))

        return self._place(call, extra, send, MakeCallResponse.from_dict, self.reconcile)

    def find(self, *, to: str, since: datetime, until: datetime | None = None) -> LogFinding:
        """Look in the call logs for outbound calls to a number (``list_call_logs``).

        The logs do not carry the key, so this returns only the calls that a number had. It is not
        documented that they name the number, and a running call may be missing from them.

        Args:
            to: the number that was to be called, E.164.
            since: the start of the time window in which it was to be called.
            until: the end of the time window; None for now.

        Raises:
            InvalidArgumentError: the number is not in E.164 form, or a time is not valid.
            APIError: the logs could not be read.
        """
        from trunkline.stateset_voice._sync.evidence import sync_read_logs

        number = phone_number("to", to, self._options)
        logs = sync_read_logs(CallLogs(self._api), since, until, {})
        return finding(logs, number)

    def reconcile(self) -> ReconcileReport:
        """Decide the unknown calls of the client's ledger by the call logs (``list_call_logs``).

        A complete reading that shows no outbound call to a number, and none without a number, makes
        its unknown calls ``not_placed`` once they have been unknown for the quiet time (7325 s, or
        the ledger's ``quiet``; running calls may be missing from the logs). A log with the number
        counts as presence only with the ledger's ``exclusive_account=True``. It never dials.

        Raises:
            ConfigurationError: the client has no ledger.
            LedgerStoreError: the ledger cannot be used.
            APIError: the logs could not be read.
        """
        from trunkline.stateset_voice._sync.evidence import sync_reconcile

        return sync_reconcile(self._session.context, CallLogs(self._api))

    def wait(
        self,
        call_sid: str,
        *,
        since: datetime,
        timeout: float = 600.0,
        interval: float = 2.0,
        ended: EndedCalls | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> CallLog:
        """Poll the call logs, and the calls reported by events, until a call has ended.

        Args:
            call_sid: the call's id, as ``make`` returns it.
            since: a moment before the call was made; older logs are not read.
            timeout: seconds to wait, requests included.
            interval: seconds before the second request; each pause is 1.5 times the one before, up
                to 10 s.
            ended: calls that events have reported as ended, checked before the logs. They save
                requests, which are limited to 60 a minute for an address.

        Raises:
            WaitTimeoutError: the logs do not show the call, or not its end; ``last`` holds what
                they show.
            InvalidArgumentError: the id is empty, or a time is not above 0.
            APIError: the logs cannot be read.
        """
        from trunkline.stateset_voice._sync.evidence import sync_read_log

        call_sid = identifier("call_sid", call_sid)

        def reported() -> CallLog | None:
            return None if ended is None else ended.get(call_sid)

        def read(calls: Calls) -> CallLog | None:
            return reported() or sync_read_log(CallLogs(calls._api), call_sid, since, extra)

        def done(log: CallLog | None) -> bool:
            return is_over(log) or (log is not None and log is reported())

        found = self._wait(read, done, f"the call {shown(call_sid)}", timeout, interval)
        return require_type(CallLog, found)

    @operation(incoming_call, own=("signature",))
    def incoming(
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
        """Send Twilio's request for a call to one of your numbers (operation ``incoming_call``).

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
        return require_type(str, incoming_call.sync(client=self._raw_with(extra), body=body))
