"""The complete check of one repository: derived files, static rules and the probe."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.errors import PipelineError, ToolError
from trunkline_pipeline.inputs import manifest

from . import derived
from .contract.line_finder import LineFinder
from .findings import Finding, from_json, ordered
from .inputs import facts_of
from .static.check import findings as static_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trunkline_pipeline.inputs.manifest import ContractSet

TABLE: Final = Path("api-contracts", "contracts.toml")
_MEMORY: Final = Path("build", "contract-check.sha256")
_PIPELINE: Final = Path(__file__).parents[1]
#: What the derived files depend on, and the files themselves.
_DERIVED: Final = ("api-contracts", "generated", "overlay", "docs", "pyproject.toml")


def findings(root: Path) -> list[Finding]:
    """Return all findings, in order.

    Raises:
        ToolError: a tool is missing or has the wrong version.
        PipelineError: contracts.toml cannot be read.
    """
    pinned = manifest.load(root / TABLE)
    with start_probe(root) as probe:
        try:
            found = [
                *_guarded(root, lambda: derived.check_pins(pinned, root)),
                *_guarded(root, lambda: derived.check_facts(pinned, root)),
                *_guarded(root, lambda: static_findings(facts_of(pinned, root))),
                *_derived(pinned, root),
                *probe_findings(probe),
            ]
        except BaseException:
            probe.kill()  # otherwise the wait would take seconds
            raise
    return ordered(placed(pinned, root, found))


def _guarded(root: Path, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a check; an input that it cannot read is also a finding."""
    try:
        yield from check()
    except ToolError:
        raise
    except PipelineError as error:
        yield Finding(
            (root / TABLE).relative_to(root).as_posix(), 0, "input/unreadable", str(error)
        )


def _derived(pinned: ContractSet, root: Path) -> Iterator[Finding]:
    memory, digest = root / _MEMORY, _digest(root)
    if memory.is_file() and memory.read_text(encoding="ascii") == digest:
        return
    found = [f for each in derived.CHECKS for f in _guarded(root, _bound(each, pinned, root))]
    yield from found
    if not found:
        memory.parent.mkdir(exist_ok=True)
        memory.write_text(digest, encoding="ascii")


def _bound(
    check: Callable[[ContractSet, Path], Iterator[Finding]], pinned: ContractSet, root: Path
) -> Callable[[], Iterator[Finding]]:
    return lambda: check(pinned, root)


def _digest(root: Path) -> str:
    names = [root / name for name in _DERIVED]
    paths = [
        p for name in [*names, _PIPELINE] for p in ([name] if name.is_file() else name.rglob("*"))
    ]
    total = hashlib.sha256()
    for tool in ("openapi-python-client", "ruff"):
        total.update(f"{tool} {metadata.version(tool)}\n".encode())
    for path in sorted(p for p in paths if p.is_file() and "__pycache__" not in p.parts):
        total.update(f"{path}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def start_probe(root: Path) -> subprocess.Popen[str]:
    """Start the probe: a separate process that imports the overlay of this repository."""
    folders = [root / "overlay", root / "generated", _PIPELINE.parent]
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "trunkline_pipeline.checks.probe", str(root)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def probe_findings(probe: subprocess.Popen[str]) -> Iterator[Finding]:
    """Yield the findings of a probe; a crash of the probe is also a finding."""
    out, said = probe.communicate()
    yield from (from_json(json.loads(line)) for line in out.splitlines())
    if probe.returncode:
        last = said.strip().rpartition("\n")[2] or f"exit code {probe.returncode}"
        text = f"the overlay could not be probed: {last}"
        detail = tuple(said.strip().splitlines()[-12:])
        yield Finding("overlay/trunkline", 0, "import/failed", text, detail=detail)


def placed(pinned: ContractSet, root: Path, found: Iterable[Finding]) -> Iterator[Finding]:
    """Add the line in the snapshot to findings about the contract itself."""
    snapshots = {each.package: each.snapshot for each in pinned.contracts}
    finders = {package: LineFinder(file) for package, file in snapshots.items()}
    for each in found:
        if each.file.endswith("/openapi.json") and each.contract in finders and each.pointer:
            file = snapshots[each.contract].relative_to(root).as_posix()
            line = finders[each.contract].line(each.pointer)
            yield Finding(
                file, line, each.rule, each.message, each.contract, each.operation, each.pointer
            )
        else:
            yield each
