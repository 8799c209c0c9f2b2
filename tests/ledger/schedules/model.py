"""A model of two workers, a queue, a vendor and a reconciler around the ledger's own state machine.

What the ledger does with a record is not modelled: the steps call ``trunkline.ledger.machine``, the
code that the stores run. A tick is a second of 100, and all times are ages, so that a process that
takes no step while ticks pass is paused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from trunkline.ledger import machine
from trunkline.ledger.attempts import Attempt, CallState, Moment, Ticket, state_of
from trunkline.ledger.machine import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

#: In ticks: the lease, the send-by limit, the latest acceptance, the lag of the list.
LEASE, SEND_BY, NET, LAG = 2, 1, 1, 1


class Row(NamedTuple):
    """The parts of a record that matter; a tuple, because there are a million of them."""

    n: int
    state: str
    fence: int
    owner: str
    lease_until: float
    call_id: str | None
    reason: str


Rows = tuple[Row, ...]


@cache
def records(rows: Rows) -> tuple[Attempt, ...]:
    """Return rows as the state machine's records."""
    return tuple(Attempt("k", "p|a|o", lease=LEASE, **row._asdict()) for row in rows)


@dataclass(frozen=True)
class Rules:
    """The design has all True; each False leaves one rule out."""

    write_ahead: bool = True
    recheck_before_send: bool = True
    takeover_to_unknown: bool = True
    keep_late_facts: bool = True
    send_by: bool = True
    quiet_before_absent: bool = True
    elapsed_not_wall: bool = True
    atomic_send: bool = True
    state_per_attempt: bool = True
    fence_outcomes: bool = True
    quiet: int = SEND_BY + NET + LAG + 1
    readable: bool = True
    redial: str = "absent"  # or blind (a timer), or never
    crashes: int = 1
    redeliveries: int = 1
    jumps: int = 1
    late_accepts: bool = False


class Worker(NamedTuple):
    pc: str  # idle claimed committed checked waiting answered over
    ticket: Ticket = Ticket(0, "", 0)
    age: int = 0
    answer: str = ""


class Req(NamedTuple):
    worker: int
    n: int
    status: str
    age: int


class State(NamedTuple):
    rows: Rows
    workers: tuple[Worker, ...]
    reqs: tuple[Req, ...] = ()
    calls: tuple[tuple[int, int], ...] = ()  # attempt, age
    watch: tuple[int, int, int] | None = None  # age, attempt, fence
    crashes: int = 0
    redeliveries: int = 0
    jumps: int = 0
    dropped: bool = False


IDLE, OVER = Worker("idle"), Worker("over")
NOW = Moment(0.0, 0.0)
Step = tuple[str, State]


def initial(rules: Rules) -> State:
    counts = (rules.crashes, rules.redeliveries, rules.jumps)
    return State((), (IDLE, IDLE), (), (), None, *counts)


def steps(s: State, r: Rules) -> Iterator[Step]:
    yield from tick(s, r)
    settled = state_of(records(s.rows)) in {"accepted", "rejected"}
    for i, w in enumerate(s.workers):
        yield from worker_steps(s, r, i, w)
        if w.pc not in {"idle", "over"} and s.crashes:
            left = s.crashes - 1
            yield f"w{i} is killed ({w.pc})", with_worker(s._replace(crashes=left), i, OVER)
        if w.pc == "over" and s.redeliveries and not settled:
            left = s.redeliveries - 1
            yield f"queue redelivers to w{i}", with_worker(s._replace(redeliveries=left), i, IDLE)
    for place, q in enumerate(s.reqs):
        yield from vendor_steps(s, place, q)
    yield from reconciler_steps(s, r)
    yield from clock_steps(s, r)


def tick(s: State, r: Rules) -> Iterator[Step]:
    if not r.late_accepts and any(q.status == "flying" and q.age >= NET for q in s.reqs):
        return  # a request is accepted within NET, or never
    after = s._replace(
        rows=tuple(leased(row, max(0.0, row.lease_until - 1)) for row in s.rows),
        workers=tuple(
            w._replace(age=min(w.age + 1, SEND_BY + 1)) if w.pc == "committed" else w
            for w in s.workers
        ),
        reqs=tuple(
            q._replace(age=min(q.age + 1, NET)) if q.status == "flying" else q for q in s.reqs
        ),
        calls=tuple((n, min(age + 1, LAG)) for n, age in s.calls),
        watch=s.watch and (min(s.watch[0] + 1, r.quiet), *s.watch[1:]),
    )
    if after != s:
        yield "a tick passes", after


