"""Runs a part of the soak as a separate process, which cannot hang unnoticed."""

from __future__ import annotations

import faulthandler
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[3]
#: Nothing but a hang takes this long, however busy the machine is.
BASE_LIMIT: Final = 120.0


class SoakError(Exception):
    """A part that failed, with its output: after a hang, the stacks of all threads."""


def run_program(module: str, arguments: list[str], size: int) -> Any:
    """Return the JSON that a test module prints when it is run as a program.

    Signals and warnings concern a whole process. Coverage is not measured: an exception raised in
    the tracer while it holds its lock stops every traced thread.

    Args:
        module: the module's name.
        arguments: its command line.
        size: how many calls it makes; sets the time limit.

    Raises:
        SoakError: it failed or hangs.
    """
    paths = [ROOT, *(ROOT / folder for folder in ("overlay", "generated", "scripts"))]
    unmeasured = {name: v for name, v in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**unmeasured, "PYTHONPATH": os.pathsep.join(map(str, paths))},
    )
    with process:
        try:
            written, complaints = process.communicate(timeout=2 * (BASE_LIMIT + size))
        except subprocess.TimeoutExpired:
            process.kill()
            written, complaints = process.communicate()
    if process.returncode:
        raise SoakError(f"{' '.join(command[1:])} ended with {process.returncode}:\n{complaints}")
    return json.loads(written)


def prepare(size: int) -> None:
    """Prepare the new process: a hang prints all stacks and exits, warnings are errors."""
    faulthandler.dump_traceback_later(BASE_LIMIT + size, exit=True)
    warnings.simplefilter("error")


def watch(lost: list[str], *, ignored: tuple[type[BaseException], ...] = ()) -> None:
    """Collect what the interpreter would only print, such as warnings about sockets left open."""

    def note(found: Any) -> None:
        # trio warns about httpx's own generator when a request that httpx was sending is cancelled.
        # Ctrl-C leaves unstarted coroutines in asyncio and trio.
        words = str(found.exc_value)
        idle = "httpx._content" in words or "was never awaited" in words
        if not idle and not isinstance(found.exc_value, ignored):
            lost.append(f"{found.exc_value!r} in {found.object!r}")

    sys.unraisablehook = note
