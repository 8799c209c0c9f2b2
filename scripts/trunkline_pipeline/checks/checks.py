"""The contract check: everything derived is as it would be derived now, and all pins hold."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from trunkline_pipeline import files, toolchain
from trunkline_pipeline.checks import coverage, manifest_facts
from trunkline_pipeline.generation import layer_diagram, packages, raw_resources, retry_table
from trunkline_pipeline.inputs import openapi_overlay, pins
from trunkline_pipeline.unasync import unasync

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from trunkline_pipeline.inputs.manifest import ContractSet


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: readable lines, and the command that repairs it."""

    lines: tuple[str, ...]
    repair: str


def check_pins(contracts: ContractSet) -> list[Finding]:
    lines = [line for contract in contracts.contracts for line in pins.check(contract)]
    lines += pins.check_inputs(contracts)
    unlisted = list(pins.unlisted(contracts))
    return [
        *_finding(lines, f"{pins.REPAIR} (if it was changed on purpose)"),
        *_finding(unlisted, f"name it in {contracts.file}, or remove it"),
    ]


def check_facts(contracts: ContractSet) -> list[Finding]:
    """Compare what contracts.toml says about the contracts with what they say themselves."""
    lines = [
        line
        for contract in contracts.contracts
        for line in manifest_facts.check(contract, openapi_overlay.patched(contract))
    ]
    return _finding(lines, f"correct {contracts.file}, or the contract")


def check_packages(contracts: ContractSet, generated: Path) -> list[Finding]:
    """Compare the folder of the generated packages with what would be generated now."""
    rendered = packages.render(contracts).files
    wanted = {f"{packages.FOLDER}/{name}": data for name, data in rendered.items()}
    differences = files.compare_tree(generated, wanted)
    outside = [d for d in differences if generated / packages.FOLDER not in d.path.parents]
    inside = [d for d in differences if d not in outside]
    return [
        *_finding(list(files.explain(inside)), packages.REPAIR),
        *_finding(list(files.explain(outside)), "remove it; only make generate writes here"),
    ]


def check_resources(contracts: ContractSet, overlay: Path) -> list[Finding]:
    ruff = toolchain.Ruff.pinned(contracts.ruff)
    wanted = raw_resources.render(overlay, ruff)
    return _derived(overlay, wanted, raw_resources.names(overlay))


def check_twins(contracts: ContractSet, overlay: Path) -> list[Finding]:
    """Compare the sync twins, and look for files in their folders without an async source."""
    ruff = toolchain.Ruff.pinned(contracts.ruff)
    return _derived(overlay, unasync.render(overlay, ruff), unasync.twin_names(overlay))


def _derived(folder: Path, wanted: Mapping[str, bytes], found: Iterable[str]) -> list[Finding]:
    differences = files.compare_files(folder, wanted)
    stray = sorted(set(found) - wanted.keys())
    differences += [files.Difference(folder / name, "stray") for name in stray]
    return _finding(list(files.explain(differences)), packages.REPAIR)


def check_diagram(root: Path) -> list[Finding]:
    return _derived(root, layer_diagram.render(root), ())


def check_retry_table(root: Path) -> list[Finding]:
    """Compare the table of docs/retries.md with the rules that the engine applies."""
    return _derived(root, retry_table.render(root), ())


def check_reach(contracts: ContractSet, root: Path) -> list[Finding]:
    """Check that the overlay of this tree reaches everything that the contracts offer."""
    documents = {
        contract.package: openapi_overlay.patched(contract) for contract in contracts.contracts
    }
    sys.path[:0] = [str(root / "overlay"), str(root / "generated")]
    try:
        overlay, events = import_module("trunkline"), import_module("trunkline.webhooks.events")
        lines = coverage.check_coverage(documents, overlay, events)
        lines += coverage.check_extra_arguments(documents, overlay)
    except (ImportError, AttributeError) as error:
        lines = [f"the overlay cannot be imported: {error}"]
    return _finding(lines, "give the overlay what is missing; there are no waivers")


def _finding(lines: list[str], repair: str) -> list[Finding]:
    return [Finding(tuple(lines), repair)] if lines else []
