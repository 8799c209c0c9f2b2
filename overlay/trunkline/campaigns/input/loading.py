"""Loads the rows of a campaign from a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trunkline.campaigns.input.checking import checked
from trunkline.campaigns.input.reading import read
from trunkline.campaigns.windows import zones_of_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.campaigns.input.checking import Columns
    from trunkline.campaigns.rows import Problem, Row
    from trunkline.campaigns.settings import CampaignSettings

__all__ = ["load"]


def load(path: str, columns: Columns, settings: CampaignSettings) -> Iterator[Row | Problem]:
    """Yield a row for each line of a file, or what is wrong with the line.

    Args:
        path: a ``.csv``, ``.jsonl``, ``.ndjson`` or ``.parquet`` file.
        columns: which column is what.
        settings: the campaign's settings; with a window a number needs a zone.

    Raises:
        CampaignInputError: the file as a whole is not usable: missing, empty, without a column.
        ConfigurationError: an extra is missing.
    """
    window = settings.calling_window()
    now = datetime.now(UTC)

    def zones_of(number: str, tz: str | None) -> tuple[str, ...] | str:
        if window is None:
            return ()
        zones = zones_of_number(number, tz)
        if isinstance(zones, tuple) and window.next_opening(zones, now) is None:
            return "the window is never open in all zones of its number: give the row a tz column"
        return zones

    return checked(read(path, {*columns.needed, columns.tz}), columns, zones_of)
