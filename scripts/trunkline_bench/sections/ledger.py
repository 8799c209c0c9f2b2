"""The cost of a call ledger: added latency, calls per second, look-ups among many records."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline import Pamela
from trunkline.ledger import Ledger
from trunkline_bench.extras import installed
from trunkline_bench.fixtures import PHONE
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.timing import ratios, rotated

from .ledger_records import filled, lookup_seconds

if TYPE_CHECKING:
    from collections.abc import Generator

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

POSTGRES: Final = os.environ.get(
    "TRUNKLINE_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres"
)
_SCRIPTS: Final = Path(__file__).parents[2]
_API_KEY: Final = "pk_test_bench"
_DATABASE: Final = f"{OURS}, PostgreSQL"
_FEW: Final = 10_000
_FILE: Final = "ten thousand records"


def measure(results: Results, settings: Settings) -> None:
    """Measure both stores; PostgreSQL is left out where there is no server."""
    with running_server() as server, ExitStack() as stack:
        url = f"{server}/numbered"
        stores = {OURS: f"{stack.enter_context(_folder())}/calls.db"}
        missing = _missing_database()
        if missing:
            results.skipped["ledger in PostgreSQL"] = missing
        else:
            stores[_DATABASE] = stack.enter_context(_database())
        _latency(results, settings, url, stores)
        for name, where in stores.items():
            for row, processes in (("ledger_rate_1", 1), ("ledger_rate_8", settings.processes)):
                for _ in range(settings.herds):
                    rate = _rate(url, where, processes, settings.calls)
                    results.values.setdefault(row, {}).setdefault(name, []).append(rate)
    _lookups(results, settings)


def _latency(results: Results, settings: Settings, url: str, stores: dict[str, str]) -> None:
    """Compare single calls with and without a ledger, slice by slice."""
    with ExitStack() as stack:
        clients = {"": stack.enter_context(Pamela(_API_KEY, base_url=url))}
        for name, where in stores.items():
            ledger = stack.enter_context(Ledger.open(where))
            client = Pamela(_API_KEY, base_url=url, ledger=ledger)
            clients[name] = stack.enter_context(client)
        found: dict[str, list[list[float]]] = {name: [] for name in clients}
        for number in range(settings.rounds + 1):
            for name in rotated(clients, number):
                times = sorted(_seconds(clients[name]) for _ in range(settings.calls))
                found[name] += [times] if number else []  # the first round warms up
    for row, share in (("ledger_p50", 0.5), ("ledger_p99", 0.99)):
        bare = [_at(times, share) for times in found[""]]
        for name in stores:
            with_ledger = [_at(times, share) for times in found[name]]
            added = [1000 * (a - b) for a, b in zip(with_ledger, bare, strict=True)]
            results.add(row, {name: added})


def _seconds(client: Pamela) -> float:
    key = uuid.uuid4().hex
    began = time.perf_counter()
    client.calls.create(to=PHONE, task="Say hello.", key=key)
    return time.perf_counter() - began


def _at(ordered: list[float], share: float) -> float:
    return ordered[round((len(ordered) - 1) * share)]


_PROBE: Final = """
import sys, time, uuid
from trunkline import Pamela
from trunkline.ledger import Ledger
url, where, key, number, calls = sys.argv[1:]
with Ledger.open(where) as ledger, Pamela(key, base_url=url, ledger=ledger) as client:
    client.calls.create(to=number, task="Say hello.", key=uuid.uuid4().hex)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(int(calls)):
        client.calls.create(to=number, task="Say hello.", key=uuid.uuid4().hex)
"""


def _rate(url: str, where: str, processes: int, calls: int) -> float:
    """Return the calls per second of all processes together."""
    command = [sys.executable, "-c", _PROBE, url, where, _API_KEY, PHONE, str(calls)]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=installed()
                )
            )
            for _ in range(processes)
        ]
        for process in started:
            assert process.stdout is not None  # noqa: S101 - a pipe
            process.stdout.readline()
        began = time.perf_counter()
        for process in started:
            process.communicate(b"go\n")
        return processes * calls / (time.perf_counter() - began)


def _lookups(results: Results, settings: Settings) -> None:
    """Compare the look-up of a key among many records and among few."""
    with _folder() as folder:
        few = filled(f"{folder}/few.db", min(_FEW, settings.records))
        many = filled(f"{folder}/many.db", settings.records)
        sizes = {few: min(_FEW, settings.records), many: settings.records}
        times: dict[str, list[float]] = {few: [], many: []}
        for number in range(settings.rounds):
            for where in rotated(times, number):
                times[where].append(lookup_seconds(where, sizes[where], settings.calls))
        results.add("ledger_lookup", ratios({OURS: times[many], _FILE: times[few]}, _FILE))
        results.add("ledger_size", {OURS: [os.path.getsize(many) / settings.records]})


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="trunkline-bench-")


def _missing_database() -> str:
    """Return why no PostgreSQL server can be measured; empty where there is one."""
    if not find_spec("psycopg"):
        return "psycopg is not installed"
    import psycopg

    try:
        psycopg.connect(POSTGRES).close()
    except psycopg.OperationalError as error:
        return str(error)
    return ""


@contextmanager
def _database() -> Generator[str]:
    """Yield a new schema in the PostgreSQL server."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    schema = f"bench_{uuid.uuid4().hex[:12]}"
    os.environ["TRUNKLINE_LEDGER_KEY"] = uuid.uuid4().hex
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
        try:
            yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
        finally:
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)))
            del os.environ["TRUNKLINE_LEDGER_KEY"]
