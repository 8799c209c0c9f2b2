"""What the commands share: which ledger, and how results are written."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

import click

from trunkline.cli.console import write
from trunkline.contracts.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.ledger import Attempt, Ledger

__all__ = ["as_json", "facts", "in_ledger", "opened", "print_facts"]

Command = "Callable[..., Any]"

in_ledger: Final = click.option(
    "--ledger",
    "where",
    envvar="TRUNKLINE_LEDGER",
    required=True,
    show_envvar=True,
    metavar="PATH|URL",
    help="The ledger.",
)
as_json: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_TIMES: Final = frozenset({"created_at", "updated_at", "sent_at"})
_HIDDEN: Final = frozenset({"owner", "fields", "lease", "since", "late", "fence"})


def opened(where: str, **settings: Any) -> Ledger:
    """Open a ledger that exists: a misspelt path must not become a new one.

    Raises:
        click.UsageError: there is none.
    """
    from trunkline.ledger import Ledger

    if "://" not in where and not os.path.exists(where):
        raise click.UsageError(f"there is no ledger {where}: give the path of an existing one")
    return Ledger.open(where, **settings)


def facts(row: Attempt) -> dict[str, Any]:
    """Return the fields of a record that people want to see."""
    from dataclasses import asdict

    return {name: _shown(name, value) for name, value in asdict(row).items() if name not in _HIDDEN}


def _shown(name: str, value: Any) -> Any:
    if name in _TIMES:
        from datetime import UTC, datetime

        return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds") if value else None
    return str(value) if isinstance(value, str) else value


def print_facts(found: Mapping[str, Any], *, json_form: bool) -> None:
    """Print names and values, one per line, or as one JSON value."""
    if json_form:
        write(json.dumps(found, indent=2, default=str) + "\n")
        return
    width = max(map(len, found), default=0)
    shown = {name: value for name, value in found.items() if value not in {None, ""}}
    write("".join(f"{name:<{width}}  {visible(str(value))}\n" for name, value in shown.items()))
