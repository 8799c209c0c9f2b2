"""Arguments and results of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from trunkline.campaigns.rows import TERMINAL

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline.campaigns.rows import Row, RowState
    from trunkline.campaigns.settings import CampaignSettings

__all__ = ["RESULT", "AcceptedCall", "Campaign", "Counts", "QueuedRow", "Result"]

#: The columns of a row's final result.
RESULT: Final = (
    *("line", "key", "state", "outcome", "call_id", "seconds", "cost", "attempts", "error"),
)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign: its settings, and ``running``, ``paused`` or ``cancelled`` with the reason."""

    settings: CampaignSettings
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class QueuedRow:
    """A row, how often it was refused, and its state."""

    row: Row
    attempts: int
    state: str


class AcceptedCall(NamedTuple):
    """A call whose end is not known yet, and when PostgreSQL recorded it."""

    call_id: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """The result of dialling a row.

    Attributes:
        state: the row's state.
        wait: seconds until it is due again.
        refused: whether the vendor refused it; the retries count this.
        call_id: the accepted call.
        error: what went wrong, without secrets.
        pause: why the whole campaign must pause; empty where it need not.
    """

    state: RowState
    wait: float = 0.0
    refused: bool = False
    call_id: str | None = None
    error: str = ""
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows are in each state, and how many lines did not become rows."""

    rows: dict[str, int]
    bad: int
    duplicates: int

    @property
    def open(self) -> int:
        """How many rows are not final."""
        return sum(count for state, count in self.rows.items() if state not in TERMINAL)
