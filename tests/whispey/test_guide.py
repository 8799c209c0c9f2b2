"""The code in the guide runs as printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.providers import code_blocks, run_code

from trunkline.sandbox import RunningClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = code_blocks(Path(__file__).parents[2] / "docs" / "whispey.md")


@pytest.fixture(scope="module")
def fast_sandbox() -> Iterator[Sandbox]:
    # An export is ready before the guide requests it a second time.
    with Sandbox(clock=RunningClock(speed=1000)) as sandbox:
        yield sandbox


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_a_block_of_the_guide_runs(place: int, fast_sandbox: Sandbox, tmp_path: Path) -> None:
    """Each block is a whole program that exits without an error."""
    settings = {
        "WHISPEY_API_KEY": "pype_sandbox",
        "WHISPEY_BASE_URL": fast_sandbox.whispey_url,
        "WHISPEY_API_URL": fast_sandbox.whispey_ingest_url,
    }
    assert run_code(BLOCKS[place], settings, tmp_path)
