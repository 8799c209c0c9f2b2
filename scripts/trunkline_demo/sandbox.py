"""The sandbox in a separate process, which ends with this one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Self

from trunkline.sandbox import Control

if TYPE_CHECKING:
    from types import TracebackType

#: Virtual seconds per real second: a call of half a minute takes a second.
SPEED = 30


class SandboxProcess:
    """Runs ``python -m trunkline.sandbox`` on a free port.

    It exits when its standard input closes, so that it never outlives the demo.
    """

    def __enter__(self) -> Self:
        options = ("--speed", str(SPEED), "--json", "--exit-with-stdin")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "trunkline.sandbox", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = json.loads((self._process.stdout and self._process.stdout.readline()) or "{}")
        if not ready:
            raise SystemExit("the sandbox did not start; see its message above")
        self.url: str = ready["url"]
        self.pid = self._process.pid
        self.urls: dict[str, str] = ready["urls"]
        self.control = Control(self.url)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.control.close()
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:  # it hangs
            self._process.kill()
            self._process.communicate()
