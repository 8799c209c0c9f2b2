"""A clock for tests of the connection pool."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from trunkline._engine.runtime import SYSTEM


class Offset:
    """The real clock, which a test can advance."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    @property
    def settings(self) -> dict[str, Any]:
        async def skip(_delay: float) -> None:
            return None

        runtime = replace(
            SYSTEM, monotonic=self.monotonic, sleep=lambda _delay: None, async_sleep=skip
        )
        return {"runtime": runtime}
