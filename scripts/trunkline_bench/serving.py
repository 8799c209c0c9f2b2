"""Starts the server beside the measuring process."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

_SCRIPTS = Path(__file__).parents[1]


@contextlib.contextmanager
def serving(*, delay: float = 0.0, rate: float = 0.0) -> Generator[str]:
    """Run the server and give its URL.

    Args:
        delay: milliseconds before each answer.
        rate: POSTs that it admits per second; 0 for all.
    """
    program = [sys.executable, "-m", "trunkline_bench.server", "--delay", str(delay)]
    with subprocess.Popen(
        [*program, "--rate", str(rate)],
        cwd=_SCRIPTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.stdin.close()
