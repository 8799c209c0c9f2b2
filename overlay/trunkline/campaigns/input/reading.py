"""Files as records: each line is a record or a problem, and reading goes on after a bad line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from trunkline.campaigns.errors import CampaignInputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trunkline.campaigns.rows import Problem, Record

__all__ = ["read"]


def read(path: str, wanted: Collection[str]) -> Iterator[tuple[int, Record | Problem]]:
    """Yield the lines of a file with their numbers; its suffix decides the format.

    Args:
        path: a ``.csv``, ``.jsonl``, ``.ndjson`` or ``.parquet`` file.
        wanted: the columns that matter.

    Raises:
        CampaignInputError: the file is missing, empty, or of another kind.
        ConfigurationError: the extra that reads it is not installed.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in {".csv", ".jsonl", ".ndjson", ".parquet"}:
        raise CampaignInputError(f"{path}: give a .csv, .jsonl or .parquet file")
    if "\0" in path:
        raise CampaignInputError("the file's path has a null character in it: give another path")
    try:
        if os.path.getsize(path) == 0:
            raise CampaignInputError(f"{path} is empty: it needs a row")
        if suffix == ".csv":
            from trunkline.campaigns.input import csv_file

            yield from csv_file.records(path)
        elif suffix == ".parquet":
            from trunkline.campaigns.input import parquet

            yield from parquet.records(path, wanted)
        else:
            from trunkline.campaigns.input import json_lines

            yield from json_lines.records(path)
    except OSError as error:
        raise CampaignInputError(f"{path} cannot be read: {error.strerror}") from error
