"""Rows of a Parquet file (extra ``parquet``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.errors import CampaignInputError
from trunkline.campaigns.libraries import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.campaigns.rows import Problem, Record

__all__ = ["records"]

_BATCH: Final = 5000


def records(path: str) -> Iterator[tuple[int, Record | Problem]]:
    """Yield each row with its number.

    Raises:
        CampaignInputError: this is not a Parquet file.
        ConfigurationError: pyarrow is not installed.
    """
    parquet = library("pyarrow.parquet", "Parquet files", "parquet")
    pa = library("pyarrow", "Parquet files", "parquet")
    line = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH):
                rows: list[dict[str, Any]] = batch.to_pylist()
                for row in rows:
                    line += 1
                    yield line, row
    except pa.ArrowException as error:
        what = type(error).__name__
        raise CampaignInputError(f"{path} is not a whole Parquet file ({what})") from None