def worker_steps(s: State, r: Rules, i: int, w: Worker) -> Iterator[Step]:
    if w.pc == "idle":
        yield submit(s, r, i)
    elif w.pc == "claimed":
        yield commit(s, r, i, w)
    elif w.pc == "committed" and r.send_by and w.age > SEND_BY:
        rows = written(s.rows, machine.not_sent(records(s.rows), w.ticket, NOW))
        yield f"w{i} is too late and sends nothing", with_worker(s._replace(rows=rows), i, OVER)
    elif w.pc == "committed" and not r.atomic_send:
        yield f"w{i} looks at the clock: in time", with_worker(s, i, w._replace(pc="checked"))
    elif w.pc in {"committed", "checked"}:
        reqs = (*s.reqs, Req(i, w.ticket.n, "flying", 0))
        after = with_worker(s._replace(reqs=reqs), i, w._replace(pc="waiting", age=0))
        yield f"w{i} writes the request", after
    elif w.pc == "waiting":
        gone = w._replace(pc="answered", answer="unknown")
        yield f"w{i} gives up waiting", with_worker(s, i, gone)
    elif w.pc == "answered":
        yield record(s, r, i, w)


def submit(s: State, r: Rules, i: int) -> Step:
    rows = s.rows
    owner = f"w{i}.{rows[-1].fence + 1 if rows else 1}"  # no claim before had it
    wanted = Attempt("k", "p|a|o", 1, owner=owner, lease=LEASE)
    if not r.takeover_to_unknown and rows and rows[-1].state == CallState.SENDING:
        rows = (*rows[:-1], rows[-1]._replace(state=CallState.INTENDED))
    policy = Policy(
        redial_absent=r.redial != "never",
        redial_after=0.0 if r.redial == "blind" and len(rows) < 2 else None,
    )
    writes, claim = machine.claim(records(rows), wanted, policy, NOW)
    if claim.kind != "begin":
        after = with_worker(s._replace(rows=written(s.rows, writes)), i, OVER)
        return f"w{i} is told {claim.kind}", after
    n, begun = claim.ticket.n, Worker("claimed", claim.ticket)
    watch = None if n > len(rows) else s.watch
    before = rows if r.state_per_attempt else ()
    after = with_worker(s._replace(rows=written(before, writes), watch=watch), i, begun)
    return f"w{i} claims attempt {n}", after


def commit(s: State, r: Rules, i: int, w: Worker) -> Step:
    committed = w._replace(pc="committed", age=0)
    if not r.write_ahead:
        return f"w{i} goes on, nothing committed", with_worker(s, i, committed)
    writes = machine.begin_sending(records(s.rows), w.ticket, NOW)
    if writes is None and r.recheck_before_send:
        return f"w{i} has lost its claim", with_worker(s, i, OVER)
    rows = written(s.rows, writes or [])
    return f"w{i} commits sending", with_worker(s._replace(rows=rows), i, committed)


def record(s: State, r: Rules, i: int, w: Worker) -> Step:
    n = w.ticket.n
    if w.answer == "accepted":
        mine = any(row.belongs_to(w.ticket) for row in records(s.rows))
        rows = with_call(s.rows, r, n) if mine or r.keep_late_facts else s.rows
    elif not r.fence_outcomes:
        rows = overwritten(s.rows, r, n, w.answer, None)
    elif w.answer == "rejected":
        rows = written(s.rows, machine.rejected(records(s.rows), w.ticket, "{}", "refused", NOW))
    else:
        rows = written(s.rows, machine.unknown(records(s.rows), w.ticket, "no answer", NOW))
    lost = s.dropped or (w.answer == "accepted" and not has_call(rows, n))
    after = with_worker(s._replace(rows=rows, dropped=lost), i, OVER)
    return f"w{i} records {w.answer}", after


