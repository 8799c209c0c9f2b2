"""The result of each row, as a file."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING, Any

from trunkline.campaigns.libraries import library
from trunkline.campaigns.storage.values import RESULT
from trunkline.errors import ConfigurationError, LocalFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["write_results"]


def write_results(path: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write the rows of :meth:`CampaignStore.results` as CSV or Parquet, whole or not at all.

    Args:
        path: a ``.csv`` or ``.parquet`` file.
        rows: the results.

    Raises:
        ConfigurationError: the suffix is neither of these, or pyarrow is not installed.
        LocalFileError: the file cannot be written.
    """
    suffix = os.path.splitext(path)[1].lower()
    writers = {".csv": _csv, ".parquet": _parquet}
    if suffix not in writers:
        raise ConfigurationError(f"{path}: results are a .csv or .parquet file")
    part = f"{path}.part"
    try:
        writers[suffix](part, rows)
        os.replace(part, path)
    except OSError as error:
        raise LocalFileError(error.errno, f"cannot write: {error.strerror}", path) from error


def _csv(path: str, rows: Sequence[dict[str, Any]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, RESULT)
        writer.writeheader()
        writer.writerows(rows)


def _parquet(path: str, rows: Sequence[dict[str, Any]]) -> None:
    parquet = library("pyarrow.parquet", "Parquet files", "parquet")
    pa = library("pyarrow", "Parquet files", "parquet")
    costs = [None if row["cost"] is None else str(row["cost"]) for row in rows]
    table = [{**row, "cost": cost} for row, cost in zip(rows, costs, strict=True)]
    text, whole = pa.string(), pa.int64()
    names = {"line": whole, "key": text, "state": text, "outcome": text, "call_id": text}
    kinds = {**names, "seconds": pa.float64(), "cost": text, "attempts": whole, "error": text}
    parquet.write_table(pa.Table.from_pylist(table, pa.schema(list(kinds.items()))), path)
