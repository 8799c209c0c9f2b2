"""What contracts.toml pins: digest and size of each snapshot, digests of patches and templates."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline import files
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.inputs.manifest import Contract, ContractSet

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
REPAIR: Final = "make repin"
#: The record of what callers of the last release rely on, next to contracts.toml.
RELEASED: Final = "released.json"
#: The start of the description of a contract that is not the vendor's own document.
ADMISSION: Final = "Reconstructed contract."


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation, in the order of the document."""
    paths = document.get("paths")
    for path, item in paths.items() if is_object(paths) else ():
        for method in METHODS:
            if is_object(item) and method in item:
                yield path, method, item[method]


def measure(contract: Contract) -> dict[str, str | int]:
    document = documents.read(contract.snapshot)
    return {
        "title": _title(document),
        "sha256": digest(contract.snapshot),
        "operations": sum(1 for _ in operations(document)),
        "schemas": len(document.get("components", {}).get("schemas", {})),
        "webhooks": len(document.get("webhooks", {})),
    }


def status(document: Mapping[str, Any]) -> str:
    """Return ``published`` or ``reconstructed``, according to the document's description."""
    description = _object(document.get("info")).get("description", "")
    return "reconstructed" if str(description).startswith(ADMISSION) else "published"


def first_server(document: Mapping[str, Any]) -> str:
    """Return the URL of the first server, empty where there is none."""
    servers = document.get("servers")
    first = servers[0] if is_array(servers) and servers else None
    return str(_object(first).get("url", ""))


def _title(document: Mapping[str, Any]) -> str:
    return str(_object(document.get("info")).get("title", ""))


def _object(value: object) -> Mapping[str, Any]:
    return value if is_object(value) else {}


def check(contract: Contract) -> Iterator[str]:
    """Yield a line for each pin that does not hold."""
    for key, value in measure(contract).items():
        pinned = getattr(contract, key)
        if pinned != value:
            yield f"{key} is {value}, contracts.toml pins {pinned}"


def digest(file: Path) -> str:
    """Return the sha256 of a file.

    Raises:
        PipelineError: it cannot be read.
    """
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise PipelineError(f"{file}: {error}") from error


def inputs(contracts: ContractSet) -> dict[str, Path]:
    """Return the other inputs of generation, patches and templates, by their path."""
    folder = contracts.file.parent
    patches = [patch for contract in contracts.contracts for patch in contract.patches]
    found = {contracts.relative(patch): patch for patch in patches}
    templates = files.list_files(folder / "templates")
    return found | {f"templates/{name}": path for name, path in templates.items()}


def check_inputs(contracts: ContractSet) -> Iterator[tuple[Path, str]]:
    """Yield each patch or template that is not the pinned one, and what it is."""
    folder = contracts.file.parent
    measured = {name: digest(path) for name, path in inputs(contracts).items()}
    for name in sorted(measured.keys() | contracts.pins.keys()):
        found, pinned = measured.get(name, "missing"), contracts.pins.get(name, "nothing")
        if found != pinned:
            yield folder / name, f"sha256 is {found}, contracts.toml pins {pinned}"


def unlisted(contracts: ContractSet) -> Iterator[Path]:
    """Yield each file in the folder of contracts.toml that nothing reads."""
    folder = contracts.file.parent
    snapshots = {contracts.relative(contract.snapshot) for contract in contracts.contracts}
    known = {contracts.file.name, RELEASED, *snapshots, *inputs(contracts)}
    for name, path in files.list_files(folder).items():
        if name not in known:
            yield path
