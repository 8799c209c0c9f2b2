"""``ledger export`` and ``ledger purge``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import click

from trunkline.cli.console import write
from trunkline.cli.ledger.options import as_json, facts, in_ledger, opened, print_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline.ledger import Attempt

__all__ = ["export", "purge"]

_DAY = 86_400.0


@click.command()
@in_ledger
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def export(where: str, *, as_json: bool) -> None:
    """Write every record as CSV to standard output."""
    from trunkline.ledger import Attempt

    with opened(where) as ledger:
        if not as_json:
            write(_csv_line(facts(Attempt("", "", 0))))
        for row in ledger.records():
            write(_json_line(row) if as_json else _csv_line(facts(row).values()))


def _json_line(row: Attempt) -> str:
    import json

    return json.dumps(facts(row)) + "\n"


def _csv_line(values: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()


@click.command()
@click.option("--days", type=click.FloatRange(min=0, min_open=True), required=True, help="Age.")
@click.option("--forget", is_flag=True, help="Let purged keys be dialled again: no tombstones.")
@in_ledger
@as_json
def purge(days: float, where: str, *, forget: bool, as_json: bool) -> None:
    """Delete calls that were decided at least this many days ago; undecided ones stay."""
    with opened(where) as ledger:
        count = ledger.purge(days * _DAY, forget=forget)
    print_facts({"purged": count}, json_form=as_json)
