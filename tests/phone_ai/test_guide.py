"""The code in the guide runs as printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.providers import code_blocks, run_code

if TYPE_CHECKING:
    from trunkline.sandbox import Sandbox

BLOCKS = code_blocks(Path(__file__).parents[2] / "docs" / "phone_ai.md")


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_a_block_of_the_guide_runs(place: int, sandbox: Sandbox, tmp_path: Path) -> None:
    """Each block is a whole program that exits without an error."""
    settings = {
        "PHONE_AI_API_KEY": "phone_ai_sandbox",
        "PHONE_AI_BASE_URL": sandbox.phone_ai_url,
    }
    assert run_code(BLOCKS[place], settings, tmp_path)
