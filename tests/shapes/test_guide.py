"""The program in the guide runs as printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.providers import code_blocks, run_code

if TYPE_CHECKING:
    from trunkline.sandbox import Sandbox

GUIDE = Path(__file__).parents[2] / "docs" / "learn.md"
PRINTED = "http://127.0.0.1:8700/stateset"


def test_the_guide_counts_answers(sandbox: Sandbox, tmp_path: Path) -> None:
    """It writes one file, for the contract whose responses it received."""
    (code,) = code_blocks(GUIDE)
    assert PRINTED in code
    run_code(code.replace(PRINTED, sandbox.stateset_url), {}, tmp_path)
    (path,) = tmp_path.rglob("*.json")
    assert path.parent.name == "stateset-voice-public"
