"""``campaign status`` and ``campaign report``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from trunkline.cli.campaign.options import in_database, opened
from trunkline.cli.console import write, write_file

if TYPE_CHECKING:
    from trunkline.campaigns import CampaignReport

__all__ = ["as_text", "report", "status"]


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@in_database
def status(name: str | None, database: str, *, as_json: bool) -> int:
    """Count the rows of the campaign NAME, or of all campaigns, by state.

    The status is 1 while a row is open.
    """
    with opened(database) as store:
        names = store.names() if name is None else [name]
        states = {each: (store.campaign(each), store.counts(each)) for each in names}
    if as_json:
        facts = {
            each: {"state": campaign.state, "reason": campaign.reason, "rows": counts.rows}
            for each, (campaign, counts) in states.items()
        }
        write(json.dumps(facts, indent=2) + "\n")
    else:
        for each, (campaign, counts) in states.items():
            rows = ", ".join(f"{count} {state}" for state, count in sorted(counts.rows.items()))
            reason = f" ({campaign.reason})" if campaign.reason else ""
            write(f"{each}  {campaign.state}{reason}  {rows}\n")
    return 1 if any(counts.open for _, counts in states.values()) else 0


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--output", "-o", help="An .html page with the picture, or the .svg alone.")
@click.option("--results", help="A .csv or .parquet file with the result of each row.")
@in_database
def report(
    name: str, output: str | None, results: str | None, database: str, *, as_json: bool
) -> None:
    """Report outcomes, durations and cost of the campaign NAME."""
    from trunkline.campaigns import report_of
    from trunkline.campaigns.reporting.pictures import html, svg
    from trunkline.campaigns.reporting.results import write_results

    if output is not None and not output.endswith((".html", ".svg")):
        raise click.UsageError("--output is an .html or .svg file")
    with opened(database) as store:
        found = report_of(store, name)
        if results is not None:
            write_results(results, store.results(name))
    if output is not None:
        write_file(output, html(found) if output.endswith(".html") else svg(found))
    write(json.dumps(found.to_dict(), indent=2) + "\n" if as_json else as_text(found))


def as_text(found: CampaignReport) -> str:
    """Return a report as human-readable lines."""
    facts = found.to_dict()
    lines = [f"campaign {found.name}: {found.state}"]
    lines += [f"  {state:<12} {count:>9}" for state, count in found.states.items()]
    lines += [
        f"  {what.replace('_', ' '):<16} {facts[what]:>5}"
        for what in ("bad_lines", "duplicate_lines")
    ]
    lines += [f"  ended {outcome:<12} {count:>9}" for outcome, count in found.outcomes.items()]
    if found.durations:
        median, last = found.quantile(0.5), found.quantile(0.95)
        lines.append(f"  seconds: {sum(found.durations):.0f} in all, median {median}, 95 % {last}")
    if found.cost is not None:
        lines.append(f"  cost: {found.cost}")
    return "\n".join(lines) + "\n"
