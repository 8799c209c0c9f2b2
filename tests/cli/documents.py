"""A small contract before and after a release, and a runner for the command."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from trunkline.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

OLD: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Voice API", "version": "1.0.0"},
    "paths": {
        "/calls": {
            "get": {
                "operationId": "listCalls",
                "parameters": [{"name": "status", "in": "query", "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "ok",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Call"}}
                        },
                    }
                },
            },
            "post": {
                "operationId": "createCall",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/NewCall"}}
                    }
                },
                "responses": {"201": {"description": "created"}},
            },
        },
    },
    "components": {
        "schemas": {
            "Call": {
                "type": "object",
                "required": ["id", "duration"],
                "properties": {
                    "id": {"type": "string"},
                    "duration": {"type": "integer"},
                    "status": {"type": "string", "enum": ["queued", "ended"]},
                },
            },
            "NewCall": {
                "type": "object",
                "required": ["to"],
                "properties": {
                    "to": {"type": "string"},
                    "task": {"type": "string", "maxLength": 500},
                },
            },
        }
    },
}


def changed() -> dict[str, Any]:
    """Return the later release: four edits, two of them breaking."""
    new = copy.deepcopy(OLD)
    schemas = new["components"]["schemas"]
    del schemas["Call"]["properties"]["duration"]
    schemas["Call"]["required"].remove("duration")
    schemas["Call"]["properties"]["status"]["enum"].append("voicemail")
    schemas["NewCall"]["properties"]["task"]["maxLength"] = 200
    new["paths"]["/calls"]["get"]["summary"] = "All calls"
    new["info"]["version"] = "1.1.0"
    return new


def saved(folder: Path, name: str, document: Any) -> str:
    """Write a document into a folder and return its path."""
    path = folder / name
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")
    return str(path)


class Run:
    """Runs the command in this process; has ``status``, ``out`` and ``err`` of the last run."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.old = saved(folder, "old.json", OLD)
        self.new = saved(folder, "new.json", changed())
        self.status, self.out, self.err = -1, "", ""
        self._capsys = capsys

    def __call__(self, *arguments: str) -> str:
        """Run ``trunkline`` and return what it wrote to standard output."""
        self._capsys.readouterr()
        self.status = main(arguments)
        self.out, self.err = self._capsys.readouterr()
        return self.out

    def diff(self, *options: str) -> str:
        """Run ``trunkline contracts diff`` on both documents."""
        return self("contracts", "diff", self.old, self.new, *options)
