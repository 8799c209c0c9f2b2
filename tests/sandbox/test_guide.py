"""The programs of pages that no other suite runs work against the sandbox."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.providers import code_blocks, run_code

import trunkline.sandbox

if TYPE_CHECKING:
    from trunkline.sandbox import Sandbox

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "sandbox.md"
PROGRAMS = [
    pytest.param(code, id=f"{name} {number}")
    for name in ("sandbox.md", "reference.md", "index.md", "stateset_voice.md")
    for number, code in enumerate(code_blocks(DOCS / name), 1)
]


@pytest.mark.parametrize("code", PROGRAMS)
def test_a_block_runs(code: str, sandbox: Sandbox, tmp_path: Path) -> None:
    """Each block is a whole program."""
    run_code(code, sandbox.environment(), tmp_path)


def test_the_guide_tells_of_a_call_that_may_have_been_placed(tmp_path: Path) -> None:
    """The page's first program prints what its comments say."""
    printed = run_code(code_blocks(PAGE)[0], {}, tmp_path)
    assert printed == "order-4711: the call may have been placed\ncompleted\n"


def test_the_guide_exports_what_the_program_prints(sandbox: Sandbox) -> None:
    """The page's shell lines are those of a sandbox at port 8700."""
    lines = re.findall(r"^export .*$", PAGE.read_text("utf-8"), re.MULTILINE)
    printed = dict(shlex.split(line)[1].split("=", 1) for line in lines)
    assert printed == sandbox.app.registry.environment("http://127.0.0.1:8700")


def test_the_guide_names_every_public_name() -> None:
    """Each is in the page's reference section."""
    text = PAGE.read_text("utf-8")
    for name in trunkline.sandbox.__all__:
        assert f"::: trunkline.sandbox.{name}\n" in text
