"""The long runs of the ledger, for `make soak`: every schedule, and fleets of processes."""

from __future__ import annotations

import os
import tempfile
import time
import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.ledger.conftest import POSTGRES
from tests.ledger.explorer import NEEDED, NEEDED_SLOWLY, ONE_STATE, explore, without
from tests.ledger.fleet import Fleet, Run
from tests.ledger.model import Rules

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
    """Explore each world, whole and with each rule left out; yield a line, and whether it is bad.

    A world is bad when a promise is broken; without a rule, when none is.
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


def fleets(keys: int, seed: int) -> Iterator[tuple[str, bool]]:
    """Run 8 processes on each store, with and without redialling."""
    for store in ("sqlite", "postgres"):
        for on_absent in ("raise", "redial"):
            began = time.monotonic()
            with place(store) as where, Sandbox(clock=ManualClock()) as sandbox:
                fleet = Fleet(where, 8, keys, 3, keys // 10, seed, on_absent)
                result = Run(fleet, sandbox).go()
            exact = on_absent == "raise" or result.calls == keys
            broken = bool(result.wrong) or not exact
            took = time.monotonic() - began
            line = (
                f"{store:9s} {on_absent:7s} {dict(result.states)} calls={result.calls} "
                f"killed={result.killed} {took:.0f} s {result.wrong[:3] or 'holds'}"
            )
            yield line, broken


@contextmanager
def place(store: str) -> Iterator[str]:
    """A ledger's place for one run."""
    with tempfile.TemporaryDirectory(prefix="trunkline-ledger-") as folder:
        if store == "sqlite":
            yield os.path.join(folder, "calls.db")
            return
        server = POSTGRES
        os.environ.update(TRUNKLINE_LEDGER_KEY="0123456789abcdef" * 2, XDG_STATE_HOME=folder)
        schema = f"ledger_{uuid.uuid4().hex[:12]}"
        execute(server, f"CREATE SCHEMA {schema}")
        try:
            yield f"{server}?options=-csearch_path%3D{schema}"
        finally:
            execute(server, f"DROP SCHEMA {schema} CASCADE")
            del os.environ["TRUNKLINE_LEDGER_KEY"]


def execute(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
