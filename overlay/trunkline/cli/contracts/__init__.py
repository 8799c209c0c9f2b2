"""``trunkline contracts``: compare contracts, list the rules, find the affected code."""

from __future__ import annotations

from typing import Final

import click

from trunkline.cli.lazy import LazyCommand, LazyGroup

__all__ = ["group"]

_COMMANDS: Final = {
    "adopt": LazyCommand(
        "trunkline.cli.contracts.repository:adopt",
        "Adopt a changed document; the repository follows it.",
    ),
    "check": LazyCommand(
        "trunkline.cli.contracts.repository:check",
        "Check that a repository of clients matches its contracts.",
    ),
    "diff": LazyCommand(
        "trunkline.cli.contracts.commands:diff", "Compare two contracts, edit by edit."
    ),
    "drift": LazyCommand(
        "trunkline.cli.contracts.drift:drift",
        "Compare pinned contracts with what their vendors publish now.",
    ),
    "impact": LazyCommand(
        "trunkline.cli.contracts.commands:impact",
        "Compare two contracts and find the lines of your code that the edits affect.",
    ),
    "learn": LazyCommand(
        "trunkline.cli.contracts.learn:learn",
        "Propose corrections of contracts from the shapes of responses.",
    ),
    "refresh": LazyCommand(
        "trunkline.cli.contracts.repository:refresh", "Adopt what a vendor publishes."
    ),
    "rules": LazyCommand(
        "trunkline.cli.contracts.listing:rules", "List the rules and how urgent each is."
    ),
    "schema": LazyCommand(
        "trunkline.cli.contracts.listing:schema", "Print the JSON Schema of `--format json`."
    ),
}


@click.group(name="contracts", cls=LazyGroup, lazy=_COMMANDS)
def group() -> None:
    """Compare API contracts (OpenAPI 3.0 and 3.1), and find the code that breaks."""
