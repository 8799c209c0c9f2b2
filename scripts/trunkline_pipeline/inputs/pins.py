"""What contracts.toml pins: digest and size of each snapshot, digests of patches and templates."""

from __future__ import annotations

import hashlib
import json
import os
import re
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline import files
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents
from trunkline_pipeline.json_types import is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.inputs.manifest import Contract, ContractSet

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
REPAIR: Final = "make repin"


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation, in the order of the document."""
    paths = document.get("paths")
    for path, item in paths.items() if is_object(paths) else ():
        for method in METHODS:
            if is_object(item) and method in item:
                yield path, method, item[method]


def measure(contract: Contract) -> dict[str, str | int]:
    """Return what the snapshot should be pinned to."""
    document = documents.read(contract.snapshot)
    return {
        "sha256": digest(contract.snapshot),
        "operations": sum(1 for _ in operations(document)),
        "schemas": len(document.get("components", {}).get("schemas", {})),
        "webhooks": len(document.get("webhooks", {})),
    }


def check(contract: Contract) -> Iterator[str]:
    """Yield a line for each pin that does not hold."""
    for key, value in measure(contract).items():
        pinned = getattr(contract, key)
        if pinned != value:
            yield f"{contract.snapshot}: {key} is {value}, contracts.toml pins {pinned}"


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
    """Return what generation reads beside the snapshots: patches and templates, by their path."""
    folder = contracts.file.parent
    patches = [patch for contract in contracts.contracts for patch in contract.patches]
    found = {_name(patch, folder): patch for patch in patches}
    templates = files.list_files(folder / "templates")
    return found | {f"templates/{name}": path for name, path in templates.items()}


def check_inputs(contracts: ContractSet) -> Iterator[str]:
    """Yield a line for each patch or template that is not the pinned one."""
    folder = contracts.file.parent
    measured = {name: digest(path) for name, path in inputs(contracts).items()}
    for name in sorted(measured.keys() | contracts.pins.keys()):
        found, pinned = measured.get(name, "missing"), contracts.pins.get(name, "nothing")
        if found != pinned:
            yield f"{folder / name}: sha256 is {found}, contracts.toml pins {pinned}"


def unlisted(contracts: ContractSet) -> Iterator[str]:
    """Yield a line for each file beside contracts.toml that nothing reads."""
    folder = contracts.file.parent
    snapshots = {_name(contract.snapshot, folder) for contract in contracts.contracts}
    known = {contracts.file.name, *snapshots, *inputs(contracts)}
    for name, path in files.list_files(folder).items():
        if name not in known:
            yield f"unlisted: {path}"


def _name(file: Path, folder: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()


def repin(contracts: ContractSet) -> bool:
    """Write the measured values into the contracts file; return whether anything changed."""
    old = contracts.file.read_text(encoding="utf-8")
    new = old
    for contract in contracts.contracts:
        for key, value in measure(contract).items():
            new = _set(new, contract.name, key, json.dumps(value))
    new = _set_inputs(new, {name: digest(path) for name, path in inputs(contracts).items()})
    if new != old:
        contracts.file.write_text(new, encoding="utf-8")
    return new != old


def _set(text: str, table: str, key: str, value: str) -> str:
    # Only the value changes: comments and order of the file are the author's.
    pattern = rf"(^\[contracts\.{re.escape(table)}\]\n(?:(?!\[contracts\.).*\n)*?{key} = ).*$"
    new, found = re.subn(pattern, lambda match: match[1] + value, text, count=1, flags=re.MULTILINE)
    if not found:
        raise PipelineError(f"contracts.toml: [contracts.{table}] needs a line `{key} = {value}`")
    return new


def _set_inputs(text: str, digests: Mapping[str, str]) -> str:
    lines = [f"{json.dumps(name)} = {json.dumps(digests[name])}\n" for name in sorted(digests)]
    table = "".join(["[pins]\n", *lines])
    head, *tail = re.split(r"^\[pins\]\n", text, maxsplit=1, flags=re.MULTILINE)
    if not tail:
        return f"{text}\n{table}"
    others = [*dropwhile(lambda line: not line.startswith("["), tail[0].splitlines(keepends=True))]
    return "".join([head, table, *(["\n"] if others else []), *others])
