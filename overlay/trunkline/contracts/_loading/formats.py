"""Parse JSON or YAML into plain dicts and lists."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from trunkline.contracts.errors import ContractError

from . import json_reader


def parse(data: bytes, source: str) -> tuple[Any, str]:
    """Return the value and its format, `json` or `yaml`.

    Raises:
        ContractError: it is neither; line and column tell where.
    """
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in {b"{", b"["}:
        if not source.lower().endswith((".yaml", ".yml")):
            return json_reader.parse(data, source), "json"
        with suppress(ValueError, RecursionError):  # JSON is often saved under such a name
            return json_reader.loads(text), "json"
    if not text:
        raise ContractError("is empty", document=source)
    from .yaml import reader

    return reader.parse(data, source), "yaml"
