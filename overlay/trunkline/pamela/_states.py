"""What the states of a call mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trunkline._json import text_of
from trunkline_generated.pamela.models.call_status import CallStatus

if TYPE_CHECKING:
    from trunkline_generated.pamela.models.call_status_response import CallStatusResponse

#: The states that a call does not leave. A state that the contract does not know is not among them.
TERMINAL_STATUSES: Final = frozenset(
    {CallStatus.COMPLETED, CallStatus.FAILED, CallStatus.CANCELLED}
)
#: There will be no transcript.
_UNSPOKEN: Final = TERMINAL_STATUSES - {CallStatus.COMPLETED}


def is_over(call: CallStatusResponse) -> bool:
    """Return whether the call has come to its end."""
    return text_of(call, "status") in TERMINAL_STATUSES


def has_transcript(call: CallStatusResponse) -> bool:
    """Return whether the transcript is present or can no longer arrive."""
    return bool(call.transcript) or text_of(call, "status") in _UNSPOKEN
