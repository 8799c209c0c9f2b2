"""Parse JSON or YAML into plain dicts and lists."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from trunkline.contracts.errors import ContractError

from . import json_reader, json_units
from .json_units import Units

if TYPE_CHECKING:
    from .sources import Source


class Parsed(NamedTuple):
    """The value of a document, its format (`json` or `yaml`) and the units of its JSON."""

    value: Any
    format: str
    units: Units


def parse(data: bytes, source: str, base: Source | None = None) -> Parsed:
    """Parse a document; in JSON, values with the same text as in `base` are reused.

    Raises:
        ContractError: it is neither; line and column give the position.
    """
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in {b"{", b"["}:
        with suppress(ValueError, RecursionError):
            return _read(data, base)
        if not source.lower().endswith((".yaml", ".yml")):
            return Parsed(json_reader.parse(data, source), "json", Units())
    if not text:
        raise ContractError("is empty", document=source)
    from .yaml import reader

    return Parsed(reader.parse(data, source), "yaml", Units())


def _read(data: bytes, base: Source | None) -> Parsed:
    known = (base.units, base.data.decode()) if base and base.units.by_path else (Units(), "")
    value, units = json_units.read(data.decode(), *known)
    return Parsed(value, "json", units)
