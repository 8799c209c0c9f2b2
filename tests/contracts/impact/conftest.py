from __future__ import annotations

import json
from pathlib import Path

import pytest
from trunkline_pipeline import generator

from tests.contracts.impact import corpus


@pytest.fixture(scope="session")
def voice_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that the generator makes of the corpus's old contract."""
    folder = tmp_path_factory.mktemp("generated") / "voice_client"
    document = json.loads((corpus.FOLDER / "generated" / "old.json").read_text())
    generator.generate(document, folder, None, {})
    return folder
