from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts.impact.surface.generate import generated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def voice_client() -> Iterator[Path]:
    """The package generated from the corpus's old contract."""
    document = json.loads((corpus.FOLDER / "generated" / "old.json").read_text())
    with generated(document, "voice_client", generator=True, label="old.json") as folder:
        yield folder
