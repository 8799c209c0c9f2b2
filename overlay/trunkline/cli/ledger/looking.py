"""``ledger status`` and ``ledger show``."""

from __future__ import annotations

import json
from typing import Any

import click

from trunkline.cli.console import write, write_stderr
from trunkline.cli.ledger.options import as_json, facts, in_ledger, opened, print_facts

__all__ = ["show", "status"]


@click.command()
@in_ledger
@as_json
def status(where: str, *, as_json: bool) -> int:
    """Count the calls by provider and state.

    The status is 1 while any call is unknown or a key has two calls.
    """
    with opened(where) as ledger:
        found = ledger.status()
    if as_json:
        write(json.dumps({"attempts": found.attempts, **_others(found)}, indent=2) + "\n")
    else:
        for provider, counts in sorted(found.attempts.items()):
            for state, count in sorted(counts.items()):
                write(f"{provider:<16} {state:<12} {count:>9}\n")
        for state, seconds in sorted(found.oldest.items()):
            write(f"the oldest {state} call is {seconds:.0f} s old\n")
        if found.duplicates:
            write(f"{found.duplicates} calls too many: keys with more than one call\n")
    return 1 if found.duplicates or found.total("unknown") else 0


def _others(found: Any) -> dict[str, Any]:
    return {
        "oldest": found.oldest,
        "duplicates": found.duplicates,
        "tombstones": found.tombstones,
    }


@click.command()
@click.argument("key")
@click.option("--attempt", default=1, show_default=True, help="A deliberate further call.")
@click.option("--digest", is_flag=True, help="KEY is a digest, as export and show print it.")
@in_ledger
@as_json
def show(key: str, attempt: int, where: str, *, digest: bool, as_json: bool) -> int:
    """Show the attempts of KEY; the status is 1 when there are none."""
    with opened(where) as ledger:
        rows = ledger.by_digest(key) if digest else ledger.attempts(key, attempt=attempt)
    if as_json:
        write(json.dumps([facts(row) for row in rows], indent=2) + "\n")
    else:
        for row in rows:
            print_facts(facts(row), json_form=False)
            write("\n")
    if not rows:
        write_stderr("the ledger does not hold this key")
    return 0 if rows else 1
