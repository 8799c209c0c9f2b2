"""Documents that vendors might publish next, made from the pinned ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

from trunkline_pipeline.inputs import documents, manifest, pins

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
STATESET = ROOT / "api-contracts" / "stateset-voice-public.json"


def stateset() -> dict[str, Any]:
    """StateSet's: an operation added, a parameter removed, a schema renamed, a field required."""
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


def pamela() -> dict[str, Any]:
    """Pamela's as FastAPI writes it: ids with path and method, one removed, enum to string."""
    document = _read("pamela")
    for path, method, operation in pins.operations(document):
        appended = re.sub(r"\W", "_", f"{path}_{method}")
        operation["operationId"] = f"{operation['operationId']}{appended}"
    del document["paths"]["/api/b2b/v1/calls/{call_id}/hangup"]
    document["components"]["schemas"]["Voice"] = {"type": "string", "title": "Voice"}
    listed = document["paths"]["/api/b2b/v1/calls"]["get"]["parameters"]
    for each in listed:
        if each.get("name") == "end_date":
            each["required"] = True
    return document


def whispey() -> dict[str, Any]:
    """Whispey's in NestJS's style: controller ids, models with `Dto`, parameters renamed."""
    document = _read("whispey")
    names = {name: f"{name}Dto" for name in ("CallDetail", "AgentDetail", "CallLog")}
    known = document["components"]["schemas"]
    renamed = {old: new for old, new in names.items() if old in known}
    document = cast("dict[str, Any]", json.loads(_with_schemas(json.dumps(document), renamed)))
    schemas = document["components"]["schemas"]
    for old, new in renamed.items():
        schemas[new] = schemas.pop(old)
    for _, _, operation in pins.operations(document):
        name = operation["operationId"]
        tag = operation["tags"][0].capitalize()
        operation["operationId"] = f"{tag}Controller_{name}"
    names = {"start_date": "startDate", "agent_id": "assistant"}
    for each in document["paths"]["/v1/calls"]["get"]["parameters"]:
        if "name" in each:
            each["name"] = names.get(each["name"], each["name"])
    parameters = document["paths"]["/v1/agents"]["get"].setdefault("parameters", [])
    schema = {"type": "string", "maxLength": 50}
    parameters.append({"name": "search", "in": "query", "required": False, "schema": schema})
    return document


def whispey_ingest() -> dict[str, Any]:
    """The ingest API's with controller ids, and a field added to a nested object of the body."""
    document = _read("whispey-ingest")
    for _, _, operation in pins.operations(document):
        operation["operationId"] = f"IngestController_{operation['operationId']}"
    metrics = document["components"]["schemas"]["SttMetrics"]
    metrics["properties"]["region"] = {"type": "string", "description": "Where it was measured."}
    return document


def _with_schemas(text: str, renamed: dict[str, str]) -> str:
    for old, new in renamed.items():
        text = text.replace(f'#/components/schemas/{old}"', f'#/components/schemas/{new}"')
    return text


def phone_ai() -> dict[str, Any]:
    """Phone.ai's: an operation removed, two added, one moved, the webhook removed."""
    document = _read("phone-ai")
    paths = document["paths"]
    gone = paths.pop("/calls/{callId}/audio")["put"]
    paths["/calls/{callId}/sound"] = {"put": {**gone, "operationId": "play_sound"}}
    paths["/calls"]["get"] = {
        "operationId": "list_calls",
        "tags": gone["tags"],
        "responses": {"200": gone["responses"]["200"]},
    }
    paths["/calls/{callId}/forward"] = paths.pop("/calls/{callId}/route")
    document.pop("webhooks")
    return document


def _read(name: str) -> dict[str, Any]:
    """Return the pinned document of a contract; its form is the vendor's choice."""
    pinned = manifest.load(ROOT / "api-contracts" / "contracts.toml").contracts
    return next(documents.read(each.snapshot) for each in pinned if each.name == name)
