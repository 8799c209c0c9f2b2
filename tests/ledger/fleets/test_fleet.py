"""A small fleet; `make soak` runs the large ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ledger.fleets.fleet import Fleet, Run

if TYPE_CHECKING:
    from tests.ledger.conftest import Place

    from trunkline.sandbox.server import Sandbox


def test_no_key_is_dialled_twice_and_none_is_forgotten(sandbox: Sandbox, place: Place) -> None:
    """Processes are killed, responses lost, clocks set: each key's state matches the server."""
    on_absent = "raise" if place.where.endswith(".db") else "redial"
    fleet = Fleet(place.where, on_absent=on_absent, on_unknown="reconcile", steps=3600.0)
    result = Run(fleet, sandbox).go()
    assert result.wrong == []
    assert sum(result.states.values()) == fleet.keys
    assert set(result.states) <= {"accepted", "not_placed", "unknown"}
    assert result.killed == fleet.kills
    if on_absent == "redial":
        assert (result.states["accepted"], result.calls) == (fleet.keys, fleet.keys)
