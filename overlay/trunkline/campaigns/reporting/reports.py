"""The results of a campaign, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline.campaigns.rows import Problem
    from trunkline.campaigns.storage.store import CampaignStore

__all__ = ["CampaignReport", "report_of"]


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """The numbers of a campaign.

    Attributes:
        name: the campaign.
        state: ``running``, ``paused`` or ``cancelled``; ``done`` when no row is open.
        reason: why it is paused.
        states: how many rows are in each state.
        outcomes: how many calls ended with each outcome.
        durations: the seconds of each call whose duration is known, ascending.
        cost: the total cost of the calls; None where no cost is known.
        problems: the lines that were not dialled.
    """

    name: str
    state: str
    reason: str
    states: dict[str, int]
    outcomes: dict[str, int]
    durations: list[float] = field(repr=False)
    cost: Decimal | None
    problems: list[Problem] = field(repr=False)

    def quantile(self, part: float) -> float | None:
        """Return the duration that this part of the calls does not exceed, in seconds."""
        if not self.durations:
            return None
        index = min(len(self.durations) - 1, int(part * len(self.durations)))
        return round(self.durations[index], 1)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        bad = [problem for problem in self.problems if not problem.is_duplicate]
        return {
            "campaign": self.name,
            "state": self.state,
            "reason": self.reason,
            "rows": self.states,
            "bad_lines": len(bad),
            "duplicate_lines": len(self.problems) - len(bad),
            "outcomes": self.outcomes,
            "seconds": {
                "total": round(sum(self.durations), 1),
                "median": self.quantile(0.5),
                "p95": self.quantile(0.95),
            },
            "cost": None if self.cost is None else str(self.cost),
        }


def report_of(store: CampaignStore, name: str) -> CampaignReport:
    """Return the report of a campaign.

    Raises:
        CampaignError: there is no campaign of this name.
    """
    campaign, results = store.campaign(name), store.results(name)
    costs: list[Decimal] = [row["cost"] for row in results if row["cost"] is not None]
    is_done = not store.counts(name).open and campaign.state != "cancelled"
    return CampaignReport(
        name=name,
        state="done" if is_done else campaign.state,
        reason=campaign.reason,
        states=_count([row["state"] for row in results]),
        outcomes=_count([row["outcome"] for row in results if row["outcome"]]),
        durations=sorted(row["seconds"] for row in results if row["seconds"] is not None),
        cost=sum(costs, start=Decimal()) if costs else None,
        problems=store.problems(name),
    )


def _count(words: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
