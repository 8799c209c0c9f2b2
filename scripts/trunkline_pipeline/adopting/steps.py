"""The steps that an adoption and a new provider share, on a copy of the tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trunkline_pipeline import files, toolchain
from trunkline_pipeline.checks import derived
from trunkline_pipeline.checks.complete import TABLE, placed, probe_findings, start_probe
from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.checks.static import released
from trunkline_pipeline.checks.static.check import findings as static_findings
from trunkline_pipeline.checks.static.exports import models_of
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.generation import (
    export_tables,
    layer_diagram,
    models_page,
    packages,
    raw_resources,
    retry_table,
)
from trunkline_pipeline.inputs import manifest
from trunkline_pipeline.unasync import unasync

from .todo import Todo
from .tree import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.inputs.manifest import Contract
    from trunkline_pipeline.toolchain import Ruff


def contract_of(root: Path, name: str) -> Contract:
    """Return a contract of the repository.

    Raises:
        PipelineError: there is no contract of that name.
    """
    known = {each.name: each for each in manifest.load(root / TABLE).contracts}
    if name not in known:
        raise PipelineError(f"contracts.toml has no {name}; it has {', '.join(known)}")
    return known[name]


def generate(copy: Path, name: str) -> Iterator[Todo]:
    """Generate the package of one contract; warnings of the generator are left to a person.

    Raises:
        PipelineError: nothing could be generated.
    """
    contract = contract_of(copy, name)
    pinned = replace(manifest.load(copy / TABLE), contracts=(contract,))
    rendered = packages.render(pinned)
    start = f"{contract.package}/"
    made = {n.removeprefix(start): d for n, d in rendered.files.items() if n.startswith(start)}
    if not any(each.startswith("api/") for each in made):
        raise PipelineError("\n".join(rendered.problems[name]))
    files.replace_tree(copy / "generated" / packages.FOLDER / contract.package, made)
    for each in rendered.problems[name]:
        yield Todo(f"api-contracts/{contract.snapshot.name}", 0, f"the generator warns: {each}")


def derive(root: Path) -> None:
    """Write everything that is derived from the overlay's source."""
    pinned = manifest.load(root / TABLE)
    ruff, package = toolchain.Ruff.pinned(pinned.ruff), root / "overlay" / "trunkline"
    models = models_of(facts_of(pinned, root))
    files.replace_files(package, export_tables.render(package, models, ruff))
    files.replace_files(root, models_page.render(root))
    for render, names in (
        (raw_resources.render, raw_resources.names),
        (unasync.render, unasync.twin_names),
    ):
        rendered = render(package, ruff)
        for name in set(names(package)) - rendered.keys():
            (package / name).unlink()
        files.replace_files(package, rendered)
    for made in (layer_diagram.render(root), retry_table.render(root)):
        files.replace_files(root, made)


def tidy(copy: Path, ruff: Ruff) -> None:
    """Place the imports of edited sources, and format them."""
    package = copy / "overlay" / "trunkline"
    ruff.place_imports(
        copy, [each.relative_to(copy).as_posix() for each in package.glob("*/_async/*.py")]
    )
    ruff.fix(package, toolchain.OVERLAY_RULES, toolchain.OVERLAY_STYLE)


def promise(copy: Path, package: str, renamed: Mapping[str, str]) -> None:
    """Update the record of what callers rely on; CHANGELOG.md already has the changes."""
    released.follow(facts_of(manifest.load(copy / TABLE), copy), package, renamed)


def check(copy: Path) -> Iterator[Todo]:
    """Run the linter, and the complete check except for files that were just derived."""
    pinned = manifest.load(copy / TABLE)
    for file, line, said in toolchain.Ruff.pinned(pinned.ruff).findings(copy, written(copy)):
        yield Todo(file, line, f"lint/{said}")
    with start_probe(copy) as probe:
        try:
            found = [*derived.check_pins(pinned, copy), *derived.check_facts(pinned, copy)]
            found += [*static_findings(facts_of(pinned, copy)), *probe_findings(probe)]
        except BaseException:
            probe.kill()
            raise
    for each in placed(pinned, copy, found):
        about = f"{each.operation}: " if each.operation else ""
        yield Todo(each.file, each.line, f"{each.rule}: {about}{each.message}: {each.remedy}")
