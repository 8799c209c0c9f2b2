"""Files as records: each line is a record or a problem, and a bad line ends nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from trunkline.campaigns.errors import CampaignInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.campaigns.rows import Problem, Record

__all__ = ["read"]


def read(path: str) -> Iterator[tuple[int, Record | Problem]]:
    """Yield the lines of a file with their numbers; its suffix says how it is read.

    Args:
        path: a ``.csv``, ``.jsonl``, ``.ndjson`` or ``.parquet`` file.

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
            from trunkline.campaigns.input.csv_file import records
        elif suffix == ".parquet":
            from trunkline.campaigns.input.parquet import records
        else:
            from trunkline.campaigns.input.json_lines import records
        yield from records(path)
    except OSError as error:
        raise CampaignInputError(f"{path} cannot be read: {error.strerror}") from error
