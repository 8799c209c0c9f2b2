from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.trees import copied

from trunkline_pipeline import toolchain
from trunkline_pipeline.generation import generator
from trunkline_pipeline.inputs import documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "api-contracts" / "templates"


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """mini.yaml as two packages: `mini` from our templates, `stock` from the generator's."""
    folder = tmp_path_factory.mktemp("packages")
    document = documents.read(Path(__file__).parent / "mini.yaml")
    assert generator.generate(document, folder / "mini", TEMPLATES, {}).problems == ()
    assert generator.generate(document, folder / "stock", None, {}).problems == ()
    ruff = toolchain.Ruff.pinned("0.17.5")
    ruff.fix(folder, toolchain.GENERATED_RULES, toolchain.GENERATED_STYLE)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="session")
def models(generated: Path) -> ModuleType:
    """The models that our templates generate from mini.yaml."""
    assert generated.is_dir()
    return import_module("mini.models")


@pytest.fixture(scope="session")
def stock_models(generated: Path) -> ModuleType:
    """The models that the generator's own templates generate from mini.yaml."""
    assert generated.is_dir()
    return import_module("stock.models")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of everything that the check reads."""
    return copied(tmp_path)
