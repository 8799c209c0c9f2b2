"""``campaign pause``, ``resume`` and ``cancel``."""

from __future__ import annotations

import click

from trunkline.cli.campaign.options import in_database, opened

__all__ = ["cancel", "pause", "resume"]


@click.command()
@click.argument("name")
@click.option("--reason", default="paused by hand", show_default=True)
@in_database
def pause(name: str, reason: str, database: str) -> None:
    """Dial no further row of the campaign NAME for now; running calls continue."""
    with opened(database) as store:
        store.steer(name, "paused", reason)


@click.command()
@click.argument("name")
@in_database
def resume(name: str, database: str) -> None:
    """Resume the campaign NAME; "campaign run NAME" feeds the workers."""
    with opened(database) as store:
        store.steer(name, "running")


@click.command()
@click.argument("name")
@in_database
def cancel(name: str, database: str) -> None:
    """Dial no further row of the campaign NAME, for good; running calls continue."""
    with opened(database) as store:
        store.steer(name, "cancelled")
