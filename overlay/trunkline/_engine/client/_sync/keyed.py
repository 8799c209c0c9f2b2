# Derived from _engine/client/_async/keyed.py by `make generate`; do not edit.
"""One call under a key: claimed before it is sent, recorded before its caller gets the result."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from trunkline._engine.client.ledgers import (
    answer_of,
    new_entry,
    outcome_step,
    policy_of,
    recorded_error,
)
from trunkline._engine.transport.concurrency import sync_in_thread, sync_result
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import APIError
from trunkline.ledger.errors import (
    CallNotPlacedError,
    CallUnknownError,
    KeyInFlightError,
    LedgerError,
    LedgerWriteError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.client.ledgers import KeyedRequest
    from trunkline._engine.session.context import ClientContext
    from trunkline.ledger import Ledger
    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.machine import Claim

_log: Final = logging.getLogger("trunkline.ledger")
#: Seconds between two checks of a key that another caller is sending.
_PAUSE: Final = 0.25

T = TypeVar("T")


class KeyedCall(Generic[T]):
    """Places one call for a key; it is the send hook of its requests.

    Args:
        context: the client.
        ledger: the ledger.
        call: the call.
        reconcile: looks for the call at the provider; None where that cannot be done.
    """

    def __init__(
        self,
        context: ClientContext,
        ledger: Ledger,
        call: KeyedRequest,
        reconcile: Callable[[], object] | None = None,
    ) -> None:
        self._runtime, self._ledger, self._call = context.runtime, ledger, call
        self._entry = new_entry(context, ledger, call)
        self._policy = policy_of(ledger, call)
        self._reconcile = reconcile
        self._sending = False

    def run(self, send: Callable[[str], T], load: Callable[[Any], T]) -> T:
        """Send the call, or return the recorded one.

        Args:
            send: sends it, given the marker of the attempt.
            load: makes a result from a recorded response.

        Raises:
            APIError: as without a ledger; or the recorded refusal again.
            LedgerError: the key belongs to another request, or the call is unknown or in flight.
        """
        if self._ledger.has_spooled:
            sync_in_thread(self._ledger.take_spooled)
        claim = self._claim()
        if claim.kind != "begin":
            return load(json.loads(claim.row.response or json.dumps({"id": claim.row.call_id})))
        entry = self._entry
        entry.ticket = claim.ticket
        self._ledger.event("claimed", claim.row)
        try:
            result = send(self._ledger.marker(claim.row))
        except BaseException as error:
            self._record_failure(error, claim.row)
            raise
        self._record(result, claim.row)
        return result

    def before_send(self, late: float) -> None:
        """Commit to sending; raises where it is too late or the claim was lost."""
        begun = sync_result(self._entry.begin(late))
        if self._entry.is_late(begun):
            raise TransportError("it took too long to record the call", sent=False)
        self._sending = True

    def before_retry(self) -> None:
        """Note that the request was certainly refused, and is made again after a wait."""
        self._sending = False
        sync_result(self._entry.wait_again())

    def _claim(self) -> Claim:
        """Return a claim that may send the call, or an accepted one; anything else raises."""
        looked = False
        while True:
            claim = self._claimed()
            if claim.kind == "in_flight" and self._ledger.settings.on_in_flight == "wait":
                self._runtime.sleep(_PAUSE)
                continue
            if self._may_look(claim) and not looked and self._reconcile is not None:
                looked = True
                try:
                    self._reconcile()
                except APIError as error:
                    # About the list: as this call's error it would mean that nothing was placed.
                    raise self._refusal(claim) from error
                continue
            if claim.kind in {"begin", "accepted"}:
                return claim
            raise self._refusal(claim)

    def _claimed(self) -> Claim:
        future = self._entry.claim(self._policy)
        try:
            return sync_result(future)
        except LedgerError:
            raise
        except BaseException:
            # Cancelled: the claim is still made, but nobody will use it.
            future.add_done_callback(self._entry.drop)
            raise

    def _may_look(self, claim: Claim) -> bool:
        return claim.kind == "unknown" and self._ledger.settings.on_unknown == "reconcile"

    def _refusal(self, claim: Claim) -> Exception:
        row, key = claim.row, self._entry.label
        if claim.kind == "rejected":
            return recorded_error(row, json.loads(row.error or "{}"), key)
        if claim.kind == "in_flight":
            text = "another caller is placing the call of this key: come back later"
            return KeyInFlightError(text, key=key, seconds=row.lease)
        if claim.kind == "unknown":
            return CallUnknownError(
                f"the call of this key may have been placed ({row.reason}): reconcile or resolve "
                "it; it is not dialled again",
                key=key,
                reason=row.reason,
                attempt=row.n,
            )
        return CallNotPlacedError(
            'the call of this key was not placed; on_absent="redial" dials again',
            key=key,
            evidence=row.evidence,
        )

    def _record(self, result: T, row: Attempt) -> None:
        call_id = self._call.call_id(result)
        answer = json.dumps(answer_of(result, self._call.kept), default=str)
        recorded = self._entry.accepted(call_id, answer)
        try:
            sync_result(recorded)
        except LedgerError as error:
            spooled = self._ledger.write_later(row, call_id, answer)
            raise LedgerWriteError(
                f"the call was placed and could not be recorded: {error}",
                key=self._entry.label,
                call=result,
                call_id=call_id,
                spooled=spooled,
            ) from error
        except BaseException:
            # Cancelled: the record is still written, but nobody would see it fail.
            spool = partial(self._ledger.spool_if_failed, row, call_id, answer)
            recorded.add_done_callback(spool)
            raise
        self._ledger.event("accepted", row)

    def _record_failure(self, error: BaseException, row: Attempt) -> None:
        try:
            sync_result(outcome_step(self._entry, error, sending=self._sending))
        except LedgerError:
            # The caller gets the call's own failure; the end of the lease makes the call unknown.
            _log.warning("the outcome of a call could not be recorded", exc_info=True)
        else:
            self._ledger.event("failed", row)
