"""Errors of campaigns."""

from __future__ import annotations

from trunkline.errors import TrunklineError

__all__ = ["CampaignError", "CampaignInputError", "CampaignStoreError"]


class CampaignError(TrunklineError):
    """A campaign cannot do what was requested; the text names the remedy."""


class CampaignInputError(CampaignError, ValueError):
    """A file cannot be read as the rows of a campaign, as a whole."""


class CampaignStoreError(CampaignError):
    """The database of the campaigns cannot be used."""
