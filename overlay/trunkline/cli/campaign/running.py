"""``campaign run``."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from trunkline.cli.campaign.options import in_database, opened, pairs
from trunkline.cli.console import on_terminal, write, write_stderr

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from trunkline.campaigns import CampaignStore, Counts
    from trunkline.campaigns.dialling import Dialler

__all__ = ["run"]


@click.command()
@click.argument("name")
@click.argument("file", required=False, type=click.Path())
@click.option("--provider", type=click.Choice(["pamela", "stateset_voice", "phone_ai"]))
@click.option("--map", "columns", multiple=True, help="ARGUMENT=COLUMN, such as to=phone.")
@click.option("--text", "texts", multiple=True, help='ARGUMENT=TEXT, such as task="Call {name}".')
@click.option("--window", help="Local times at the number, such as 09:00-20:00.")
@click.option("--days", help="Days of the week, such as 1-5; 1 is Monday.")
@click.option("--concurrency", type=int, help="How many calls may run at once.  [default: 20]")
@click.option("--retries", type=int, help="How often a refused row is retried.  [default: 2]")
@click.option("--retry-after", type=float, help="Seconds until a retry.  [default: 300]")
@click.option(
    "--longest-call",
    type=float,
    help="Seconds after which a call without a known end counts as finished.",
)
@click.option(
    "--every",
    type=click.FloatRange(min=0.05),
    default=1.0,
    show_default=True,
    help="Seconds between two polls.",
)
@click.option("--no-wait", is_flag=True, help="Load the file, and feed nothing.")
@in_database
def run(
    name: str,
    file: str | None,
    provider: str | None,
    columns: tuple[str, ...],
    texts: tuple[str, ...],
    database: str,
    every: float,
    *,
    no_wait: bool,
    **settings: Any,
) -> int:
    """Start the campaign NAME with the rows of FILE, and feed the workers until it is done.

    Without FILE, feed one that was started: after this command was interrupted, or alongside
    another one. FILE is .csv, .jsonl or .parquet with the columns to (E.164) and key, and tz where
    the number does not decide the time zone. The status is 1 when lines were bad or rows rejected.
    """
    from trunkline.campaigns import report_of
    from trunkline.campaigns.working import dialler_for, open_ledger

    chosen = {key: value for key, value in settings.items() if value is not None}
    if file is not None and provider is None:
        raise click.UsageError("a campaign needs --provider")
    if file is None and (provider or columns or texts or chosen):
        raise click.UsageError("options of a campaign are given with its FILE, when it begins")
    with opened(database) as store, open_ledger() as ledger, ExitStack() as closing:
        dialler = dialler_for(provider or store.campaign(name).settings.provider, ledger)
        closing.callback(dialler.close)
        if file is not None:
            given = (pairs("--map", columns), pairs("--text", texts))
            _begin(store, dialler, file, given, {"name": name, "provider": provider, **chosen})
        if not no_wait:
            _feed(store, name, dialler, every)
        report = report_of(store, name)
    from trunkline.cli.campaign.looking import as_text

    write(as_text(report))
    return 1 if report.problems or report.states.get("rejected") else 0


def _begin(
    store: CampaignStore,
    dialler: Dialler,
    file: str,
    given: tuple[dict[str, str], dict[str, str]],
    settings: dict[str, Any],
) -> None:
    from trunkline.campaigns import CampaignSettings, Columns, load

    columns, chosen = Columns(*given), CampaignSettings(**settings)
    dialler.check({*columns.names, *columns.texts})
    store.create(chosen, load(file, columns, chosen))
    for problem in store.problems(chosen.name):
        write_stderr(f"{file}:{problem.line}: {problem.text}")


def _feed(store: CampaignStore, name: str, dialler: Dialler, every: float) -> None:
    from trunkline.campaigns import Feeder
    from trunkline.campaigns.worker import app, ringer

    feeder = Feeder(store, name, ringer(app), dialler)
    with _progress(name) as show:
        while (counts := feeder.step()).open:
            show(counts)
            if store.campaign(name).state == "paused":
                write_stderr(f"the campaign {name} is paused: {store.campaign(name).reason}")
                return
            time.sleep(every)


@contextmanager
def _progress(name: str) -> Generator[Callable[[Counts], None]]:
    """Show on a terminal how many rows are final; elsewhere show nothing."""
    if not on_terminal(sys.stderr):
        yield lambda _counts: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(name)

        def show(counts: Counts) -> None:
            total = sum(counts.rows.values())
            shown = ", ".join(f"{count} {state}" for state, count in sorted(counts.rows.items()))
            progress.update(task, total=total, completed=total - counts.open, description=shown)

        yield show
