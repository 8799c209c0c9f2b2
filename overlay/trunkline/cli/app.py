"""The root of the command tree."""

from __future__ import annotations

from typing import Final

import click

from trunkline._version import __version__
from trunkline.cli.lazy import LazyCommand, LazyGroup

__all__ = ["app"]

_GROUPS: Final = {
    "campaign": LazyCommand(
        "trunkline.cli.campaign:group",
        "Place each call of a file once, with a fleet of workers.",
    ),
    "contracts": LazyCommand(
        "trunkline.cli.contracts:group", "Compare API contracts, and find the code that breaks."
    ),
    "ledger": LazyCommand(
        "trunkline.cli.ledger:group", "Look at a call ledger, and decide unknown calls."
    ),
    "observe": LazyCommand(
        "trunkline.cli.observe:group", "Show, deliver and resend the records of session observers."
    ),
}


@click.group(
    cls=LazyGroup,
    lazy=_GROUPS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, "--version", prog_name="trunkline", message="%(prog)s %(version)s"
)
def app() -> None:
    """Tools for voice APIs and their contracts.

    Data goes to standard output, everything else to standard error. With --json, output and errors
    are JSON. NO_COLOR and TERM=dumb turn colours and progress off.
    """