def vendor_steps(s: State, place: int, q: Req) -> Iterator[Step]:
    def put(status: str) -> State:
        changed = q._replace(status=status, age=0)
        return s._replace(reqs=(*s.reqs[:place], changed, *s.reqs[place + 1 :]))

    who = f"w{q.worker}'s request"
    if q.status == "flying":
        yield f"the vendor accepts {who}", put("accepted")._replace(calls=(*s.calls, (q.n, 0)))
        yield f"the vendor refuses {who}", put("rejected")
        yield f"{who} is lost", put("settled")
    elif q.status in {"accepted", "rejected"}:
        w = s.workers[q.worker]
        if w.pc == "waiting" and w.ticket.n == q.n:
            answered = w._replace(pc="answered", answer=q.status)
            yield f"w{q.worker} reads {q.status}", with_worker(put("settled"), q.worker, answered)
        yield f"the answer to {who} is lost", put("settled")


def reconciler_steps(s: State, r: Rules) -> Iterator[Step]:
    if not s.rows:
        return
    dead = machine.expire(records(s.rows), NOW)
    if dead and r.takeover_to_unknown:
        yield "the reconciler finds a dead sender", s._replace(rows=written(s.rows, dead))
    if not r.readable:
        return
    for n, age in s.calls:
        if age >= LAG and not has_call(s.rows, n):
            found = s._replace(rows=with_call(s.rows, r, n), watch=None)
            yield "the list shows the call", found
    row = next((row for row in s.rows if row.state == CallState.UNKNOWN), None)
    if row is None:
        return
    if s.watch is None or s.watch[1:] != (row.n, row.fence):
        yield "the reconciler begins to watch", s._replace(watch=(0, row.n, row.fence))
    shown = any(n == row.n and age >= LAG for n, age in s.calls)
    quiet = s.watch is not None and s.watch[0] >= r.quiet and s.watch[1:] == (row.n, row.fence)
    if not shown and (quiet or not r.quiet_before_absent):
        rows = written(s.rows, machine.absent(records(s.rows), records((row,))[0], "{}", NOW))
        yield "the list shows nothing: not placed", s._replace(rows=rows, watch=None)


def clock_steps(s: State, r: Rules) -> Iterator[Step]:
    if not s.jumps or not s.rows or not (s.rows[-1].lease_until or s.watch):
        return
    last, left = s.rows[-1], s.jumps - 1
    watch = s.watch
    if watch and not r.elapsed_not_wall:
        watch = (r.quiet, *watch[1:])
    ahead = (*s.rows[:-1], leased(last, 0.0))
    yield "the wall clock steps forward", s._replace(rows=ahead, watch=watch, jumps=left)
    if last.lease_until:
        back = (*s.rows[:-1], leased(last, LEASE + 2.0))
        yield "the wall clock steps back", s._replace(rows=back, jumps=left)


def written(rows: Rows, writes: list[Attempt]) -> Rows:
    """Return the rows as a store keeps them; the store's wall times are ages here."""
    if not writes:
        return rows
    known = {row.n: row for row in rows}
    for row in writes:
        reason = row.reason if row.reason == machine.NOT_SENT else ""
        facts = (row.n, str(row.state), row.fence, row.owner, row.lease_until, row.call_id)
        known[row.n] = Row(*facts, reason)
    return tuple(known[n] for n in sorted(known))


def with_call(rows: Rows, r: Rules, n: int) -> Rows:
    """Return the rows once the call of an attempt is known."""
    if not r.state_per_attempt and n not in {row.n for row in rows}:
        return overwritten(rows, r, n, CallState.ACCEPTED, f"call {n}")
    return written(rows, machine.accepted(records(rows), n, f"call {n}", None, NOW))


def overwritten(rows: Rows, r: Rules, n: int, state: str, call_id: str | None) -> Rows:
    """Return the rows with an outcome set, whoever holds the attempt; or set in the only row."""
    return tuple(
        row._replace(n=n, state=str(state), lease_until=0.0, call_id=call_id)
        if row.n == n or not r.state_per_attempt
        else row
        for row in rows
    )


def leased(row: Row, left: float) -> Row:
    return row if row.lease_until == left else row._replace(lease_until=left)


def has_call(rows: Rows, n: int) -> bool:
    return any(row.n == n and row.call_id is not None for row in rows)


def with_worker(s: State, i: int, w: Worker) -> State:
    return s._replace(workers=(*s.workers[:i], w, *s.workers[i + 1 :]))
