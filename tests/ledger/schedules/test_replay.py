"""The model's schedules on the stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ledger.schedules.replay import replayed

if TYPE_CHECKING:
    from tests.ledger.conftest import Place

SCHEDULES = {True: 60, False: 20}


def test_the_stores_do_what_the_model_does(place: Place) -> None:
    """After each step of each schedule, the records equal the model's; a soak replays more."""
    in_file = place.where.endswith(".db")
    assert replayed(place.open(), place.times, SCHEDULES[in_file]) == []
