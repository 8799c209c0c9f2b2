"""What a flow uses: the sandbox, a receiver of webhooks, and a display of its steps."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline import TrunklineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from .console import FlowLog
    from .receiver import Receiver
    from .sandbox import SandboxProcess


class StepFailed(Exception):  # noqa: N818 - it is a message for a person
    """A step did not hold."""


@dataclass
class Runner:
    """The environment of one flow."""

    console: Console
    sandbox: SandboxProcess
    receiver: Receiver
    log: FlowLog

    def step(self, what: str, work: Callable[[], Any]) -> Any:
        """Run one step, shown live on the screen, and return its result.

        Raises:
            StepFailed: the SDK raised an error.
        """
        start = time.perf_counter()
        with self.console.status(f"{self.log.title}: {what}"):
            try:
                result = work()
            except TrunklineError as error:
                raise StepFailed(f"{what}: {error}") from error
        took = time.perf_counter() - start
        self.log.steps += 1
        self.console.print(f"  [green]ok[/green] {self.log.title}: {what} [dim]{took:.2f} s[/dim]")
        return result

    def check(self, what: str, holds: object) -> None:
        """Assert something about the outcome.

        Raises:
            StepFailed: it does not hold.
        """
        if not holds:
            raise StepFailed(what)
        self.log.steps += 1
        self.console.print(f"  [green]ok[/green] {self.log.title}: {what}")

    def survive_faults(self, provider: str, operation: str, place_call: Callable[[], Any]) -> None:
        """Place a call through a 429, and check that exactly one was placed."""
        control = self.sandbox.control
        before = control.accepted(provider, operation)
        control.fault(
            "rate_limit", provider=provider, operation=operation, form="seconds", seconds=1
        )
        self.step("place a call through a 429 with Retry-After", place_call)
        placed = control.accepted(provider, operation) - before
        self.check("one call was placed, not two", placed == 1)

    def check_ambiguous(self, provider: str, operation: str, place_call: Callable[[], Any]) -> None:
        """Lose the response to a placed call, and check that it is not placed again."""
        from trunkline.errors import AmbiguousResultError

        control = self.sandbox.control
        before = control.accepted(provider, operation)
        control.fault("reset", provider=provider, operation=operation, when="after")
        try:
            place_call()
        except AmbiguousResultError as error:
            self.check("a lost response is reported as ambiguous", error.maybe_accepted)
        else:
            self.check("a lost response is reported as ambiguous", holds=False)
        placed = control.accepted(provider, operation) - before
        self.check("the call was not placed a second time", placed == 1)
