"""A ledger on each store that runs here, and clients that use it."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from trunkline.ledger import Ledger
from trunkline.ledger.clock import LedgerClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from trunkline.sandbox.server import Sandbox

POSTGRES = os.environ.get("TRUNKLINE_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/postgres")
SECRET = "0123456789abcdef0123456789abcdef"
TO, OTHER, TASK = "+15005552030", "+15005552031", "Order a large pizza"


@dataclass
class Times:
    """Clocks that move only when a test moves them."""

    wall: float = 1_800_000_000.0
    steady: float = 1000.0
    boot: str = "boot-1"

    def pass_(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def clock(self) -> LedgerClock:
        return LedgerClock(lambda: self.wall, lambda: self.steady, lambda: self.boot)


@dataclass
class Place:
    """The location of a ledger, which can be opened several times."""

    where: str
    times: Times = field(default_factory=Times)
    opened: list[Ledger] = field(default_factory=list)

    def open(self, **settings: Any) -> Ledger:
        ledger = Ledger.open(self.where, clock=self.times.clock(), **settings)
        self.opened.append(ledger)
        return ledger


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A new, empty schema in the PostgreSQL server, dropped afterwards."""
    import psycopg

    monkeypatch.setenv("TRUNKLINE_LEDGER_KEY", SECRET)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    schema = f"ledger_{uuid.uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True)
    except psycopg.OperationalError:
        if os.environ.get("TRUNKLINE_ALLOW_MISSING_SERVICES") != "1":
            raise
        pytest.skip("no PostgreSQL, and TRUNKLINE_ALLOW_MISSING_SERVICES=1 allows that")
    with connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def in_file(tmp_path: Path, times: Times) -> Iterator[Place]:
    """The location of a ledger in a file."""
    place = Place(str(tmp_path / "calls.db"), times)
    yield place
    for ledger in place.opened:
        ledger.close()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, times: Times, tmp_path: Path) -> Iterator[Place]:
    """The location of a ledger, in a file and in a database."""
    where = tmp_path / "calls.db" if request.param == "sqlite" else None
    found = Place(str(where or request.getfixturevalue("database")), times)
    yield found
    for ledger in found.opened:
        ledger.close()


@pytest.fixture
def urls(sandbox: Sandbox) -> Callable[[str], str]:
    return sandbox.url_for
