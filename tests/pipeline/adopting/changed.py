"""Documents as vendors might publish them next, made of the pinned ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
STATESET = ROOT / "api-contracts" / "stateset-voice-public.json"


def stateset() -> dict[str, Any]:
    """StateSet's: one operation more, a parameter less, a schema renamed, a field required."""
    text = STATESET.read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text.replace('schemas/CallLog"', 'schemas/CallRecord"'))
    document["info"]["description"] = "Outbound calls and their logs."
    schemas = document["components"]["schemas"]
    schemas["CallRecord"] = schemas.pop("CallLog")
    body = schemas["MakeCallRequest"]
    body["properties"]["purpose"] = {"type": "string", "description": "Why the call is made."}
    body["required"].append("purpose")
    sessions = document["paths"]["/api/v1/voice-sessions"]["get"]
    sessions["parameters"] = [p for p in sessions["parameters"] if p["name"] != "stream_id"]
    document["paths"]["/api/v1/call-logs/{call_sid}"] = {"get": _call_log()}
    return document


def _call_log() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/CallRecord"}
    return {
        "operationId": "get_call_log",
        "tags": ["call-logs"],
        "summary": "Return one call",
        "security": [{"bearer_auth": []}],
        "parameters": [
            {"name": "call_sid", "in": "path", "required": True, "schema": {"type": "string"}}
        ],
        "responses": {
            "200": {"description": "It.", "content": {"application/json": {"schema": schema}}}
        },
    }
