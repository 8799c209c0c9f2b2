"""``trunkline ledger``: look at a call ledger, and decide what only a person can decide."""

from __future__ import annotations

from typing import Final

import click

from trunkline.cli.lazy import LazyCommand, LazyGroup

__all__ = ["group"]

_COMMANDS: Final = {
    "export": LazyCommand(
        "trunkline.cli.ledger.retention:export", "Write every record as CSV to standard output."
    ),
    "purge": LazyCommand(
        "trunkline.cli.ledger.retention:purge", "Delete decided calls of a given age."
    ),
    "reconcile": LazyCommand(
        "trunkline.cli.ledger.deciding:reconcile", "Decide unknown calls by a provider's list."
    ),
    "resolve": LazyCommand(
        "trunkline.cli.ledger.deciding:resolve", "Enter what you know about an unknown call."
    ),
    "show": LazyCommand("trunkline.cli.ledger.looking:show", "Show the attempts of a key."),
    "status": LazyCommand(
        "trunkline.cli.ledger.looking:status", "Count the calls by provider and state."
    ),
}


@click.group(name="ledger", cls=LazyGroup, lazy=_COMMANDS)
def group() -> None:
    """Look at a call ledger, and decide what only a person can decide."""
