"""Apply mutations to a copy of the repository, one after the other, and ask the contract check."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pipeline import mutations
from tests.pipeline.trees import ROOT, copied

from trunkline_pipeline.checks import complete
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.generation import packages
from trunkline_pipeline.inputs import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .mutations import Mutation


def chosen(seed: int, noticeable: int, controls: int) -> list[Mutation]:
    """Return mutations of all kinds in turn, the same for the same seed."""
    every = [
        *mutations.contract_mutations(ROOT),
        *mutations.overlay_mutations(ROOT),
        *mutations.page_mutations(ROOT),
    ]
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
    """Yield what the check says of each, without the comparison of derived files."""
    with tempfile.TemporaryDirectory(prefix="trunkline-mutations-") as folder:
        tree = copied(Path(folder))
        for each in chosen:
            yield each, _outcome(tree, each)


def _outcome(tree: Path, mutation: Mutation) -> list[Finding]:
    file, generated = tree / mutation.file, tree / "generated"
    before = file.read_bytes()
    file.write_text(mutation.text, encoding="utf-8")
    problems: list[Finding] = []
    try:
        if mutation.package:
            problems = _generate(tree, mutation.package)
        return [*problems, *complete.probe_findings(complete.start_probe(tree))]
    finally:
        file.write_bytes(before)
        if mutation.package:
            shutil.rmtree(generated / packages.FOLDER / mutation.package)
            name = Path("generated", packages.FOLDER, mutation.package)
            shutil.copytree(ROOT / name, tree / name)


def _generate(tree: Path, package: str) -> list[Finding]:
    """Write one package anew, as `make generate` does; return what the generator could not do."""
    pinned = manifest.load(tree / complete.TABLE)
    one = tuple(each for each in pinned.contracts if each.package == package)
    table = complete.TABLE.as_posix()
    try:
        rendered = packages.render(replace(pinned, contracts=one))
    except PipelineError as error:
        return [Finding(table, 0, "input/unreadable", str(error))]
    target = tree / "generated" / packages.FOLDER
    shutil.rmtree(target / package)
    for name, data in rendered.files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    problems = [text for found in rendered.problems.values() for text in found]
    return [Finding(table, 0, "generator/warning", text) for text in problems]
