"""The long runs of the ledger, for `make soak`: every schedule, and fleets of processes."""

from __future__ import annotations

import os
import tempfile
import time
import uuid
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from tests.ledger.conftest import POSTGRES, Times
from tests.ledger.fleets.cluster import cluster
from tests.ledger.fleets.fleet import Fleet, Run
from tests.ledger.schedules.explorer import NEEDED, NEEDED_SLOWLY, ONE_STATE, explore, without
from tests.ledger.schedules.model import Rules
from tests.ledger.schedules.replay import replayed

from trunkline.ledger import Ledger
from trunkline.sandbox import ManualClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = Rules(crashes=1, redeliveries=1, jumps=1)
WORLDS = {
    "readable": WHOLE,
    "not readable": replace(WHOLE, readable=False),
    "one state for each key": ONE_STATE,
    "redial_after": replace(WHOLE, redeliveries=0, redial="blind"),
    "not readable, redial_after": replace(WHOLE, readable=False, redial="blind"),
    "late acceptance, never redial": replace(
        WHOLE, redeliveries=0, late_accepts=True, redial="never"
    ),
}


def schedules() -> Iterator[tuple[str, bool]]:
    """Explore each world, with all rules and without each; yield a line, and whether it is bad.

    A world with all rules is bad if a promise is broken; without one, if none is broken.
    """
    for name, rules in WORLDS.items():
        began = time.process_time()
        found = explore(rules)
        took = time.process_time() - began
        verdict = found.problem or "holds"
        line = f"{name:32s} {found.states:8d} states {found.edges:9d} steps {took:6.1f} s {verdict}"
        yield line, bool(found.problem)
    for rule, rules, problem in (*NEEDED, *NEEDED_SLOWLY):
        found = explore(without(rule, rules))
        line = f"without {rule:24s} {len(found.trace):3d} steps: {found.problem or 'holds'}"
        yield line, found.problem != problem


def replays(count: int) -> Iterator[tuple[str, bool]]:
    """Replay schedules on each store; yield a line, and whether the store differed."""
    for store in ("sqlite", "postgres"):
        with place(store) as where:
            times = Times()
            with Ledger.open(where, clock=times.clock()) as ledger:
                wrong = replayed(ledger, times, count)
        yield f"{store:9s} {count} schedules replayed {wrong or 'holds'}", bool(wrong)


def fleets(keys: int, seed: int) -> Iterator[tuple[str, bool]]:
    """Run 8 processes on each store, with and without redialling; yield lines, and if each is bad.

    Then a tenth of the keys with clocks that step by an hour, and with a database that crashes.
    """
    for store, on_absent in product(("sqlite", "postgres"), ("raise", "redial")):
        with place(store) as where:
            yield ran(store, Fleet(where, 8, keys, 3, keys // 10, seed, on_absent))
    few = keys // 10
    for store in ("sqlite", "postgres"):
        with place(store) as where:
            fleet = Fleet(
                where, 8, few, 3, few // 10, seed, "redial", on_unknown="reconcile", steps=3600.0
            )
            yield ran(f"{store}, clock steps", fleet)
    with database_key(), cluster() as server:
        fleet = Fleet(server.url, 8, few, 3, few // 10, seed, "redial", interrupt=server.restart)
        yield ran("postgres, crashes", fleet)


def ran(what: str, fleet: Fleet) -> tuple[str, bool]:
    """Run a fleet; return a line about it, and whether a promise was broken."""
    began = time.monotonic()
    with Sandbox(clock=ManualClock()) as sandbox:
        result = Run(fleet, sandbox).go()
    exact = fleet.on_absent == "raise" or result.calls == fleet.keys
    took = time.monotonic() - began
    line = (
        f"{what:22s} {fleet.on_absent:7s} {dict(result.states)} calls={result.calls} "
        f"killed={result.killed} {took:.0f} s {result.wrong[:3] or 'holds'}"
    )
    return line, bool(result.wrong) or not exact


@contextmanager
def database_key() -> Iterator[None]:
    """Give every process of a fleet the same digest key, and a folder for its spool."""
    with tempfile.TemporaryDirectory(prefix="trunkline-ledger-") as folder:
        os.environ.update(TRUNKLINE_LEDGER_KEY="0123456789abcdef" * 2, XDG_STATE_HOME=folder)
        try:
            yield
        finally:
            del os.environ["TRUNKLINE_LEDGER_KEY"], os.environ["XDG_STATE_HOME"]


@contextmanager
def place(store: str) -> Iterator[str]:
    """A ledger's location for one run."""
    if store == "sqlite":
        with tempfile.TemporaryDirectory(prefix="trunkline-ledger-") as folder:
            yield os.path.join(folder, "calls.db")
        return
    schema = f"ledger_{uuid.uuid4().hex[:12]}"
    with database_key():
        execute(POSTGRES, f"CREATE SCHEMA {schema}")
        try:
            yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
        finally:
            execute(POSTGRES, f"DROP SCHEMA {schema} CASCADE")


def execute(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
