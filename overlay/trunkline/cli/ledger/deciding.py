"""``ledger reconcile`` and ``ledger resolve``."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from trunkline.cli.console import progress
from trunkline.cli.ledger.options import as_json, facts, in_ledger, opened, print_facts

if TYPE_CHECKING:
    from trunkline._engine.client.ledgers import ReconcileReport

__all__ = ["reconcile", "resolve"]


@click.command()
@click.argument("provider", type=click.Choice(["pamela", "stateset_voice"]))
@in_ledger
@click.option("--quiet", type=float, help="Seconds after which absence counts.")
@click.option("--account", help="The account of the ledger's keys.")
@click.option("--exclusive-account", is_flag=True, help="Nothing else dials with this account.")
@click.option("--wait", is_flag=True, help="Wait until the quiet time of all calls is over.")
@as_json
def reconcile(provider: str, where: str, *, wait: bool, as_json: bool, **settings: Any) -> int:
    """Decide unknown calls by PROVIDER's list.

    The API key is read from the environment, as by the client. Nothing is dialled. The status is 1
    while any call stays unknown. Phone.ai has no list: use resolve.
    """
    with (
        opened(where, **settings) as ledger,
        _client(provider, ledger) as client,
        progress("reading the list of calls"),
    ):
        report = _run(client, wait=wait)
    print_facts(asdict(report), json_form=as_json)
    return 1 if report.waiting or report.undecided else 0


def _run(client: Any, *, wait: bool) -> ReconcileReport:
    total: ReconcileReport = client.calls.reconcile()
    while wait and total.seconds is not None:
        time.sleep(max(1.0, total.seconds))
        report: ReconcileReport = client.calls.reconcile()
        report.found += total.found
        report.absent += total.absent
        total = report
    return total


def _client(provider: str, ledger: Any) -> Any:
    from trunkline import Pamela, StateSetVoice

    return (Pamela if provider == "pamela" else StateSetVoice)(ledger=ledger)


@click.command()
@click.argument("key")
@click.option("--attempt", default=1, show_default=True, help="A deliberate further call.")
@click.option("--digest", is_flag=True, help="KEY is a digest, as export and show print it.")
@click.option("--call-id", help="It was placed: the call's id.")
@click.option("--not-placed", is_flag=True, help="It was not placed.")
@click.option("--by", required=True, help="Who says so; kept with the record.")
@click.option("--note", default="", help="How it was found out; kept too.")
@in_ledger
@as_json
def resolve(
    key: str,
    attempt: int,
    call_id: str | None,
    by: str,
    note: str,
    where: str,
    *,
    digest: bool,
    not_placed: bool,
    as_json: bool,
) -> None:
    """Enter what you know about the unknown call of KEY."""
    if (call_id is None) == (not not_placed):
        raise click.UsageError("give --call-id or --not-placed")
    with opened(where) as ledger:
        key_digest = key if digest else ledger.digest_of(key, attempt)
        placed = False if not_placed else None
        row = ledger.resolve_digest(key_digest, by=by, call_id=call_id, placed=placed, note=note)
    print_facts(facts(row), json_form=as_json)
