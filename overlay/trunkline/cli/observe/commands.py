"""``observe status``, ``observe drain`` and ``observe resend``."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from trunkline.cli.console import write, write_stderr
from trunkline.contracts.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.observe import Destination, DrainReport, Status

__all__ = ["drain", "resend", "status"]

_UNDELIVERED = 1


def _folder(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--folder",
        type=click.Path(file_okay=False),
        help="Folder of the journals.  [default: TRUNKLINE_OBSERVE_DIR, else the platform's]",
    )(function)


def _json(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")(function)


@click.command()
@_folder
@_json
def status(folder: str | None, as_json: bool) -> int:  # noqa: FBT001 - click passes it by name
    """Show what is pending, sent, unknown and dead.

    The exit status is 1 if records are unknown or dead, or a journal cannot be used.
    """
    from trunkline.observe import status as current

    found = current(folder)
    write(f"{json.dumps(asdict(found))}\n" if as_json else _text(found))
    return _UNDELIVERED if found.unknown or found.dead or found.troubles else 0


@click.command()
@_folder
@_json
@click.option("--host-url", help="URL that records are posted to.  [default: WHISPEY_API_URL]")
@click.option("--agent", default="*", help="Deliver the records of this agent only.")
@click.option(
    "--to-file",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="A file that sessions should have been written to; may be repeated.",
)
@click.option("--no-whispey", is_flag=True, help="Send nothing to Whispey; no key is needed.")
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    help="Run forever, and check again after this many seconds.",
)
@click.option(
    "--seconds", type=float, default=300.0, show_default=True, help="Start nothing after this long."
)
def drain(
    folder: str | None,
    as_json: bool,  # noqa: FBT001 - click passes it by name
    host_url: str | None,
    agent: str,
    files: tuple[str, ...],
    no_whispey: bool,  # noqa: FBT001 - click passes it by name
    every: float | None,
    seconds: float,
) -> int:
    """Deliver what processes have left behind, and sessions that died with them.

    The key is read from WHISPEY_API_KEY. The exit status is 1 if records are still pending.
    """
    from trunkline.observe import FileDestination, WhispeyDestination, drain_folder
    from trunkline.observe._storage.folder import state_folder

    destinations: list[Destination] = [FileDestination(path) for path in files]
    if not no_whispey:
        destinations.append(WhispeyDestination(host_url=host_url))
    folder, idle = state_folder(folder), threading.Event()
    while True:
        report = drain_folder(folder, destinations, agent=agent, seconds=seconds)
        write(f"{json.dumps(asdict(report))}\n" if as_json else _drained(report))
        for path, reason in report.unusable.items():
            write_stderr(f"trunkline: {path}: {reason}")
        if every is None:
            return _UNDELIVERED if report.pending or report.unusable else 0
        idle.wait(every)


@click.command()
@_folder
@click.option("--unknown", is_flag=True, help="Those that may have been stored; may store twice.")
@click.option("--dead", is_flag=True, help="Those that were refused or given up.")
def resend(folder: str | None, unknown: bool, dead: bool) -> int:  # noqa: FBT001 - by name
    """Let the next drain send records again, after you have looked at them."""
    from trunkline.observe._storage.folder import journal_files, state_folder
    from trunkline.observe._storage.journal import Journal
    from trunkline.observe._storage.outbox import resend as again

    states = tuple(n for n, wanted in (("unknown", unknown), ("dead", dead)) if wanted)
    if not states:
        raise click.UsageError("name --unknown, --dead or both")
    number = 0
    for path in journal_files(state_folder(folder)):
        journal = Journal(path, create=False)
        try:
            number += again(journal, states, time.time())
        finally:
            journal.close()
    write(f"{number} records will be sent again\n")
    return 0


def _text(found: Status) -> str:
    lines = [
        f"folder         {found.folder}",
        f"open sessions  {found.open_sessions}",
        f"pending        {found.pending}",
        f"sent           {found.sent}",
        f"unknown        {found.unknown}",
        f"dead           {found.dead}",
    ]
    for each in found.letters:
        moment = datetime.fromtimestamp(each.updated, UTC).isoformat(timespec="seconds")
        where = f"{each.kind} of {each.session_id} to {each.destination}"
        lines.append(f"  {each.state:8} {moment} {where}: {each.reason}")
    lines += [f"  trouble  {path}: {reason}" for path, reason in found.troubles.items()]
    return "".join(f"{visible(line)}\n" for line in lines)


def _drained(report: DrainReport) -> str:
    return (
        f"{report.journals} journals, {len(report.recovered)} sessions recovered,"
        f" {report.attempted} records tried, {report.pending} pending\n"
    )
