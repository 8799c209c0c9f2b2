"""``trunkline observe``: the undelivered records of session observers."""

from __future__ import annotations

from typing import Final

import click

from trunkline.cli.lazy import LazyCommand, LazyGroup

__all__ = ["group"]

_COMMANDS: Final = {
    "drain": LazyCommand(
        "trunkline.cli.observe.commands:drain", "Deliver what processes have left behind."
    ),
    "resend": LazyCommand(
        "trunkline.cli.observe.commands:resend", "Queue unknown or dead records to be sent again."
    ),
    "status": LazyCommand(
        "trunkline.cli.observe.commands:status", "Show what is pending, sent, unknown and dead."
    ),
}


@click.group(name="observe", cls=LazyGroup, lazy=_COMMANDS)
def group() -> None:
    """Show, deliver and resend the records of session observers."""
