"""What contracts.toml says about a contract, compared with what the contract itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.inputs.manifest import STATUSES
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.inputs.manifest import Contract

#: How the description of a contract begins that is not the vendor's own document.
ADMISSION: Final = "Reconstructed contract."


def check(contract: Contract, document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each fact that does not hold.

    Args:
        contract: its table.
        document: the contract with its patches applied.
    """
    where = f"contracts.toml: {contract.name}"
    if contract.status not in STATUSES:
        yield f"{where}: status is {contract.status!r}, not one of {sorted(STATUSES)}"
    elif _is_reconstructed(document) != (contract.status == "reconstructed"):
        yield (
            f"{where}: status is {contract.status!r}, but only the description of a reconstructed "
            f"contract begins with {ADMISSION!r}"
        )
    if contract.base_url != (server := _first_server(document)):
        yield f"{where}: base_url is {contract.base_url!r}, the contract's first server {server!r}"


def _is_reconstructed(document: Mapping[str, Any]) -> bool:
    info = document.get("info")
    return is_object(info) and str(info.get("description", "")).startswith(ADMISSION)


def _first_server(document: Mapping[str, Any]) -> object:
    servers = document.get("servers")
    first = servers[0] if is_array(servers) and servers else None
    return first.get("url") if is_object(first) else None
