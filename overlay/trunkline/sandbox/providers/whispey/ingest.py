"""The ingest API: one operation, whose records become Whispey's calls."""

from __future__ import annotations

import base64
import binascii
import zlib
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from trunkline._json import is_object
from trunkline.sandbox.contract.validation import parse_json
from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import MockProvider
from trunkline.sandbox.providers.whispey.records import Record
from trunkline.sandbox.providers.whispey.seed import PROJECT
from trunkline.sandbox.providers.whispey.uploads import (
    UPLOAD_PATH,
    Upload,
    Uploads,
    with_uploads,
)
from trunkline.sandbox.timestamps import format_timestamp, parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.providers.whispey.store import WhispeyStore

__all__ = ["WhispeyIngestProvider"]

TOKEN_HEADER = "x-pype-token"  # noqa: S105  # the name of a header
MAX_RECORD_BYTES = 64 * 1024 * 1024
GZIP_WINDOW = 31
BODY_SCHEMA = "/paths/~1send-call-log/post/requestBody/content/application~1json/schema"


class WhispeyIngestProvider(MockProvider):
    """Operation `sendCallLog`, as the public server source treats it: not idempotent."""

    name = "whispey_ingest"
    mount = "/whispey-ingest"
    package = "whispey_ingest"
    base_url_variable = "WHISPEY_API_URL"
    #: Fields of the older route, which has no ``data``.
    omits = MappingProxyType(
        {"sendCallLog": frozenset({"agent_id", "log_id", "message", "project_id"})}
    )

    def __init__(self, state: SandboxState, store: WhispeyStore) -> None:
        super().__init__(state, with_uploads(state.contract(self.package)))
        self.store = store
        self.uploads = Uploads(state)
        self.handlers: Mapping[str, Handler] = {
            "sendCallLog": self.send_call_log,
            "getUploadUrl": self.uploads.create,
            "uploadCallLog": self.upload_call_log,
        }

    @property
    def client_path(self) -> str:
        """Clients use the complete URL of the POST, because installations differ in its path."""
        return f"{self.mount}/send-call-log"

    def max_body_bytes(self, path: str) -> int:
        is_upload = path.startswith(UPLOAD_PATH)
        return MAX_RECORD_BYTES if is_upload else super().max_body_bytes(path)

    def authorize(self, request: Request) -> None:
        if request.operation.operation_id == "uploadCallLog":  # its URL is the credential
            return
        token = request.headers.get(TOKEN_HEADER)
        if not token:
            raise Problem(400, "Missing token")
        if token not in self.state.config.whispey.api_keys:
            raise Problem(401, "Invalid token")

    def error_response(self, problem: Problem) -> Response:
        response = json_response(problem.status, {"success": False, "error": problem.message})
        return response.with_headers(problem.headers)

    def send_call_log(self, request: Request) -> Response:
        log = request.fields()
        if log.get("s3_reference") is True:
            return self._receipt(self._uploaded(self.uploads.find(log.get("s3_key")), request))
        if log.get("compressed") is True:
            log = self._checked(_unpacked(log))
        return self._receipt(self._stored(log, request))

    def upload_call_log(self, request: Request) -> Response:
        """The real file store accepts anything; here a log that cannot be stored is refused."""
        upload = self.uploads.receive(request)
        if self.state.config.whispey_ingest.upload_trigger:
            token = _parsed(request.raw).get("token")
            if token not in self.state.config.whispey.api_keys:
                raise Problem(403, "The token in the call log is missing or invalid")
            self._uploaded(upload, request)
        return Response(200, media_type="")

    def _uploaded(self, upload: Upload, request: Request) -> Record:
        if upload.record is None:
            log = self._checked(_parsed(upload.raw or b""))
            upload.record = self._stored(log, request)
            upload.raw = b""
        return upload.record

    def _stored(self, log: Mapping[str, Any], request: Request) -> Record:
        for name in ("call_id", "agent_id"):
            if not isinstance(log.get(name), str):
                raise Problem(400, f"Missing {name}")
        self.store.require_agent(log["agent_id"], request.now)
        is_start = log.get("wcall_event") == "call_started"
        return self._started(log, request) if is_start else self._ended(log, request)

    def _checked(self, log: dict[str, Any]) -> dict[str, Any]:
        violations = list(self.contract.document.violations(BODY_SCHEMA, log, "data"))
        if violations:
            raise self.validation_problem(self.contract.operations[0], violations)
        return log

    def _started(self, log: Mapping[str, Any], request: Request) -> Record:
        record = Record(
            id=self.state.ids.uuid(),
            agent_id=log["agent_id"],
            session_id=log["call_id"],
            status="in_progress",
            created_at=request.now,
            metadata=_metadata(log),
        )
        self.store.records[record.id] = record
        return record

    def _ended(self, log: Mapping[str, Any], request: Request) -> Record:
        record = self._open_record(log) or self._started(log, request)
        reason = log.get("call_ended_reason", "completed")
        record.status = "completed" if reason == "completed" else "failed"
        record.duration = _duration(log)
        record.metadata |= _metadata(log)
        record.transcript = _transcript(log)
        self.store.finished(record)
        return record

    def _open_record(self, log: Mapping[str, Any]) -> Record | None:
        for record in self.store.records.values():
            is_same = (record.agent_id, record.session_id) == (log["agent_id"], log["call_id"])
            if is_same and record.status == "in_progress":
                return record
        return None

    def _receipt(self, record: Record) -> Response:
        receipt = {
            "message": "Call log stored",
            "log_id": record.id,
            "agent_id": record.agent_id,
            "project_id": PROJECT,
        }
        is_flat = self.state.config.whispey_ingest.response_style == "flat"
        return json_response(200, receipt if is_flat else {"success": True, "data": receipt})


