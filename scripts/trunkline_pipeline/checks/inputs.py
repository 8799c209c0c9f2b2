"""The inputs of the check for one repository, read once for all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline_pipeline.inputs import documents, openapi_overlay

from .source.facts import Facts
from .source.modules import Sources

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline_pipeline.inputs.manifest import ContractSet


def facts_of(contracts: ContractSet, root: Path) -> Facts:
    """Return the contracts and the overlay's source.

    Raises:
        PipelineError: a contract or a patch cannot be read.
    """
    every = contracts.contracts
    return Facts(
        Sources(root),
        {each.package: openapi_overlay.patched(each) for each in every},
        {each.package: each.base_url for each in every},
        {each.package: documents.read(each.snapshot) for each in every},
    )
