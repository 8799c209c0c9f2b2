"""Whether what a vendor publishes is still what is pinned."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents

if TYPE_CHECKING:
    from trunkline_pipeline.inputs.manifest import Contract

_TIMEOUT: Final = httpx.Timeout(30, connect=10)
_LINES: Final = 100


def drift(contract: Contract) -> list[str]:
    """Return a bounded diff from the pinned document to the published one; empty when equal.

    Documents are compared as values: another order of keys or another indentation is no drift.

    Raises:
        PipelineError: the published document cannot be fetched or read.
    """
    pinned, published = documents.read(contract.snapshot), _fetch(contract.source)
    if pinned == published:
        return []
    names = (str(contract.snapshot), contract.source)
    lines = list(difflib.unified_diff(_lines(pinned), _lines(published), *names, lineterm=""))
    more = len(lines) - _LINES
    return lines[:_LINES] + ([f"... {more} more lines"] if more > 0 else [])


def _lines(document: dict[str, Any]) -> list[str]:
    return documents.to_json(document, sort=True).decode().splitlines()


def _fetch(url: str) -> dict[str, Any]:
    try:
        transport = httpx.HTTPTransport(retries=2)
        with httpx.Client(transport=transport, timeout=_TIMEOUT, follow_redirects=True) as client:
            response = client.get(url).raise_for_status()
    except httpx.HTTPError as error:
        raise PipelineError(f"{url} cannot be fetched: {error}") from error
    is_json = "json" in response.headers.get("content-type", "") or url.endswith(".json")
    try:
        return documents.parse(response.content, is_json=is_json)
    except ValueError as error:
        raise PipelineError(f"{url}: {error}") from error
