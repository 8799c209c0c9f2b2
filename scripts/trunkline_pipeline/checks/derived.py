"""Check that all derived files are what would be derived now, and that all pins hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline_pipeline import files, toolchain
from trunkline_pipeline.generation import (
    export_tables,
    layer_diagram,
    models_page,
    packages,
    raw_resources,
    retry_table,
)
from trunkline_pipeline.inputs import openapi_overlay, pins
from trunkline_pipeline.unasync import unasync

from . import manifest_facts
from .findings import Finding
from .inputs import facts_of
from .static.exports import models_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.inputs.manifest import ContractSet


def check_pins(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare what contracts.toml pins with the files."""
    for contract in contracts.contracts:
        for line in pins.check(contract):
            yield Finding(_relative(contract.snapshot, root), 0, "pin/changed", line)
    for path, line in pins.check_inputs(contracts):
        yield Finding(_relative(path, root), 0, "pin/changed", line)
    for path in pins.unlisted(contracts):
        yield Finding(_relative(path, root), 0, "pin/unlisted", "contracts.toml does not name it")


def check_facts(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare what contracts.toml says about the contracts with the contracts themselves."""
    for contract in contracts.contracts:
        for line in manifest_facts.check(contract, openapi_overlay.patched(contract)):
            file = _relative(contracts.file, root)
            yield Finding(file, 0, "pin/fact", line, contract.package)


def check_packages(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare the folder of the generated packages with what would be generated now."""
    rendered, generated = packages.render(contracts), root / "generated"
    for contract in contracts.contracts:
        for problem in rendered.problems.get(contract.name, ()):
            if contract.warnings == "fail":
                file = _relative(contract.snapshot, root)
                yield Finding(file, 0, "generator/warning", problem, contract.package)
    wanted = {f"{packages.FOLDER}/{name}": data for name, data in rendered.files.items()}
    for each in files.compare_tree(generated, wanted):
        outside = generated / packages.FOLDER not in each.path.parents
        yield _difference(each, root, "derived/outside" if outside else "")


def check_resources(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare the resources with raw responses."""
    overlay, ruff = root / "overlay" / "trunkline", toolchain.Ruff.pinned(contracts.ruff)
    wanted = raw_resources.render(overlay, ruff)
    return _derived(root, overlay, wanted, raw_resources.names(overlay))


def check_exports(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare the tables of the providers' packages, and the lists of docs/models.md."""
    overlay, ruff = root / "overlay" / "trunkline", toolchain.Ruff.pinned(contracts.ruff)
    wanted = export_tables.render(overlay, models_of(facts_of(contracts, root)), ruff)
    yield from _derived(root, overlay, wanted, ())
    yield from _derived(root, root, models_page.render(root), ())


def check_twins(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare the sync twins, and look for files in their folders without an async source."""
    overlay, ruff = root / "overlay" / "trunkline", toolchain.Ruff.pinned(contracts.ruff)
    return _derived(root, overlay, unasync.render(overlay, ruff), unasync.twin_names(overlay))


def check_pages(contracts: ContractSet, root: Path) -> Iterator[Finding]:
    """Compare the diagram of the layers, and the table of docs/retries.md."""
    del contracts
    for wanted in (layer_diagram.render(root), retry_table.render(root)):
        yield from _derived(root, root, wanted, ())


def _derived(
    root: Path, folder: Path, wanted: Mapping[str, bytes], found: Iterable[str]
) -> Iterator[Finding]:
    differences = files.compare_files(folder, wanted)
    stray = sorted(set(found) - wanted.keys())
    differences += [files.Difference(folder / name, "stray") for name in stray]
    return (_difference(each, root) for each in differences)


def _difference(each: files.Difference, root: Path, rule: str = "") -> Finding:
    detail = tuple(files.diff(each)) if each.kind == "changed" else ()
    file = _relative(each.path, root)
    text = {
        "missing": "it is missing",
        "changed": "it is not what is derived now",
        "stray": "nothing writes it",
    }
    return Finding(file, 0, rule or f"derived/{each.kind}", text[each.kind], detail=detail)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


#: The checks that need only the inputs and derived files; skipped if these have passed before.
CHECKS = (check_packages, check_resources, check_exports, check_twins, check_pages)
