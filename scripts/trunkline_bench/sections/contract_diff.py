"""The cost of comparing two contracts: cold processes, CPU seconds and memory, medians.

Two documents of 12 MB with about 450 changed units, and a cycle of 2,000 schemas reached by 5,000
operations with 10 edits, are made here. The folder of `--documents` adds every pair
`NAME.DATE.EXT` in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from trunkline_bench.extras import DISABLE, installed
from trunkline_bench.results import OURS

if TYPE_CHECKING:
    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

# A process starts with the peak of its parent, so on Linux the process reads its own VmHWM.
_USED: Final = """
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss
if sys.platform == "linux":
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(used.ru_utime + used.ru_stime, peak / 1024, found)
"""
_PROBE: Final = (
    DISABLE
    + """
import resource, sys
import trunkline.contracts as contracts
old = contracts.load(sys.argv[1])
new = contracts.load(sys.argv[2], base=old)
found = len(contracts.locate(contracts.diff(old, new), old, new).findings)
"""
    + _USED
)
_READ: Final = (
    DISABLE
    + """
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
    """Return a document of about 12 MB; with ``changed``, about 450 of its units differ."""
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


def compared(old: Path, new: Path, rounds: int, program: str = _PROBE) -> Cost:
    """Compare two files in fresh processes."""
    runs = [_run(old, new, program) for _ in range(rounds + 1)][1:]  # the first one compiles
    return Cost(
        median(seconds for seconds, _, _ in runs),
        median(memory for _, memory, _ in runs),
        int(runs[0][2]),
    )


def _run(old: Path, new: Path, program: str) -> tuple[float, float, float]:
    command = [sys.executable, "-c", program, str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=installed())
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


def measure(results: Results, settings: Settings) -> None:
    """Measure the documents made here, and the real ones if there are any."""
    with tempfile.TemporaryDirectory() as folder:
        for key, old, new in _synthetic(Path(folder)):
            plain = compared(old, new, settings.comparisons, _READ).seconds
            ours = compared(old, new, settings.comparisons)
            results.add(key, {OURS: [ours.seconds / plain]})
    found = pairs(settings.documents) if settings.documents else []
    if not found:
        results.skipped["contract_documents"] = "no contracts are given by --documents FOLDER"
        return
    costs = {name: compared(old, new, settings.comparisons) for name, old, new in found}
    for name, cost in costs.items():
        print(f"  {name}: {cost.seconds:.2f} s, {cost.mebibytes:.0f} MiB, {cost.findings} findings")
    results.add("contract_documents", {OURS: [max(cost.seconds for cost in costs.values())]})


def _synthetic(folder: Path) -> list[tuple[str, Path, Path]]:
    found: list[tuple[str, Path, Path]] = []
    for name, make in (("contract_diff", large), ("contract_cycle", cyclic)):
        files = [folder / f"{make.__name__}-{side}.json" for side in ("old", "new")]
        for path, changed in zip(files, (False, True), strict=True):
            path.write_text(json.dumps(make(changed=changed)), encoding="utf-8")
        found.append((name, files[0], files[1]))
    return found
