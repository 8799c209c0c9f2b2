"""Every schedule of the model, breadth first: the first that breaks a promise is a shortest."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

from tests.ledger.schedules.model import Rules, State, has_call, initial, records, steps

from trunkline.ledger.attempts import CallState, state_of

MOST = 3_000_000
TWICE, DROPPED = "two calls for one key", "an accepted answer was read and thrown away"
RINGS = "rejected, and the telephone rings"
SMALL = Rules(crashes=1, redeliveries=0, jumps=1)
#: Each rule, a world in which it is needed, and the promise that is broken without it.
NEEDED = (
    ("write_ahead", SMALL, TWICE),
    ("recheck_before_send", SMALL, TWICE),
    ("takeover_to_unknown", replace(SMALL, jumps=0, redeliveries=1), TWICE),
    ("keep_late_facts", replace(SMALL, readable=False), DROPPED),
    ("send_by", SMALL, TWICE),
    ("atomic_send", SMALL, TWICE),
    ("quiet_before_absent", SMALL, TWICE),
    ("elapsed_not_wall", SMALL, TWICE),
    ("state_per_attempt", replace(SMALL, jumps=0, readable=False, redial="blind"), RINGS),
)
#: With a state per attempt a late outcome is harmless; with one state per key it is not.
ONE_STATE = Rules(crashes=0, redeliveries=1, jumps=0, state_per_attempt=False)
#: Takes seconds, so only `make soak` explores it.
NEEDED_SLOWLY = (("fence_outcomes", ONE_STATE, TWICE),)


def without(rule: str, rules: Rules) -> Rules:
    """Return a world without one of the rules."""
    changes: dict[str, Any] = {rule: False}
    return replace(rules, **changes)


@dataclass
class Outcome:
    """The result of an exploration.

    Attributes:
        trace: the steps to the first broken promise; empty when none is broken.
        edges: the steps between all states, for replays.
    """

    states: int = 0
    edges: int = 0
    problem: str = ""
    trace: list[str] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)
    parents: dict[State, tuple[State, str] | None] = field(default_factory=dict)

    def path_to(self, state: State) -> list[tuple[str, State]]:
        """Return the steps to a state, each with the state that it leads to."""
        path = []
        while (before := self.parents[state]) is not None:
            path.append((before[1], state))
            state = before[0]
        return path[::-1]


def explore(rules: Rules) -> Outcome:
    """Visit every reachable state."""
    found, start = Outcome(), initial(rules)
    found.parents[start] = None
    todo = deque([start])
    while todo:
        state = todo.popleft()
        found.states += 1
        why = broken(state, rules)
        following = [] if why else [(w, n) for w, n in steps(state, rules) if n != state]
        found.edges += len(following)
        if not following and not why:
            why = broken_at_rest(state, rules)
            end = state_of(records(state.rows)) or "nothing"
            found.ends[end] = found.ends.get(end, 0) + 1
        if why or found.states > MOST:
            found.problem = why or "given up"
            found.trace = [word for word, _ in found.path_to(state)]
            return found
        for word, after in following:
            if after not in found.parents:
                found.parents[after] = (state, word)
                todo.append(after)
    return found


def broken(s: State, r: Rules) -> str:
    return TWICE if len(s.calls) > 1 and r.redial != "blind" else ""


def broken_at_rest(s: State, r: Rules) -> str:
    """Return the promise that is broken in a state after which nothing can happen."""
    placed = {n for n, _ in s.calls}
    unrecorded = {n for n in placed if not has_call(s.rows, n)}
    state = state_of(records(s.rows))
    checks = {
        "a call without a record": bool(placed) and not s.rows,
        DROPPED: s.dropped and bool(unrecorded),
        "a call that nobody recorded": r.readable and bool(unrecorded),
        "a record of a call that does not exist": any(
            row.call_id is not None and row.n not in placed for row in s.rows
        ),
        RINGS: state == CallState.REJECTED and bool(placed),
        "stuck in sending": state == CallState.SENDING and r.takeover_to_unknown,
        "stuck in unknown": state == CallState.UNKNOWN and r.readable,
    }
    return next((text for text, holds in checks.items() if holds), "")
