# Derived from _engine/client/_async/waiter.py by `make generate`; do not edit.
"""Waiting for a state, by asking again and again with growing pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from trunkline._engine.options import positive
from trunkline._redact import shown
from trunkline.errors import APIConnectionError, RateLimitError, ServerError, WaitTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.runtime import Runtime

T = TypeVar("T")


GROWTH = 1.5


LONGEST = 10.0


@dataclass(slots=True)
class Waiter(Generic[T]):
    """Asks for a state until it is the wanted one.

    Attributes:
        read: asks once.
        done: whether a state is the wanted one.
        what: what is waited for, for the error's text.
        timeout: seconds in all.
        interval: seconds before the second question; each pause is half as long again, up to
            10 s, and varies by a tenth so that many waiters do not ask at once.
    """

    read: Callable[[], T]
    done: Callable[[T], bool]
    what: str
    timeout: float
    interval: float
    runtime: Runtime

    def run(self) -> T:
        """Return the first state that is the wanted one.

        A failure that may pass (a lost connection, 429, 5xx) is waited out as well.

        Raises:
            WaitTimeoutError: time is up; ``last`` holds the latest state.
            APIError: any other failure of the question.
        """
        ends = self.runtime.monotonic() + positive("timeout", self.timeout)
        pause = positive("interval", self.interval)
        last: T | None = None
        while True:
            wanted = 0.0
            try:
                last = self.read()
            except (APIConnectionError, ServerError, RateLimitError) as error:
                if self.runtime.monotonic() + pause >= ends:
                    raise
                wanted = error.retry_after or 0.0
            else:
                if self.done(last):
                    return last
            self._pause(max(pause, wanted), ends, last)
            pause = min(pause * GROWTH, LONGEST)

    def _pause(self, pause: float, ends: float, last: T | None) -> None:
        left = ends - self.runtime.monotonic()
        if left <= 0:
            status = shown(str(getattr(last, "status", None) or "unknown"))[:60]
            error = WaitTimeoutError(
                f"{self.what} did not come to an end within {self.timeout:g} s "
                f"(status: {status}); it goes on: wait again, or ask for it later"
            )
            error.last = last
            raise error
        spread = pause * self.runtime.uniform(0.9, 1.1)
        self.runtime.sleep(min(spread, left))
