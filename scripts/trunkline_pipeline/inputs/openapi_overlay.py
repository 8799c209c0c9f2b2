"""The snapshot of a contract with its patches, which are OpenAPI Overlay documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.contracts.errors import ContractError
from trunkline.contracts.overlays import apply
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents

if TYPE_CHECKING:
    from trunkline_pipeline.inputs.manifest import Contract


def patched(contract: Contract) -> dict[str, Any]:
    """Return the snapshot of a contract with its patches applied; each must match its targets.

    Raises:
        PipelineError: a file is unreadable, or a patch does not fit the snapshot.
    """
    document = documents.read(contract.snapshot)
    for patch in contract.patches:
        try:
            document = apply(document, documents.read(patch), must_match=True)
        except (ContractError, PipelineError) as error:
            raise PipelineError(f"{patch}: {error}") from error
    return document
