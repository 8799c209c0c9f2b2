"""What `make contract` checks, on the repository itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import trunkline
import trunkline.webhooks.events
from trunkline_pipeline.checks import checks
from trunkline_pipeline.checks.coverage import check_coverage, check_extra_arguments
from trunkline_pipeline.inputs import manifest, openapi_overlay

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pinned() -> manifest.ContractSet:
    return manifest.load(ROOT / "api-contracts" / "contracts.toml")


def test_every_pin_holds(pinned: manifest.ContractSet) -> None:
    """Snapshots are byte for byte what contracts.toml says, with as many parts."""
    assert checks.check_pins(pinned) == []


def test_generated_packages_are_up_to_date(pinned: manifest.ContractSet) -> None:
    """The committed packages are what the contracts give; `make generate` repairs it."""
    assert checks.check_packages(pinned, ROOT / "generated") == []


def test_resources_with_raw_responses_are_up_to_date(pinned: manifest.ContractSet) -> None:
    """The committed resources.py of each provider is what its resources give."""
    assert checks.check_resources(pinned, ROOT / "overlay" / "trunkline") == []


def test_sync_twins_are_up_to_date(pinned: manifest.ContractSet) -> None:
    """The committed twins are what the async source gives; `make generate` repairs it."""
    assert checks.check_twins(pinned, ROOT / "overlay" / "trunkline") == []


def test_the_overlay_reaches_everything(pinned: manifest.ContractSet) -> None:
    """Every operation, parameter, body field and event; computed, without waivers."""
    documents = {each.package: openapi_overlay.patched(each) for each in pinned.contracts}
    assert check_coverage(documents, trunkline, trunkline.webhooks.events) == []
    assert check_extra_arguments(documents, trunkline) == []