def _unpacked(envelope: Mapping[str, Any]) -> dict[str, Any]:
    try:
        packed = base64.b64decode(envelope["data"], validate=True)
        # Bounded: a few kilobytes can unpack to gigabytes.
        raw = zlib.decompressobj(GZIP_WINDOW).decompress(packed, MAX_RECORD_BYTES)
    except (KeyError, TypeError, ValueError, binascii.Error, zlib.error):
        raise Problem(400, "Invalid compressed data") from None
    return _parsed(raw)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        log = parse_json(raw)
    except ValueError:
        raise Problem(400, "The call log is not JSON") from None
    if not is_object(log):
        raise Problem(400, "The call log is not a JSON object")
    return log


def _metadata(log: Mapping[str, Any]) -> dict[str, Any]:
    given = log.get("metadata")
    metadata = dict(given) if is_object(given) else {}
    number = log.get("customer_number")
    return {**metadata, "phone_number": number} if number not in {None, "", "unknown"} else metadata


def _duration(log: Mapping[str, Any]) -> float:
    start, end = _moment(log.get("call_started_at")), _moment(log.get("call_ended_at"))
    if start is not None and end is not None:
        return max(0.0, (end - start).total_seconds())
    for name in ("duration_seconds", "billing_duration_seconds"):
        if isinstance(log.get(name), int | float):
            return max(0.0, float(log[name]))
    return 0.0


def _moment(text: object) -> datetime | None:
    # The vendor's package sends local time without a zone; it is taken as UTC.
    try:
        return parse_timestamp(text, UTC) if isinstance(text, str) else None
    except ValueError:
        return None


def _transcript(log: Mapping[str, Any]) -> list[dict[str, Any]]:
    spoken: list[dict[str, Any]] = []
    for turn in log.get("transcript_with_metrics") or ():
        at = _epoch(turn.get("timestamp"))
        spoken += _said("user", turn.get("user_transcript"), at)
        spoken += _said("agent", turn.get("agent_response"), at)
    if spoken:
        return spoken
    for message in log.get("transcript_json") or ():
        speaker = "user" if message.get("role") == "user" else "agent"
        spoken += _said(speaker, message.get("content"), None)
    return spoken


def _said(speaker: str, text: object, at: str | None) -> list[dict[str, Any]]:
    if not isinstance(text, str) or not text:
        return []
    return [{"speaker": speaker, "text": text, "timestamp": at}]


def _epoch(seconds: object) -> str | None:
    try:
        return format_timestamp(datetime.fromtimestamp(float(cast("float", seconds)), UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return None
