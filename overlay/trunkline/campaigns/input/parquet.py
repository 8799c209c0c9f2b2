"""Rows of a Parquet file (extra ``parquet``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.errors import CampaignInputError
from trunkline.campaigns.libraries import library
from trunkline.campaigns.rows import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trunkline.campaigns.rows import Record

__all__ = ["records"]

_BATCH: Final = 5000


def records(path: str, wanted: Collection[str]) -> Iterator[tuple[int, Record | Problem]]:
    """Yield each row with its number.

    Args:
        path: the file.
        wanted: the columns to read, where they exist.

    Raises:
        CampaignInputError: this is not a Parquet file.
        ConfigurationError: pyarrow is not installed.
    """
    parquet = library("pyarrow.parquet", "Parquet files", "parquet")
    pa = library("pyarrow", "Parquet files", "parquet")
    line = 0
    try:
        with parquet.ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name in wanted]
            for batch in file.iter_batches(_BATCH, columns=names):
                for row in _rows(batch):
                    line += 1
                    yield line, Problem(line, row) if isinstance(row, str) else row
    except pa.ArrowException as error:
        what = type(error).__name__
        raise CampaignInputError(f"{path} is not a whole Parquet file ({what})") from None


def _rows(batch: Any) -> list[dict[str, Any] | str]:
    """Return the rows of a batch; for one with a value that Python cannot hold, the problem."""
    try:
        rows: list[dict[str, Any] | str] = batch.to_pylist()
    except (ValueError, OverflowError):  # nanoseconds, years beyond 9999, text that is not UTF-8
        if batch.num_rows == 1:
            return ["a value cannot be read as text or a number: export the columns as text"]
        return [row for n in range(batch.num_rows) for row in _rows(batch.slice(n, 1))]
    return rows
