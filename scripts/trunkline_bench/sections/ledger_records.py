"""Ledger files of any size, and look-ups in them."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from typing import Any, Final

from trunkline.ledger import Ledger
from trunkline.ledger.machine import Policy
from trunkline.ledger.stores.interfaces import Job
from trunkline.ledger.stores.schema import COLUMNS
from trunkline.ledger.stores.sqlite import SQLiteStore
from trunkline_bench.fixtures import PHONE

_BATCH: Final = 200_000
_COPIED: Final = {"key": "printf('%022d', number)", "call_id": "'call_' || number"}
#: Copies of the one real record, under keys in ascending order.
_COPY: Final = f"""
WITH RECURSIVE counter(number) AS (
  SELECT :first UNION ALL SELECT number + 1 FROM counter WHERE number + 1 < :end
)
INSERT INTO attempt ({", ".join(COLUMNS)})
SELECT {", ".join(_COPIED.get(name, name) for name in COLUMNS)}
FROM counter, (SELECT * FROM attempt WHERE call_id = 'call_real')
"""  # noqa: S608 - constant names


def filled(where: str, records: int) -> str:
    """Make a ledger file with a number of accepted calls, and return its path."""
    fields = {"to": PHONE, "task": "Say hello.", "locale": "en-US"}
    with Ledger.open(where) as ledger:
        entry = ledger.entry("pamela|bench|create_call", "order-1", 1, fields, 70.0)
        entry.ticket = entry.claim(Policy()).result().ticket
        entry.begin(0.0).result()
        entry.accepted("call_real", '{"id": "call_real", "status": "queued"}').result()
    with closing(sqlite3.connect(where, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for first in range(0, records, _BATCH):
            end = min(first + _BATCH, records)
            connection.execute(_COPY, {"first": first, "end": end})
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return where


def lookup_seconds(where: str, records: int, lookups: int) -> float:
    """Return the mean seconds of one look-up of a key, over many in one transaction."""
    chance = random.Random(lookups)  # noqa: S311 - a sample
    keys = [f"{chance.randrange(records):022d}" for _ in range(lookups)]

    def look(tx: Any) -> float:
        for key in keys:
            tx.rows(key)
        began = time.perf_counter()
        for key in keys:
            assert tx.rows(key)  # noqa: S101 - each is there
        return (time.perf_counter() - began) / lookups

    store = SQLiteStore(where)
    (((seconds, _),)) = store.run([Job(look, durable=False)])
    store.close()
    return float(seconds)
