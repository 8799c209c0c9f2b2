"""Apply mutations to a copy of the repository in turn, and run the contract check on each."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from trunkline_pipeline.checks import complete, derived
from trunkline_pipeline.checks.findings import Finding, from_json
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.generation import packages
from trunkline_pipeline.inputs import manifest

from .contracts import contract_mutations
from .overlay import overlay_mutations
from .pages import page_mutations
from .server import END

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from .mutation import Mutation

ROOT = Path(__file__).parents[3]
_PARTS = ("api-contracts", "docs", "generated", "overlay")


def chosen(seed: int, noticeable: int, controls: int) -> list[Mutation]:
    """Return mutations of all kinds in turn, determined by the seed."""
    every = [*contract_mutations(ROOT), *overlay_mutations(ROOT), *page_mutations(ROOT)]
    return [*_in_turn(every, seed, noticeable), *_in_turn(every, seed, controls, matters=False)]


def _in_turn(
    every: Iterable[Mutation], seed: int, count: int, *, matters: bool = True
) -> list[Mutation]:
    kinds: dict[str, list[Mutation]] = defaultdict(list)
    for each in every:
        if each.noticeable == matters:
            kinds[each.kind].append(each)
    chance = random.Random(seed)
    for found in kinds.values():
        chance.shuffle(found)
    result: list[Mutation] = []
    while len(result) < count and any(kinds.values()):
        for found in list(kinds.values()):
            if found and len(result) < count:
                result.append(found.pop())
    return result


def outcomes(chosen: Iterable[Mutation]) -> Iterator[tuple[Mutation, list[Finding]]]:
    """Yield the findings of the check for each mutation.

    Derived files are compared only if they are edited themselves: `make generate` updates them
    after a change of their sources.
    """
    with tempfile.TemporaryDirectory(prefix="trunkline-mutations-") as folder:
        tree = Path(folder)
        for name in _PARTS:
            shutil.copytree(ROOT / name, tree / name)
        with _Checker(tree) as checker:
            for each in chosen:
                with _edited(tree / each.file, each.text()), _generated(tree, each) as problems:
                    yield each, [*problems, *_tables(tree, each), *checker.findings(each)]


def _tables(tree: Path, mutation: Mutation) -> list[Finding]:
    if not mutation.file.startswith("docs/") and not mutation.file.endswith("/__init__.py"):
        return []
    try:
        return list(derived.check_exports(manifest.load(tree / complete.TABLE), tree))
    except PipelineError as error:
        return [Finding(mutation.file, 0, "input/unreadable", str(error))]


class _Checker:
    """The ``server.py`` process."""

    def __init__(self, tree: Path) -> None:
        folders = [ROOT / "scripts", ROOT]
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.pipeline.mutations.server", str(tree)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._process.communicate()

    def findings(self, mutation: Mutation) -> Iterator[Finding]:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(f"{mutation.file} {mutation.package}\n")
        asked.flush()
        for line in answered:
            if line.startswith(END):
                if int(line.removeprefix(END)):
                    yield Finding("overlay/trunkline", 0, "import/failed", "it broke off")
                return
            yield from_json(json.loads(line))


@contextmanager
def _edited(file: Path, text: str) -> Generator[None]:
    """Replace a file's text temporarily; restore its mtime, which bytecode depends on."""
    before, times = file.read_bytes(), file.stat()
    file.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        file.write_bytes(before)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def _generated(tree: Path, mutation: Mutation) -> Generator[list[Finding]]:
    """Regenerate a mutation's package temporarily, as `make generate` does."""
    if not mutation.package:
        yield []
        return
    package = tree / "generated" / packages.FOLDER / mutation.package
    kept = package.rename(tree / mutation.package)
    try:
        yield _generate(tree, mutation.package)
    finally:
        shutil.rmtree(package, ignore_errors=True)
        kept.rename(package)


def _generate(tree: Path, package: str) -> list[Finding]:
    """Write one package; return the generator's problems."""
    pinned = manifest.load(tree / complete.TABLE)
    one = tuple(each for each in pinned.contracts if each.package == package)
    table = complete.TABLE.as_posix()
    try:
        rendered = packages.render(replace(pinned, contracts=one))
    except PipelineError as error:
        return [Finding(table, 0, "input/unreadable", str(error))]
    target = tree / "generated" / packages.FOLDER
    for name, data in rendered.files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    problems = [text for found in rendered.problems.values() for text in found]
    return [Finding(table, 0, "generator/warning", text) for text in problems]
