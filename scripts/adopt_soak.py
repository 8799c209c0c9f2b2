"""Adopt documents of several vendors, write a provider, and interrupt adoptions (`make soak`)."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).parents[1]
_PARTS: Final = (
    "api-contracts",
    "docs",
    "examples",
    "generated",
    "overlay",
    "scripts",
    "tests",
    "CHANGELOG.md",
    "README.md",
    "mkdocs.yml",
    "pyproject.toml",
)
_ACME: Final = ROOT / "tests" / "pipeline" / "adopting" / "acme.yaml"
#: How many adoptions are interrupted, each at a different moment.
_INTERRUPTS: Final = 12
#: The most CPU seconds that an adoption may take.
_SECONDS: Final = 10.0


def main() -> int:
    """Return 0 when everything holds."""
    sys.path[:0] = [str(ROOT)]
    failures = [text for each in (_documents, _provider, _interrupted) for text in each()]
    print("\n".join(failures) or "adopt soak: all holds")
    return 1 if failures else 0


def _documents() -> Iterator[str]:
    """Adopt and undo a document of each vendor; the list must name all that no longer works."""
    from tests.pipeline.adopting import changed
    from tests.pipeline.adopting.unnamed import unnamed, used

    documents: dict[str, Callable[[], dict[str, Any]]] = {
        "stateset-voice-public": changed.stateset,
        "pamela": changed.pamela,
        "whispey": changed.whispey,
        "whispey-ingest": changed.whispey_ingest,
        "phone-ai": changed.phone_ai,
    }
    with tempfile.TemporaryDirectory() as folder:
        tree = _copy(Path(folder, "tree"))
        before, working = _contents(tree), used(tree)
        earlier = Path(folder, "before.json")
        earlier.write_text(json.dumps(working), encoding="utf-8")
        for name, make in documents.items():
            file = Path(folder, "new.json")
            file.write_text(json.dumps(make()), encoding="utf-8")
            started = _cpu()
            done = _adopt(tree, "adopt", name, "--from", str(file))
            print(
                f"{name}: {_cpu() - started:.1f} s, {done.stdout.count(chr(10))} lines", flush=True
            )
            if done.returncode or _cpu() - started > _SECONDS:
                yield f"{name}: {done.stderr or 'too slow'}"
            after = used(tree, earlier)
            for text in unnamed(working, after, tree, done.stdout):
                yield f"{name}: the list does not name: {text}"
            _adopt(tree, "adopt", name, "--undo")
            if _contents(tree) != before:
                yield f"{name}: undoing leaves a trace"


def _provider() -> Iterator[str]:
    """Write a provider, and run every check of the repository on it."""
    with tempfile.TemporaryDirectory() as folder:
        tree = _copy(Path(folder, "tree"))
        done = _adopt(tree, "provider", "acme-voice", "--from", str(_ACME))
        print(done.stdout + done.stderr, flush=True)
        python = [sys.executable, "-m"]
        for command in (
            [*python, "ruff", "check", "."],
            [*python, "ruff", "format", "--check", "."],
            [*python, "mypy"],
            [sys.executable, "scripts/contract.py"],
            [*python, "mkdocs", "build", "--strict", "--site-dir", f"{folder}/site"],
            [*python, "pytest", "-q", "-p", "no:cacheprovider", "tests/acme_voice"],
        ):
            ended = _run(command, tree)
            if ended.returncode:
                yield f"{' '.join(command[1:])}: {ended.stdout[-2000:]}{ended.stderr[-2000:]}"


def _interrupted() -> Iterator[str]:
    """Press Ctrl-C at many moments: the tree is then either unchanged or completely adopted."""
    from tests.pipeline.adopting import changed

    with tempfile.TemporaryDirectory() as folder:
        tree = _copy(Path(folder, "tree"))
        file = Path(folder, "new.json")
        file.write_text(json.dumps(changed.stateset()), encoding="utf-8")
        arguments = ["adopt", "stateset-voice-public", "--from", str(file)]
        before, started = _contents(tree), time.monotonic()
        _adopt(tree, *arguments)
        whole, after = time.monotonic() - started, _contents(tree)
        _adopt(tree, "adopt", "stateset-voice-public", "--undo")
        for number in range(_INTERRUPTS):
            delay = whole * (number + random.random()) / _INTERRUPTS  # noqa: S311 - a moment
            with subprocess.Popen(
                _command(*arguments, tree=tree),
                env=_environment(tree),
                cwd=tree,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as process:
                time.sleep(delay)
                process.send_signal(signal.SIGINT)
                process.communicate()
            found = _contents(tree)
            if found == after:
                _adopt(tree, "adopt", "stateset-voice-public", "--undo")
            elif found != before:
                yield f"Ctrl-C after {delay:.1f} s leaves a tree that is neither old nor new"
                return
        print(f"{_INTERRUPTS} adoptions interrupted", flush=True)


def _copy(target: Path) -> Path:
    for name in _PARTS:
        source = ROOT / name
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target / name, ignore=ignored)
        else:
            shutil.copy(source, target / name)
    return target


def _contents(tree: Path) -> dict[str, bytes]:
    paths = (path for path in tree.rglob("*") if path.is_file())
    found = {path.relative_to(tree): path for path in paths}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in found.items()
        if name.parts[0] != "build" and "__pycache__" not in name.parts
    }


def _command(*arguments: str, tree: Path) -> list[str]:
    return [sys.executable, str(ROOT / "scripts" / "adopt.py"), *arguments, "--root", str(tree)]


def _adopt(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(_command(*arguments, tree=tree), tree)


def _run(command: list[str], tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, env=_environment(tree), cwd=tree, capture_output=True, text=True
    )


def _environment(tree: Path) -> dict[str, str]:
    folders = [str(tree / name) for name in ("overlay", "generated", "scripts", "")]
    path = os.pathsep.join(folders)
    return {**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
