"""The programs in the engine's guides run as printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.server import Exchange, response
from tests.providers import code_blocks, run_code

DOCS = Path(__file__).parents[3] / "docs"
PROGRAMS = [
    (name, number, code)
    for name in ("errors.md", "retries.md", "transport.md")
    for number, code in enumerate(code_blocks(DOCS / name))
]


@pytest.mark.parametrize(("name", "number", "code"), PROGRAMS, ids=[p[0] for p in PROGRAMS])
@pytest.mark.parametrize("fine", [True, False], ids=["fine", "lost"])
def test_a_program_of_a_guide_runs(
    name: str, number: int, code: str, tmp_path: Path, *, fine: bool
) -> None:
    """Against a server that responds, and the one about errors against one that does not."""
    with Exchange(lambda _asked: response() if fine else None) as server:
        settings = {"STATESET_VOICE_API_KEY": "k", "STATESET_VOICE_BASE_URL": server.url}
        if fine or (name, number) == ("errors.md", 0):
            printed = run_code(code, settings, tmp_path)
            assert ("ticket-17: look into the call logs" in printed) is not fine
            assert len(server.asked) == 1
