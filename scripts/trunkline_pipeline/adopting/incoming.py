"""Read a document to adopt, or report in one sentence why it cannot be adopted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts import ContractError, load
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents, pins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAX_BYTES: Final = 64 * 2**20
#: Two documents of one API have at least this share of routes, ids or schemas in common.
_SHARE: Final = 0.25
_SHOWN_BYTES: Final = 60
_TITLE: Final = re.compile(rb"<title[^>]*>\s*(.*?)\s*</title>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as received.

    Attributes:
        name: its name in messages.
        data: its bytes, which become the snapshot unchanged.
        document: its value.
    """

    name: str
    data: bytes
    document: dict[str, Any]

    @property
    def suffix(self) -> str:
        """The file extension of its snapshot."""
        return ".json" if self.data.lstrip().startswith(b"{") else ".yaml"


def read(file: Path) -> Incoming:
    """Read a file.

    Raises:
        PipelineError: it cannot be read, or is not a usable OpenAPI document.
    """
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise PipelineError(f"{file} is larger than {_MAX_BYTES >> 20} MiB")
        return parse(file.read_bytes(), str(file))
    except OSError as error:
        raise PipelineError(f"{file} cannot be read: {error.strerror}") from error


def parse(data: bytes, name: str) -> Incoming:
    """Read a document's bytes.

    Raises:
        PipelineError: it is not a usable OpenAPI document of version 3.0 or 3.1.
    """
    if data.lstrip()[:1] == b"<":
        title = _TITLE.search(data)
        said = f" with the title {title[1].decode(errors='replace')!r}" if title else ""
        raise PipelineError(f"{name} is a web page{said}, not an OpenAPI document")
    try:
        load(data, name=name, offline=True)
        found = Incoming(name, data, {})
        document = documents.parse(data, is_json=found.suffix == ".json")
    except ContractError as error:
        raise PipelineError(f"{error}; it begins with {data[:_SHOWN_BYTES]!r}") from error
    except ValueError as error:
        raise PipelineError(f"{name}: {error}") from error
    if not any(pins.operations(document)):
        raise PipelineError(f"{name} has no operation: its `paths` are empty")
    return Incoming(name, data, document)


def refuse_another_api(old: Mapping[str, Any], new: Incoming) -> None:
    """Refuse a document that has almost nothing in common with the pinned one.

    Raises:
        PipelineError: less than a quarter of the operations, and of the schemas, is in both.
    """
    pairs = zip(_names(old), _names(new.document), strict=True)
    if all(len(one & other) < _SHARE * max(1, min(len(one), len(other))) for one, other in pairs):
        titles = [str(each.get("info", {}).get("title", "")) for each in (old, new.document)]
        raise PipelineError(
            f"{new.name} is another API's document: {titles[1]!r} has hardly a path, operationId "
            f"or schema of {titles[0]!r}; `adopt` a further API under a name of its own"
        )


def _names(document: Mapping[str, Any]) -> tuple[set[str], set[str], set[str]]:
    """Return the routes, the operationIds and the schemas."""
    every = list(pins.operations(document))
    routes = {f"{method} {path}" for path, method, _ in every}
    ids = {str(each["operationId"]) for _, _, each in every if "operationId" in each}
    return routes, ids, set(document.get("components", {}).get("schemas", {}))
