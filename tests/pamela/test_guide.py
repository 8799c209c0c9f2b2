"""The code in the guide and on the migration page runs as printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from tests.pamela.support import KEY, TOKEN

from trunkline.sandbox import RunningClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = [
    token.content
    for page in ("pamela.md", "pamela_compat.md")
    for token in MarkdownIt().parse((DOCS / page).read_text(encoding="utf-8"))
    if token.info == "python"
]


@pytest.fixture(scope="module")
def fast_sandbox() -> Iterator[Sandbox]:
    # Calls have ended before the guide requests them a second time.
    with Sandbox(clock=RunningClock(speed=100_000)) as sandbox:
        yield sandbox


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_a_block_of_the_guide_runs(place: int, fast_sandbox: Sandbox) -> None:
    """Each block is a whole program that exits without an error."""
    settings = {
        "PAMELA_API_KEY": KEY,
        "PAMELA_USER_TOKEN": TOKEN,
        "PAMELA_BASE_URL": fast_sandbox.pamela_url,
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCKS[place]],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
