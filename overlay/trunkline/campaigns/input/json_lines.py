"""Rows of a JSON Lines file: one object a line."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

from trunkline.campaigns.libraries import library
from trunkline.campaigns.rows import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.campaigns.rows import Record

__all__ = ["records"]


def records(path: str) -> Iterator[tuple[int, Record | Problem]]:
    """Yield each object with its line.

    Raises:
        ConfigurationError: msgspec is not installed.
    """
    msgspec = library("msgspec", "JSON Lines", "campaigns")
    decoder = msgspec.json.Decoder(dict[str, Any])
    with open(path, "rb") as file:
        for line, found in enumerate(file, 1):
            content = found.removeprefix(codecs.BOM_UTF8) if line == 1 else found
            if not content.strip():
                continue
            try:
                yield line, decoder.decode(content)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                yield line, Problem(line, "this is not one JSON object in UTF-8")
