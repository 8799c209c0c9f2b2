"""The contract check: everything derived is as it would be derived now, and all pins hold."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from . import compare, coverage, packages, pins, twins

if TYPE_CHECKING:
    from pathlib import Path

    from .contracts import ContractSet


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: readable lines, and the command that repairs it."""

    lines: tuple[str, ...]
    repair: str


def check_pins(contracts: ContractSet) -> list[Finding]:
    """Compare digests and counts with contracts.toml."""
    lines = [line for contract in contracts.contracts for line in pins.check(contract)]
    return _finding(lines, f"{pins.REPAIR} (if the snapshot was changed on purpose)")


def check_packages(contracts: ContractSet, generated: Path) -> list[Finding]:
    """Compare the generated packages with what would be generated now."""
    differences = compare.compare_tree(generated, packages.render(contracts).files)
    return _finding(list(compare.explain(differences)), packages.REPAIR)


def check_twins(contracts: ContractSet, overlay: Path) -> list[Finding]:
    """Compare the sync twins, and look for files that stand where twins stand without an origin."""
    wanted = twins.render(overlay, contracts)
    differences = compare.compare_files(overlay, wanted)
    stray = sorted(set(twins.twin_names(overlay)) - wanted.keys())
    differences += [compare.Difference(overlay / name, "stray") for name in stray]
    return _finding(list(compare.explain(differences)), packages.REPAIR)


def check_reach(contracts: ContractSet, root: Path) -> list[Finding]:
    """Check that the overlay of this tree reaches everything that the contracts offer."""
    documents = {contract.package: packages.patched(contract) for contract in contracts.contracts}
    sys.path[:0] = [str(root / "overlay"), str(root / "generated")]
    try:
        overlay, webhooks = import_module("trunkline"), import_module("trunkline.webhooks")
        lines = coverage.check_coverage(documents, overlay, webhooks)
    except (ImportError, AttributeError) as error:
        lines = [f"the overlay cannot be imported: {error}"]
    return _finding(lines, "give the overlay what is missing; there are no waivers")


def _finding(lines: list[str], repair: str) -> list[Finding]:
    return [Finding(tuple(lines), repair)] if lines else []
