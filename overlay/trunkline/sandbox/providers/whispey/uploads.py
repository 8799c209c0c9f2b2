"""Uploads of large call logs, as the vendor's package 4.2.11 makes them above 5 MiB.

The contract does not describe them: the package requests an upload URL, PUTs the plain JSON there
with the API key in its ``token``, and, unless the upload alone is enough, posts a reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.contract.openapi import Contract, Document
from trunkline.sandbox.core.http import Problem, Request, Response, json_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.providers.whispey.records import Record

__all__ = ["BUCKET", "UPLOAD_PATH", "Upload", "Uploads", "with_uploads"]

BUCKET = "pype-voice-call-logs"
UPLOAD_PATH = "/uploads/"
VALID_FOR = timedelta(minutes=15)

_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _object(required: Sequence[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*required], "properties": properties}


_ERROR = {"description": "Refused.", **_json({"$ref": "#/components/schemas/ErrorBody"})}
_TARGET = _object(
    ["upload_url", "s3_key", "s3_bucket"], upload_url=_URI, s3_key=_TEXT, s3_bucket=_TEXT
)
_PATHS: dict[str, Any] = {
    "/get-upload-url": {
        "post": {
            "operationId": "getUploadUrl",
            "requestBody": {
                "required": True,
                **_json(_object(["call_id"], call_id=_TEXT, content_type=_TEXT)),
            },
            "responses": {
                "200": {"description": "Where to put the call log.", **_json(_TARGET)},
                "400": _ERROR,
                "401": _ERROR,
            },
        }
    },
    UPLOAD_PATH + "{key}": {
        "put": {
            "operationId": "uploadCallLog",
            "requestBody": {"required": True, "content": {"*/*": {}}},
            "responses": {"200": {"description": "Stored."}, "400": _ERROR, "403": _ERROR},
        }
    },
}


@dataclass(slots=True)
class Upload:
    url_expires_at: datetime
    raw: bytes | None = None
    record: Record | None = None


class Uploads:
    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._by_key: dict[str, Upload] = state.latest()

    def create(self, request: Request) -> Response:
        key = f"{self._state.ids.hex(32)}.json"
        self._by_key[key] = Upload(request.now + VALID_FOR)
        url = f"{request.base_url}{UPLOAD_PATH}{key}"
        return json_response(200, {"upload_url": url, "s3_key": key, "s3_bucket": BUCKET})

    def receive(self, request: Request) -> Upload:
        upload = self._by_key.get(request.path["key"])
        if upload is None or request.now > upload.url_expires_at:
            raise Problem(403, "The upload URL is unknown or has expired")
        upload.raw = request.raw
        return upload

    def find(self, key: object) -> Upload:
        upload = self._by_key.get(key) if isinstance(key, str) else None
        if upload is None or upload.raw is None:
            raise Problem(400, "Nothing was uploaded under that s3_key")
        return upload


def with_uploads(contract: Contract) -> Contract:
    """Return the ingest contract with the upload operations added."""
    contents = contract.document.contents
    paths = {**contents["paths"], **_PATHS}
    return Contract(Document(contract.document.name, {**contents, "paths": paths}))
