"""The model's schedules replayed on the stores: the SQL must do what the model does."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.ledger.schedules.explorer import SMALL, Outcome, explore
from tests.ledger.schedules.model import LEASE, State, steps

from trunkline.ledger import KeyInFlightError, Ledger
from trunkline.ledger.attempts import CallState
from trunkline.ledger.machine import Policy

if TYPE_CHECKING:
    from tests.ledger.conftest import Times

    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.entry import Entry

NS = "p|a|o"


@cache
def explored() -> Outcome:
    return explore(SMALL)


def endings(count: int) -> list[State]:
    """Return states after which nothing happens, drawn evenly; the same ones in each run."""
    found = explored()
    ends = [state for state in found.parents if all(n == state for _, n in steps(state, SMALL))]
    return random.Random(7).sample(ends, min(count, len(ends)))


class Replay:
    """One schedule on a ledger."""

    def __init__(self, ledger: Ledger, times: Times, key: str) -> None:
        self.ledger, self.times, self.key = ledger, times, key
        self.entries: dict[str, Entry] = {}

    def step(self, word: str, after: State) -> None:
        """Carry out a step of the model."""
        who, _, what = word.partition(" ")
        if word == "a tick passes":
            self.times.wall += 1.0
        elif word.startswith("the wall clock"):
            left = LEASE + 2.0 if word.endswith("back") else 0.0
            self.times.wall = self.rows()[-1].lease_until - left
        elif who[0] == "w" and who[1:].isdigit():
            self.worker(who, what)
        elif "dead sender" in word:
            self.ledger.undecided()
        elif word == "the list shows the call":
            known = {row.n for row in self.rows() if row.call_id}
            n = next(r.n for r in after.rows if r.call_id and r.n not in known)
            mine = next(r for r in self.rows() if r.n == n)
            self.ledger.record_found(mine, self.call(n), {})
        elif word.startswith("the list shows nothing"):
            row = next(r for r in self.rows() if r.state == CallState.UNKNOWN)
            assert self.ledger.record_absent(row, {})

    def worker(self, who: str, what: str) -> None:
        if what.startswith(("claims", "is told")):
            claimed = self.entries[who] = self.ledger.entry(NS, self.key, 1, {}, LEASE)
            claimed.ticket = claimed.claim(Policy(redial_absent=True)).result().ticket
            return
        entry = self.entries.get(who)
        if entry is None:
            return
        if what == "commits sending":
            entry.begin(0.0).result()
        elif what == "has lost its claim":
            with pytest.raises(KeyInFlightError):
                entry.begin(0.0).result()
        elif what.startswith("is too late"):
            entry.not_sent().result()
        elif what == "records accepted":
            entry.accepted(self.call(entry.ticket.n), "{}").result()
        elif what == "records rejected":
            entry.rejected({}, "refused").result()
        elif what == "records unknown":
            entry.unknown("no answer").result()

    def rows(self) -> tuple[Attempt, ...]:
        return self.ledger.attempts(self.key)

    def call(self, n: int) -> str:
        return f"{self.key} call {n}"


def replayed(ledger: Ledger, times: Times, count: int) -> list[str]:
    """Replay schedules; return the first one in which the records differ after a step."""
    found = explored()
    for number, end in enumerate(endings(count)):
        replay = Replay(ledger, times, f"key-{number}")
        path = found.path_to(end)
        for place, (word, after) in enumerate(path, 1):
            replay.step(word, after)
            seen = [(row.n, row.state, row.fence, row.call_id is None) for row in replay.rows()]
            wanted = [(row.n, row.state, row.fence, row.call_id is None) for row in after.rows]
            if seen != wanted:
                return [word for word, _ in path[:place]]
    return []
