"""Every operation of every client, ready to be called, found like the contract check does."""

from __future__ import annotations

import inspect
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import trunkline
from trunkline._engine.runtime import SYSTEM
from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.checks.probe.clients import Probe, marked_methods, paired
from trunkline_pipeline.checks.probe.recorder import Recorder
from trunkline_pipeline.checks.probe.requests import further, values_of
from trunkline_pipeline.inputs import manifest

KEY = "tk_live_0123456789abcdef"
ROOT = Path(__file__).parents[2]
CLIENTS = ("Pamela", "PhoneAI", "StateSetVoice", "Whispey")


@dataclass(frozen=True)
class Call:
    """One operation with an argument for each of its fields."""

    probe: Probe

    @property
    def name(self) -> str:
        return str(self.probe.operation)

    def __call__(self) -> Any:
        """Call it, and read every item of a list."""
        with tempfile.TemporaryDirectory() as folder:
            probe = replace(self.probe, folder=Path(folder))
            arguments = {**further(probe), **values_of(probe)}
            result = probe.recorder.run(probe.call, arguments)
            return list(result) if hasattr(result, "has_next") else result


def all_clients(url: str) -> list[Any]:
    """Return a sync client of each provider, on one server."""
    return [client_of(getattr(trunkline, name), url) for name in CLIENTS]


def all_calls(clients: list[Any]) -> list[Call]:
    """Return every marked method of the clients."""
    facts = facts_of(manifest.load(ROOT / "api-contracts" / "contracts.toml"), ROOT)
    packages = [(type(client).__module__.split(".")[1], client) for client in clients]
    probes = (
        probe
        for package, client in packages
        for probe in paired(facts, package, "", marked_methods(client), Recorder(), ROOT)
    )
    return [Call(probe) for probe in probes if isinstance(probe, Probe)]


def client_of(kind: Any, url: str, **more: Any) -> Any:
    """Return a client with its credentials, which does not wait between attempts."""
    names = inspect.signature(kind).parameters
    settings: dict[str, Any] = {name: KEY for name in names if name.endswith(("_key", "_token"))}
    if "ingest_url" in names:
        settings["ingest_url"] = f"{url}/ingest"
    runtime = replace(SYSTEM, sleep=lambda _delay: None)
    settings |= {"base_url": url, "runtime": runtime, "max_retries": 0, **more}
    return kind(**settings, check_phone_numbers=False)
