"""Campaigns: the calls of a file, each placed once, by a fleet of workers."""

from __future__ import annotations

from trunkline._lazy import lazy

# Defined here, not imported: type checkers know the name, and `typing` costs milliseconds.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline.campaigns.errors import CampaignError, CampaignInputError, CampaignStoreError
    from trunkline.campaigns.feeding import Feeder
    from trunkline.campaigns.input.checking import Columns
    from trunkline.campaigns.input.loading import load
    from trunkline.campaigns.reporting.reports import CampaignReport, report_of
    from trunkline.campaigns.rows import Problem, Row, RowState
    from trunkline.campaigns.settings import CampaignSettings
    from trunkline.campaigns.storage.store import CampaignStore
    from trunkline.campaigns.storage.values import Campaign, Counts
    from trunkline.campaigns.windows import CallingWindow

_EXPORTS = {
    "CallingWindow": ".windows",
    "Campaign": ".storage.values",
    "CampaignReport": ".reporting.reports",
    "CampaignSettings": ".settings",
    "CampaignStore": ".storage.store",
    "Columns": ".input.checking",
    "Counts": ".storage.values",
    "Feeder": ".feeding",
    "Problem": ".rows",
    "Row": ".rows",
    "RowState": ".rows",
    "load": ".input.loading",
    "report_of": ".reporting.reports",
}

__all__ = [
    "CallingWindow",
    "Campaign",
    "CampaignError",
    "CampaignInputError",
    "CampaignReport",
    "CampaignSettings",
    "CampaignStore",
    "CampaignStoreError",
    "Columns",
    "Counts",
    "Feeder",
    "Problem",
    "Row",
    "RowState",
    "load",
    "report_of",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, ".errors", ())
