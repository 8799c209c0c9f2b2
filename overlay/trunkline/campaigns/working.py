"""What a worker does with a row that a message names."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.dialling import Dialler
from trunkline.campaigns.rows import RowState
from trunkline.campaigns.storage.store import CampaignStore
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.campaigns.storage.values import Campaign, QueuedRow
    from trunkline.ledger import Ledger

__all__ = ["Worker", "campaign_url", "dialler_for", "open_ledger"]

#: Seconds that a call may wait for the limit before it starts: a window closes this much earlier.
_MARGIN: Final = 60.0
#: Wait of a row whose window does not open: its zones have changed since it was loaded.
_NEVER: Final = timedelta(days=1)


def campaign_url(environment: Mapping[str, str] = os.environ) -> str:
    """Return the URL of the database with the campaigns.

    Raises:
        ConfigurationError: the environment names none.
    """
    url = environment.get("TRUNKLINE_CAMPAIGNS") or environment.get("TRUNKLINE_LEDGER", "")
    if not url:
        raise ConfigurationError(
            "set TRUNKLINE_CAMPAIGNS to the PostgreSQL URL of the campaigns, or TRUNKLINE_LEDGER"
        )
    return url


def open_ledger(environment: Mapping[str, str] = os.environ) -> Ledger:
    """Open the ledger that all workers share; calls that were proven absent are dialled again.

    Raises:
        ConfigurationError: the environment names none.
        LedgerStoreError: it cannot be used.
    """
    from trunkline.ledger import Ledger

    where = environment.get("TRUNKLINE_LEDGER")
    if not where:
        raise ConfigurationError("set TRUNKLINE_LEDGER: a campaign dials each key once by a ledger")
    return Ledger.open(where, on_absent="redial")


def dialler_for(
    provider: str, ledger: Ledger, environment: Mapping[str, str] = os.environ
) -> Dialler:
    """Return the provider's dialler, with the shared limit that the environment names.

    Raises:
        ConfigurationError: a variable is missing or cannot be read.
    """
    rate = environment.get("TRUNKLINE_LIMIT")
    if not rate:
        return Dialler(provider, ledger)
    from trunkline.limits import Budget, SharedRateLimit

    try:
        requests, seconds = rate.split("/")
        budget = Budget(provider, int(requests), float(seconds))
        redis, fleet = environment["TRUNKLINE_REDIS"], int(environment["TRUNKLINE_FLEET_SIZE"])
    except (ValueError, KeyError):
        raise ConfigurationError(
            "TRUNKLINE_LIMIT is such as 100/60 (requests and seconds), and needs TRUNKLINE_REDIS "
            "and TRUNKLINE_FLEET_SIZE"
        ) from None
    prefix = environment.get("TRUNKLINE_PREFIX", "trunkline")
    limit = SharedRateLimit(redis, [budget], fleet_size=fleet, prefix=prefix)
    return Dialler(provider, ledger, throttle=limit)


class Worker:
    """Dials rows; one for each process.

    Args:
        store: the campaigns.
        ledger: records each call before it is placed.
        options: further arguments of the clients.
    """

    def __init__(self, store: CampaignStore, ledger: Ledger, **options: Any) -> None:
        self._store, self._ledger, self._options = store, ledger, options
        self._diallers: dict[str, Dialler] = {}

    @classmethod
    def from_environment(cls) -> Worker:
        """Return a worker with the settings of the environment.

        Raises:
            ConfigurationError: a variable is missing or cannot be read.
            CampaignStoreError: the database cannot be used.
        """
        url, ledger = campaign_url(), open_ledger()
        try:
            return cls(CampaignStore(url), ledger)
        except BaseException:
            ledger.close()
            raise

    def dial(self, name: str, line: int) -> None:
        """Place the call of a queued row, unless its campaign has stopped or its time is over.

        Raises:
            CampaignError: there is no campaign of this name.
            CampaignStoreError: the database cannot be used: the row is queued again later.
        """
        queued = self._store.row(name, line)
        if queued is None or queued.state != RowState.QUEUED:
            return  # delivered twice, and done
        campaign = self._store.campaign(name)
        until = self._held_until(campaign, queued, datetime.now(UTC))
        dialler = self._dialler(campaign.settings.provider)
        if until is None:
            result = dialler.dial(campaign.settings, queued)
            self._store.record(name, line, result)
            if result.pause:
                self._store.steer(name, "paused", f"line {line}: {result.pause}")
            return
        # An earlier worker may have been killed after it had dialled.
        known = dialler.known(name, queued.row.key)
        if known.state != RowState.CANCELLED or campaign.state == "cancelled":
            self._store.record(name, line, known)
        else:
            self._store.postpone(name, line, until)

    def _held_until(self, campaign: Campaign, queued: QueuedRow, now: datetime) -> datetime | None:
        """Return when a row is due again; None if it may be dialled now."""
        if campaign.state != "running":
            return now
        window, zones = campaign.settings.calling_window(), queued.row.zones
        if window is None or window.is_open(zones, now, _MARGIN):
            return None
        return window.next_opening(zones, now, _MARGIN) or now + _NEVER

    def _dialler(self, provider: str) -> Dialler:
        if provider not in self._diallers:
            self._diallers[provider] = (
                Dialler(provider, self._ledger, **self._options)
                if self._options
                else dialler_for(provider, self._ledger)
            )
        return self._diallers[provider]

    def close(self) -> None:
        """Close connections; the ledger is closed by its owner."""
        for dialler in self._diallers.values():
            dialler.close()
        self._store.close()
