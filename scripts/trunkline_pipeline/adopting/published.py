"""Fetch the document that a vendor publishes, and keep a copy for offline work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from trunkline_pipeline.errors import PipelineError

from . import incoming

if TYPE_CHECKING:
    from trunkline_pipeline.inputs.manifest import Contract

    from .incoming import Incoming

_TIMEOUT: Final = httpx.Timeout(30, connect=10)
_MAX_BYTES: Final = 64 * 2**20
_FOLDER: Final = Path("build", "published")


def fetch(root: Path, contract: Contract, *, offline: bool = False) -> Incoming:
    """Return the published document of a contract.

    Args:
        root: the repository; a copy with its ETag is kept in ``build/published``.
        contract: the contract.
        offline: use the copy, and send no request.

    Raises:
        PipelineError: none is published, it cannot be fetched, or it is not a usable document.
    """
    if not contract.source:
        raise PipelineError(f"{contract.name}: contracts.toml names no `source` to fetch it from")
    copy, facts = (root / _FOLDER / f"{contract.name}{end}" for end in (".copy", ".etag"))
    if offline:
        if not copy.is_file():
            raise PipelineError(f"{contract.name} was never fetched: leave out --offline once")
        return incoming.parse(copy.read_bytes(), contract.source)
    known = _etag(facts, contract.source) if copy.is_file() else ""
    try:
        data, etag = _answer(contract.source, known)
    except httpx.HTTPError as error:
        raise PipelineError(f"{contract.source} cannot be fetched: {error}") from error
    found = incoming.parse(copy.read_bytes() if data is None else data, contract.source)
    if data is not None:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
        facts.write_text(json.dumps([contract.source, etag]), encoding="utf-8")
    return found


def _etag(file: Path, url: str) -> str:
    try:
        source, etag = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(etag) if source == url else ""


def _answer(url: str, etag: str) -> tuple[bytes | None, str]:
    """Return the body and its ETag; the body is None if the copy is current."""
    headers = {"If-None-Match": etag} if etag else {}
    transport = httpx.HTTPTransport(retries=2)
    with (
        httpx.Client(transport=transport, timeout=_TIMEOUT, follow_redirects=True) as client,
        client.stream("GET", url, headers=headers) as response,
    ):
        if response.status_code == 304:
            return None, etag
        response.raise_for_status()
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > _MAX_BYTES:
                raise PipelineError(f"{url} is larger than {_MAX_BYTES >> 20} MiB")
        return bytes(data), response.headers.get("etag", "")
