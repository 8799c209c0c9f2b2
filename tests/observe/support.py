"""Helpers for the observer's tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from trunkline import Whispey
from trunkline.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from trunkline.sandbox import Sandbox

T = TypeVar("T")
KEY = "pype_sandbox"
ROOT = Path(__file__).parents[2]


class Rows:
    """An agent's calls in the server's REST API."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._client = Whispey(KEY, base_url=sandbox.whispey_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def __call__(self, agent_id: str = "agent-1") -> list[dict[str, Any]]:
        try:
            calls = list(self._client.calls.list(agent_id=agent_id, limit=100))
        except NotFoundError:  # the server knows an agent only after its first call
            return []
        return [call.to_dict() for call in calls]

    def transcript(self, row: dict[str, Any]) -> list[tuple[str | None, str | None]]:
        call = self._client.calls.get(row["id"])
        return [(turn.speaker, turn.text) for turn in call.transcript or ()]


def program(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a separate process that runs code with this checkout's packages."""
    paths = os.pathsep.join(map(str, (ROOT / "overlay", ROOT / "generated", ROOT)))
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": paths, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def awaited(look: Callable[[], T]) -> T:
    """Poll until something is found, without a timeout."""
    while not (found := look()):
        time.sleep(0.01)
    return found


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
