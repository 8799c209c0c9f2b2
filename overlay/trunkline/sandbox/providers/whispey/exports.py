"""Exports: one at a time, ready after a while, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.providers.whispey.errors import agent_not_found, not_found
from trunkline.sandbox.timestamps import format_timestamp, in_range, range_end, range_start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.providers.whispey.records import Record
    from trunkline.sandbox.providers.whispey.store import WhispeyStore

__all__ = ["WhispeyExports"]

COLUMNS = ("id", "agent_id", "session_id", "status", "duration", "cost", "created_at", "metadata")
METRICS = ("stt_accuracy", "tts_quality", "response_time_avg", "user_satisfaction")
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


@dataclass(slots=True)
class Export:
    """An export; `content` is None until it is ready."""

    id: str
    format: str
    records: list[dict[str, Any]]
    ready_at: datetime
    content: bytes | None = None

    @property
    def status(self) -> str:
        return "processing" if self.content is None else "completed"


class WhispeyExports:
    """The three export operations.

    Args:
        store: the store whose calls are exported.
    """

    def __init__(self, state: SandboxState, store: WhispeyStore) -> None:
        self._state = state
        self._store = store
        self._exports: dict[str, Export] = state.latest()

    def create(self, request: Request) -> Response:
        if any(export.content is None for export in self._exports.values()):
            raise Problem(409, "An export is already running", "EXPORT_IN_PROGRESS")
        fields = request.fields()
        delay = timedelta(seconds=self._state.config.whispey.export_seconds)
        export = Export(
            id=self._state.ids.make("export"),
            format=fields.get("format", "csv"),
            records=[_row(record, fields) for record in self._chosen(fields)],
            ready_at=request.now + delay,
        )
        self._exports[export.id] = export
        self._state.scheduler.at(export.ready_at, _writing(export))
        payload = {
            "export_id": export.id,
            "status": export.status,
            "download_url": self._url(request, export),
            "estimated_completion": format_timestamp(export.ready_at),
        }
        return json_response(202, {"success": True, "data": payload})

    def get(self, request: Request) -> Response:
        export = self._export(request)
        is_ready = export.content is not None
        payload = {
            "id": export.id,
            "status": export.status,
            "download_url": self._url(request, export) if is_ready else None,
            "file_size": _size(len(export.content or b"")) if is_ready else None,
            "record_count": len(export.records) if is_ready else None,
        }
        return json_response(200, {"success": True, "data": payload})

    def download(self, request: Request) -> Response:
        export = self._export(request)
        if export.content is None:
            raise Problem(409, "The export is not complete", "EXPORT_IN_PROGRESS")
        return Response(200, export.content, MEDIA_TYPES[export.format])

    def _export(self, request: Request) -> Export:
        export = self._exports.get(request.path["export_id"])
        if export is None:
            raise not_found("export")
        return export

    def _chosen(self, fields: Mapping[str, Any]) -> list[Record]:
        agent_id, window = fields.get("agent_id"), fields.get("date_range", {})
        if agent_id is not None and agent_id not in self._store.agents:
            raise agent_not_found(agent_id)
        start, end = range_start(window.get("start")), range_end(window.get("end"))
        if start and end and start > end:
            details = {"date_range": "the start is after the end"}
            raise Problem(400, "The date range is not valid", "INVALID_DATE_RANGE", details)
        chosen = self._store.select(agent_id)
        return [record for record in chosen if in_range(record.created_at, start, end)]

    def _url(self, request: Request, export: Export) -> str:
        base = self._state.config.whispey.download_base or request.base_url
        return f"{base}/v1/exports/{export.id}/download"


def _writing(export: Export) -> Callable[[datetime], None]:
    def write(_when: datetime) -> None:
        written = _as_csv(export.records) if export.format == "csv" else json.dumps(export.records)
        export.content = written.encode("utf-8", "backslashreplace")

    return write


def _row(record: Record, fields: Mapping[str, Any]) -> dict[str, Any]:
    full = record.detail()
    row = {name: full[name] for name in COLUMNS}
    if fields.get("include_metrics"):
        row |= {name: record.metrics.get(name) for name in METRICS}
    if fields.get("include_transcripts"):
        row["transcript"] = full["transcript"]
    return row


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0] if rows else COLUMNS))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


def _size(count: int) -> str:
    size = float(count)
    for unit in ("B", "KB", "MB"):
        if size < 1024:  # bytes in a kilobyte
            return f"{size:.1f}{unit}" if unit != "B" else f"{count}B"
        size /= 1024
    return f"{size:.1f}GB"
