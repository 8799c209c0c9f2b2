"""What contracts.toml says about a contract, compared with what the contract itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline_pipeline.inputs import pins
from trunkline_pipeline.inputs.manifest import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

from trunkline_pipeline.inputs.manifest import Contract


def check(contract: Contract, document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each wrong fact.

    Args:
        contract: its table.
        document: the contract with its patches applied.
    """
    where = f"contracts.toml: {contract.name}"
    if contract.status not in STATUSES:
        yield f"{where}: status is {contract.status!r}, not one of {sorted(STATUSES)}"
    elif pins.status(document) != contract.status:
        yield (
            f"{where}: status is {contract.status!r}, but only the description of a reconstructed "
            f"contract begins with {pins.ADMISSION!r}"
        )
    if contract.base_url != (server := pins.first_server(document)):
        yield f"{where}: base_url is {contract.base_url!r}, the contract's first server {server!r}"
