"""Numbers for waits: spread evenly, so that many waits seldom end in one instant."""

from __future__ import annotations

import os
import random
from typing import Final

#: The fractional part of the golden ratio: no step leaves more even gaps (Weyl's sequence).
_STEP: Final = 0.6180339887498949


class EvenDice:
    """Draws that fill an interval evenly in whatever number they are made.

    Independent draws clump: of 175 waits within a second, 14 end in the same twentieth at times,
    of these 10. Each process begins at a random place, so that processes do not march in step.
    """

    __slots__ = ("_place",)

    def __init__(self) -> None:
        self._place = 0.0
        self.throw()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.throw)

    def throw(self) -> None:
        """Begin anew at a random place."""
        self._place = random.random()  # noqa: S311 - nothing secret

    def uniform(self, low: float, high: float) -> float:
        """Return a number between the two."""
        self._place = place = (self._place + _STEP) % 1.0
        return low + (high - low) * place
