"""``trunkline campaign``: place each call of a file once, with a fleet of workers."""

from __future__ import annotations

from typing import Final

import click

from trunkline.cli.lazy import LazyCommand, LazyGroup

__all__ = ["group"]

_COMMANDS: Final = {
    "cancel": LazyCommand(
        "trunkline.cli.campaign.steering:cancel", "Dial no further row, for good."
    ),
    "pause": LazyCommand("trunkline.cli.campaign.steering:pause", "Dial no further row for now."),
    "report": LazyCommand(
        "trunkline.cli.campaign.looking:report", "Outcomes, durations and cost, with a picture."
    ),
    "resume": LazyCommand("trunkline.cli.campaign.steering:resume", "Go on after a pause."),
    "run": LazyCommand(
        "trunkline.cli.campaign.running:run", "Start a campaign, or feed one that was started."
    ),
    "status": LazyCommand("trunkline.cli.campaign.looking:status", "Count the rows by state."),
}


@click.group(name="campaign", cls=LazyGroup, lazy=_COMMANDS)
def group() -> None:
    """Place each call of a file once, with a fleet of workers.

    Workers run with: celery -A trunkline.campaigns.worker worker
    """
