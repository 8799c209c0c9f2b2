from __future__ import annotations

from typing import TYPE_CHECKING

from .port import Outcome, Telephony

if TYPE_CHECKING:
    from trunkline import Pamela
    from trunkline.pamela import CallStatusResponse


class PamelaTelephony(Telephony):
    def __init__(self, client: Pamela, *, country: str | None = None) -> None:
        self._api = client.with_options(max_retries=1)
        self._defaults = {"country": country} if country else {}

    def dial(self, number: str, script: str) -> str:
        response = self._api.calls.create(to=number, task=script, **self._defaults)  # hit: consent
        return response.id

    def outcome(self, call_id: str) -> Outcome:
        return self._outcome(self._api.calls.get(call_id))

    @staticmethod
    def _outcome(status: CallStatusResponse) -> Outcome:
        return Outcome(
            call_id=status.id,
            summary=status.summary,  # hit: summary
            finished=status.ended_at is not None,
        )

    def abort(self, call_id: str) -> None:
        self._api.calls.cancel(call_id)  # hit: cancel_call
