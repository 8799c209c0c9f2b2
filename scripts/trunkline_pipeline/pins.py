"""What contracts.toml pins about each snapshot: its digest and how much it holds."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from . import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .contracts import Contract, ContractSet

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
REPAIR: Final = "make repin"


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation, in the order of the document."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def measure(contract: Contract) -> dict[str, str | int]:
    """Return what the snapshot should be pinned to."""
    document = documents.read(contract.snapshot)
    return {
        "sha256": hashlib.sha256(contract.snapshot.read_bytes()).hexdigest(),
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


def repin(contracts: ContractSet) -> bool:
    """Write the measured values into the contracts file; return whether anything changed."""
    old = contracts.file.read_text(encoding="utf-8")
    new = old
    for contract in contracts.contracts:
        for key, value in measure(contract).items():
            new = _set(
                new, contract.name, key, f'"{value}"' if isinstance(value, str) else str(value)
            )
    if new != old:
        contracts.file.write_text(new, encoding="utf-8")
    return new != old


def _set(text: str, table: str, key: str, value: str) -> str:
    # Only the value changes: comments and order of the file are the author's.
    pattern = rf"(^\[contracts\.{re.escape(table)}\]\n(?:(?!\[contracts\.).*\n)*?{key} = ).*$"
    return re.sub(pattern, lambda match: match[1] + value, text, count=1, flags=re.MULTILINE)
