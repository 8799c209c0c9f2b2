"""Run the main job of all four APIs against the sandbox, and show what happened (`make demo`)."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console

from trunkline import TrunklineError
from trunkline_demo import pamela, phone_ai, stateset, whispey
from trunkline_demo.console import FlowLog
from trunkline_demo.receiver import Receiver
from trunkline_demo.runner import Runner, StepFailed
from trunkline_demo.sandbox import SandboxProcess

if TYPE_CHECKING:
    from collections.abc import Callable

FLOWS: tuple[tuple[str, Callable[[Runner], None]], ...] = (
    ("Pamela", pamela.run),
    ("Whispey", whispey.run),
    ("StateSet Voice", stateset.run),
    ("Phone.ai", phone_ai.run),
)


def main() -> int:
    """Run every flow; return 0 if every step held, 1 if one did not, 130 after Ctrl-C."""
    console = Console()
    # A shell's background job inherits an ignored SIGINT: only the sandbox would exit.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    console.print("demo: starting the sandbox of the four APIs and a receiver of webhooks")
    try:
        with SandboxProcess() as sandbox, Receiver() as receiver:
            console.print(f"sandbox: {sandbox.url} (pid {sandbox.pid}), receiver: {receiver.url}")
            results = [_flow(console, sandbox, receiver, *flow) for flow in FLOWS]
    except KeyboardInterrupt:
        console.print("interrupted; sandbox and receiver are stopped")
        return 130
    console.print(FlowLog.table(results))
    held = all(log.held for log in results)
    console.print("every step held" if held else "[red]not every step held[/red]")
    return 0 if held else 1


def _flow(
    console: Console,
    sandbox: SandboxProcess,
    receiver: Receiver,
    title: str,
    run: Callable[[Runner], None],
) -> FlowLog:
    with FlowLog(title) as log:
        try:
            run(Runner(console, sandbox, receiver, log))
        except (StepFailed, TrunklineError) as failure:  # the sandbox itself may be gone
            console.print(f"  [red]failed[/red] {failure}")
            log.failure = str(failure)
    return log


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
