from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.contracts.impact import corpus

from trunkline_pipeline import generator

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def voice_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that the generator makes of the corpus's old contract."""
    folder = tmp_path_factory.mktemp("generated") / "voice_client"
    document = json.loads((corpus.FOLDER / "generated" / "old.json").read_text())
    generator.generate(document, folder, None, {})
    return folder
