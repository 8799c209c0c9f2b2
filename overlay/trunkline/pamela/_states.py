"""What the states of a call mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trunkline._json import text_of
from trunkline_generated.pamela.models.call_status import CallStatus

if TYPE_CHECKING:
    from trunkline_generated.pamela.models.call_status_response import CallStatusResponse

#: The final states of a call. A state that the contract does not know is not among them.
TERMINAL_STATUSES: Final = frozenset(
    {CallStatus.COMPLETED, CallStatus.FAILED, CallStatus.CANCELLED}
)
#: Final states without a transcript.
_UNSPOKEN: Final = TERMINAL_STATUSES - {CallStatus.COMPLETED}


def is_over(call: CallStatusResponse) -> bool:
    """Return whether the call has ended."""
    return text_of(call, "status") in TERMINAL_STATUSES


def has_transcript(call: CallStatusResponse) -> bool:
    """Return whether the transcript is present or can no longer arrive."""
    return bool(call.transcript) or text_of(call, "status") in _UNSPOKEN
