"""Every operation of every client, ready to be called: found by the contract test's own means."""

from __future__ import annotations

import inspect
import json
import tempfile
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trunkline
from trunkline._engine.runtime import SYSTEM
from trunkline_pipeline.checks.coverage import request_probe
from trunkline_pipeline.checks.coverage.methods import client_classes, marked_methods
from trunkline_pipeline.checks.coverage.operations import contract_operations
from trunkline_pipeline.checks.coverage.sample_values import value_for
from trunkline_pipeline.checks.coverage.signature_match import best_match

if TYPE_CHECKING:
    from trunkline_pipeline.checks.coverage.signature_match import Match

KEY = "tk_live_0123456789abcdef"
PACKAGES = ("pamela", "whispey", "whispey_ingest", "stateset_voice_public", "phone_ai")


@dataclass(frozen=True)
class Call:
    """One operation with an argument for each of its fields."""

    name: str
    match: Match
    document: Any

    def __call__(self) -> Any:
        """Call it, and look at every item of a list."""
        values = {
            name: value_for(field.name, field.schema, self.document)
            for name, field in self.match.arguments.items()
        }
        with tempfile.TemporaryDirectory() as folder:
            further = request_probe.further_arguments(self.match, Path(folder))
            result = request_probe.call(self.match, values | further)
            return list(result) if hasattr(result, "has_next") else result


def all_clients(url: str) -> list[Any]:
    """Return a sync client of each provider, on one server."""
    return [client_of(kind, url) for kind in client_classes(trunkline, "sync")]


def all_calls(clients: list[Any]) -> list[Call]:
    """Return every operation of all contracts."""
    methods: Any = {}
    for client in clients:
        methods |= marked_methods(client)
    found: list[Call] = []
    for package in PACKAGES:
        text = files("trunkline_generated").joinpath(package, "openapi.json").read_text("utf-8")
        document = json.loads(text)
        for operation in contract_operations(package, document):
            best = best_match(methods[operation.key], operation, document)
            found.append(Call(str(operation), best, document))
    return found


def client_of(kind: Any, url: str, **more: Any) -> Any:
    """Return a client with whatever credentials it takes, which does not wait between attempts."""
    names = inspect.signature(kind).parameters
    settings: dict[str, Any] = {name: KEY for name in names if name.endswith(("_key", "_token"))}
    if "ingest_url" in names:
        settings["ingest_url"] = f"{url}/ingest"
    runtime = replace(SYSTEM, sleep=lambda _delay: None)
    settings |= {"base_url": url, "runtime": runtime, "max_retries": 0, **more}
    return kind(**settings, check_phone_numbers=False)
