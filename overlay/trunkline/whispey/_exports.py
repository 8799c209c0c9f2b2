"""Ids, states and failures of exports, without requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from trunkline._engine.client.validation import identifier
from trunkline._json import text_of
from trunkline.errors import InvalidArgumentError, TrunklineError
from trunkline_generated.whispey.models.date_range import DateRange
from trunkline_generated.whispey.models.export import Export
from trunkline_generated.whispey.models.export_created import ExportCreated
from trunkline_generated.whispey.models.export_format import ExportFormat
from trunkline_generated.whispey.models.export_status import ExportStatus

#: How an export is named: by its id, or by what creating or reading it returned.
AnyExport: TypeAlias = "str | ExportCreated | Export"

FIRST_PAUSE: Final = 2.0
LONGEST_PAUSE: Final = 10.0

# The page shows `processing` and `completed`. The status of a failed export is not known, so
# the usual ones count as failures; in any other unknown state waiting goes on.
_FAILURES: Final = frozenset(
    {"aborted", "canceled", "cancelled", "error", "errored", "expired", "failed", "failure"}
)


class ExportFailedError(TrunklineError):
    """An export ended without a file.

    Attributes:
        export_id: the export's id.
        status: its state, in the vendor's word.
        last: the export as it was read last, or None after unpickling.
    """

    export_id: str = ""
    status: str = ""
    last: Export | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, {"export_id": self.export_id, "status": self.status}


def export_id_of(export: AnyExport) -> str:
    """Return an export's id.

    Raises:
        InvalidArgumentError: it is empty or not an id.
    """
    if isinstance(export, ExportCreated):
        return identifier("export", export.export_id)
    return identifier("export", export.id if isinstance(export, Export) else export)


def is_complete(export: Export) -> bool:
    """Return whether an export's file is ready.

    Raises:
        ExportFailedError: there will be none.
    """
    status = text_of(export, "status") or ""
    if status.lower() in _FAILURES:
        name = text_of(export, "id") or "unknown"
        error = ExportFailedError(f"the export {name} ended as {status!r}: create another one")
        error.export_id, error.status, error.last = name, status, export
        raise error
    return status == ExportStatus.COMPLETED


def first_pause(export: AnyExport, now: float) -> float:
    """Return the seconds before an export's state is requested for the second time.

    The server's estimate is a hint only: it moves the pause within 2 to 10 s.

    Args:
        export: the export; only a new one has an estimate.
        now: the wall clock in epoch seconds.
    """
    due = export.estimated_completion if isinstance(export, ExportCreated) else None
    if not isinstance(due, datetime):
        return FIRST_PAUSE
    moment = due if due.tzinfo is not None else due.replace(tzinfo=UTC)
    return min(max(moment.timestamp() - now, FIRST_PAUSE), LONGEST_PAUSE)


def file_format(name: str | None) -> ExportFormat | None:
    """Return a file format; the vendor's list is known to be incomplete, so any text is valid."""
    if name is None or isinstance(name, str):
        return None if name is None else ExportFormat(name)
    raise InvalidArgumentError(
        f"format must be a text such as 'csv' or 'json', not {type(name).__name__}"
    )


def date_range(start: datetime | None, end: datetime | None) -> DateRange | None:
    """Return the range of an export; None when it is open at both ends."""
    return None if start is None and end is None else DateRange(start=start, end=end)
