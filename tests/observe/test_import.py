"""What an import loads, and what it does not touch."""

from __future__ import annotations

import json

import pytest
from tests.observe.support import program

CODE = """
import signal, sys
before = {s: signal.getsignal(s) for s in (signal.SIGTERM, signal.SIGINT)}
import trunkline.observe
first = sorted(sys.modules)
from trunkline.observe import LivekitObserve
LivekitObserve("agent-1", "key", journal=False)
same = all(signal.getsignal(s) is handler for s, handler in before.items())
import json
print(json.dumps([first, sorted(sys.modules), same]))
"""


pytestmark = pytest.mark.untraced  # the coverage tool imports asyncio


@pytest.fixture(scope="module")
def loaded() -> tuple[set[str], set[str], bool]:
    with program(CODE) as process:
        assert process.stdout is not None
        first, later, same = json.loads(process.stdout.read())
    return set(first), set(later), same


def test_the_import_costs_next_to_nothing(loaded: tuple[set[str], set[str], bool]) -> None:
    """It loads neither httpx nor SQLite nor any module of the observer."""
    heavy = {"httpx", "sqlite3", "asyncio", "attr", "livekit", "opentelemetry"}
    assert not loaded[0] & heavy
    assert not [name for name in loaded[0] if name.startswith("trunkline.observe.")]


def test_an_observer_needs_no_livekit(
    loaded: tuple[set[str], set[str], bool],
) -> None:
    """LiveKit's session is the application's; all imports happen before a call."""
    assert not loaded[1] & {"livekit", "anyio", "dotenv", "opentelemetry"}


def test_signals_are_left_alone(loaded: tuple[set[str], set[str], bool]) -> None:
    """No signal handler is installed."""
    assert loaded[2]
