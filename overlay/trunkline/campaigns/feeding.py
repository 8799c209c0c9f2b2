"""Giving due rows to the workers, and following up those that they have dialled."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from trunkline.campaigns.errors import CampaignError
from trunkline.campaigns.rows import RowState
from trunkline.campaigns.storage.values import Result
from trunkline.errors import APIError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trunkline.campaigns.dialling import Dialler
    from trunkline.campaigns.storage.store import CampaignStore
    from trunkline.campaigns.storage.values import Campaign, Counts

__all__ = ["Feeder"]

_log: Final = logging.getLogger("trunkline.campaigns")
#: The result of a row whose message failed; the ledger knows whether it was dialled before.
_NOT_TOLD: Final = Result(RowState.UNKNOWN, wait=5.0)


class Feeder:
    """Feeds one campaign. Several may run at once: a row belongs to one of them.

    Args:
        store: the campaigns.
        name: the campaign.
        ring: sends lines of a campaign to workers to dial; raises CampaignError if it cannot.
        dialler: reads how calls ended, and decides unknown ones.
        lease: seconds after which the row of a silent worker is given to another one.
        look_every: seconds between two readings of a running call; None for the provider's
            default: 10 at Pamela, and 60 between two readings of StateSet's logs.
        reconcile_every: seconds between two readings of the provider's list.
    """

    def __init__(
        self,
        store: CampaignStore,
        name: str,
        ring: Callable[[str, Sequence[int]], None],
        dialler: Dialler,
        *,
        lease: float = 180.0,
        look_every: float | None = None,
        reconcile_every: float = 60.0,
    ) -> None:
        self._store, self._name, self._ring, self._dialler = store, name, ring, dialler
        self._lease, self._reconcile_every = lease, reconcile_every
        self._look_every = dialler.ends.every if look_every is None else look_every
        self._looked = self._reconciled = float("-inf")

    def step(self) -> Counts:
        """Do what is due now, and count the rows.

        Raises:
            CampaignStoreError: the database cannot be used.
        """
        campaign = self._store.campaign(self._name)
        self._store.recover(self._name, self._lease, campaign.settings.longest_call)
        if campaign.state != "paused":
            self._feed(campaign)
        try:
            self._look()
            self._reconcile()
        except APIError as error:
            _log.warning("the calls of %s could not be read: %s", self._name, error.message)
        return self._store.counts(self._name)

    def _feed(self, campaign: Campaign) -> None:
        # A cancelled campaign dials nothing: its rows are only looked up in the ledger.
        is_running, limit = campaign.state == "running", campaign.settings.concurrency
        claimed = self._store.claim(self._name, limit, in_all=is_running)
        lines = [queued.row.line for queued in claimed]
        try:
            self._ring(self._name, lines)
        except CampaignError as error:
            _log.warning("%s", error)
            for line in lines:
                self._store.record(self._name, line, _NOT_TOLD)

    def _look(self) -> None:
        ends, now = self._dialler.ends, time.monotonic()
        if ends.is_list and now < self._looked + self._look_every:
            return
        running = self._store.accepted(self._name, self._look_every, ends.most)
        if running:
            self._looked = now
            for end in ends.of(running):
                self._store.finish(end.call_id, end.outcome, end.seconds, end.cost)

    def _reconcile(self) -> None:
        is_due = time.monotonic() >= self._reconciled + self._reconcile_every
        if is_due and self._store.counts(self._name).rows.get("unknown"):
            self.reconcile()

    def reconcile(self) -> None:
        """Decide unknown calls by the provider's list.

        Raises:
            APIError: the list could not be read.
            LedgerStoreError: the ledger cannot be used.
        """
        self._reconciled = time.monotonic()
        self._dialler.reconcile()

    def close(self) -> None:
        """Close the connections to the provider."""
        self._dialler.close()
