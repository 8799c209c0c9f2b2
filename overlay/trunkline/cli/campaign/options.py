"""What the commands share: the database option, and NAME=VALUE arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from trunkline.campaigns import CampaignStore

__all__ = ["in_database", "opened", "pairs"]

in_database: Final = click.option(
    "--database",
    envvar=["TRUNKLINE_CAMPAIGNS", "TRUNKLINE_LEDGER"],
    required=True,
    show_envvar=True,
    metavar="URL",
    help="The PostgreSQL database of the campaigns.",
)


def opened(url: str) -> CampaignStore:
    """Open the campaigns.

    Raises:
        ConfigurationError: this is not a PostgreSQL URL, or an extra is missing.
        CampaignStoreError: the database cannot be used.
    """
    from trunkline.campaigns import CampaignStore

    return CampaignStore(url)


def pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    """Return ``NAME=VALUE`` arguments as a dictionary.

    Raises:
        click.UsageError: one has no equals sign.
    """
    split = [text.partition("=") for text in given]
    if not all(name and equals for name, equals, _ in split):
        raise click.UsageError(f"{option} takes NAME=VALUE")
    return {name: value for name, _, value in split}
