"""What a comparison of two contracts costs: cold processes, CPU seconds and memory, medians.

    python -m trunkline_bench.contract_diff [--rounds N] [--documents FOLDER]

Two documents of 12 MB with about 450 changed units, and a cycle of 2,000 schemas reached by 5,000
operations with 10 edits, are made here. A folder adds every pair `NAME.DATE.EXT` that it holds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any, Final

# A process starts with the peak of the one that made it, so Linux is asked for its own.
_USED: Final = """
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss
if sys.platform == "linux":
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(used.ru_utime + used.ru_stime, peak / 1024, found)
"""
_PROBE: Final = (
    """
import resource, sys
import trunkline.contracts as contracts
old, new = (contracts.load(name) for name in sys.argv[1:3])
found = len(contracts.diff(old, new).findings)
"""
    + _USED
)
_READ: Final = (
    """
import json, resource, sys
trees = [json.load(open(name, "rb")) for name in sys.argv[1:3]]
found = 0
"""
    + _USED
)
_PROPERTIES: Final = 24


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of several cold processes."""

    seconds: float
    mebibytes: float
    findings: int


def large(*, changed: bool) -> dict[str, Any]:
    """Return a document of about 12 MB; changed, about 450 of its units differ."""
    schemas = {f"Model{n}": _model(n, changed=changed and n % 7 == 0) for n in range(2_000)}
    paths = {
        f"/resources{n}/{{id}}": {"get": _read(n, changed=changed and n % 14 == 0)}
        for n in range(1_100)
    }
    return _document(paths, schemas)


def cyclic(*, changed: bool) -> dict[str, Any]:
    """Return a document with one cycle of 2,000 schemas that 5,000 operations reach."""
    schemas = {f"Node{n}": _node(n, changed=changed and n % 200 == 0) for n in range(2_000)}
    paths = {f"/nodes{n}": {"get": _reading(n, f"Node{n % 2_000}")} for n in range(5_000)}
    return _document(paths, schemas)


def _document(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Bench", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _model(number: int, *, changed: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {
        f"property_{n}": {
            "type": "string",
            "maxLength": 64 + n,
            "description": f"The property {n} of model {number}. " * 3,
        }
        for n in range(_PROPERTIES)
    }
    properties["next"] = {"$ref": f"#/components/schemas/Model{(number * 31 + 1) % 2_000}"}
    if changed:
        properties["property_3"] = {"type": "integer", "maximum": 5}
        del properties["property_5"]
    return {"type": "object", "required": ["property_0", "property_1"], "properties": properties}


def _read(number: int, *, changed: bool) -> dict[str, Any]:
    operation = _reading(number, f"Model{number}")
    operation["parameters"] = [
        {
            "name": f"filter_{n}",
            "in": "query",
            "required": changed and n == 0,
            "description": "Keep only what matches. " * 10,
            "schema": {"type": "string", "maxLength": 32},
        }
        for n in range(10)
    ]
    return operation


def _reading(number: int, schema: str) -> dict[str, Any]:
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "operationId": f"operation{number}",
        "responses": {"200": {"description": "The resource.", "content": body}},
    }


def _node(number: int, *, changed: bool) -> dict[str, Any]:
    following = {"$ref": f"#/components/schemas/Node{(number + 1) % 2_000}"}
    value = {"type": "integer" if changed else "string"}
    return {"type": "object", "properties": {"value": value, "next": following}}


def measure(old: Path, new: Path, rounds: int, program: str = _PROBE) -> Cost:
    """Compare two files in fresh processes."""
    runs = [_run(old, new, program) for _ in range(rounds + 1)][1:]  # the first one compiles
    return Cost(
        median(seconds for seconds, _, _ in runs),
        median(memory for _, memory, _ in runs),
        int(runs[0][2]),
    )


def _run(old: Path, new: Path, program: str) -> tuple[float, float, float]:
    command = [sys.executable, "-c", program, str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    seconds, memory, findings = map(float, done.stdout.split())
    return seconds, memory, findings


def pairs(folder: Path) -> list[tuple[str, Path, Path]]:
    """Return the oldest and the newest document of each name `NAME.DATE.EXT` in a folder."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".json", ".yaml", ".yml"})
    found: list[tuple[str, Path, Path]] = []
    for name, group in groupby(files, key=lambda path: path.name.split(".", 1)[0]):
        dated = list(group)
        if len(dated) > 1:
            found.append((name, dated[0], dated[-1]))
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        todo = _synthetic(Path(folder))
        todo += pairs(options.documents) if options.documents else []
        print(f"{'pair':28} {'CPU s':>7} {'MiB':>7} {'findings':>9}  json.load of both")
        for name, old, new in todo:
            cost = measure(old, new, options.rounds)
            json_only = old.suffix == ".json"
            read = measure(old, new, options.rounds, _READ).seconds if json_only else None
            plain = f"{read:.3f}" if read else ""
            shown = f"{cost.seconds:7.3f} {cost.mebibytes:7.0f} {cost.findings:9}"
            print(f"{name:28} {shown}  {plain}")


def _synthetic(folder: Path) -> list[tuple[str, Path, Path]]:
    found: list[tuple[str, Path, Path]] = []
    for name, make in (("two of 12 MB", large), ("cycle of 2,000 schemas", cyclic)):
        files = [folder / f"{make.__name__}-{side}.json" for side in ("old", "new")]
        for path, changed in zip(files, (False, True), strict=True):
            path.write_text(json.dumps(make(changed=changed)), encoding="utf-8")
        found.append((name, files[0], files[1]))
    return found


if __name__ == "__main__":
    main()
