"""``contracts learn``: corrections of a contract that a server's responses suggest."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trunkline.cli.console import progress, write, write_file, write_stderr
from trunkline.cli.contracts.commands import Search, analysed
from trunkline.cli.contracts.options import LEVELS, Comparison
from trunkline.cli.contracts.outputs import finish
from trunkline.cli.contracts.patches import accept, as_yaml
from trunkline.cli.contracts.sources import Side, pin_file, pinned, pins, resolve
from trunkline.cli.runner import FOUND, OK
from trunkline.contracts import diff, load, locate
from trunkline.contracts.errors import ContractError
from trunkline.contracts.learning import Observations, contracts_in, read, sentence
from trunkline.contracts.learning import learn as learn_from
from trunkline.contracts.model import Level
from trunkline.contracts.reports import FORMATS, Protect, Review

if TYPE_CHECKING:
    from trunkline.contracts import Document
    from trunkline.contracts.learning import Lesson

__all__ = ["learn"]

_EPILOG: Final = """PATHS are folders that clients with observe= write to, HAR files, or responses
of the sandbox to GET /_control/requests. The exit status is 0 if nothing is at or above
--fail-on, 1 if something is, 2 for a mistake in the command line, 3 for a contract that cannot be
read or corrected."""

#: Formats in which reports of several contracts can follow one another.
_LINES: Final = frozenset({"text", "markdown", "github"})


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--contract",
    "names",
    multiple=True,
    help="Pinned contract, or the file of one; may be repeated.  [default: those that PATHS name]",
)
@click.option("--tighten", is_flag=True, help="Also write what always held; else only report it.")
@click.option(
    "--split",
    is_flag=True,
    help="Correct a copy of a schema for only the operations that show a deviation.",
)
@click.option("--eager", is_flag=True, help="Accept a single sighting of a deviation.")
@click.option("--older", is_flag=True, help="Also use counts of another state of the contract.")
@click.option("--accept", "accepted", is_flag=True, help="Add the actions to the pinned patches.")
@click.option(
    "--overlay", "target", type=click.Path(dir_okay=False), help="Write them to a file; - prints."
)
@click.option(
    "--code",
    multiple=True,
    type=click.Path(exists=True),
    help="File or folder of Python code to search for lines that the corrections hit.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Of the comparison.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--fail-on", type=click.Choice([*LEVELS, "none"]), default="none", show_default=True)
def learn(
    paths: tuple[Path, ...], names: tuple[str, ...], form: str | None, fail_on: str, **chosen: Any
) -> int:
    """Propose corrections of contracts from the shapes of responses.

    What responses violate is proposed as a correction; what they always satisfy is only reported.
    Each correction has its evidence, and the comparison shows what it changes for callers.
    """
    sides = dict(map(_side, names)) if names else _counted(paths)
    documents = {name: _loaded(side) for name, side in sides.items()}
    trees = {name: document.tree for name, document in documents.items()}
    with progress("Reading what was observed"):
        seen = read(paths, trees, older=chosen["older"])
    for reason in seen.skipped:
        write_stderr(f"not used: {reason}")
    lessons = {name: _lesson(seen, name, each, chosen) for name, each in documents.items()}
    _refuse_several(lessons, form, chosen)
    reviews = {
        name: _review(document, lessons[name], fail_on, chosen["code"])
        for name, document in documents.items()
    }
    for name, document in documents.items():
        if not seen.observed[name].files:
            write_stderr(f"nothing was observed of {name}")
        _write(name, sides[name], document, lessons[name], chosen)
    return max(_told(name, review, form, chosen) for name, review in reviews.items())


def _side(name: str) -> tuple[str, Side]:
    """Return a contract's name and what to load: a file, a pinned contract, or an installed one."""
    if any(mark in name for mark in "/\\:") or os.path.exists(name):
        return Path(name).stem, resolve(name)
    return name, _known(name)


def _counted(paths: tuple[Path, ...]) -> dict[str, Side]:
    """Return the contracts that files of counts name; a name is never taken as a file."""
    found: dict[str, Side] = {}
    for name in contracts_in(paths):
        try:
            found[name] = _known(name)
        except ContractError as error:
            write_stderr(f"not used: counts: {error}")
    if not found:
        searched = ", ".join(map(str, paths))
        raise click.UsageError(
            f"no counts of a known contract in {searched}: name one with --contract NAME"
        )
    return found


def _known(name: str) -> Side:
    """Return a pinned contract, else an installed one."""
    table = pin_file()
    pinned_here = pins(table) if table else {}
    if table and name in pinned_here:
        return pinned(name, table, pinned_here)
    package = name.replace("-", "_")
    if package.isidentifier() and find_spec(f"trunkline_generated.{package}"):
        return Side(str(files(f"trunkline_generated.{package}").joinpath("openapi.json")))
    known = ", ".join(sorted(pinned_here)) or "none"
    raise ContractError(
        f"{name!r} is neither a file, nor a pinned contract ({known}), nor one of this package"
    )


def _refuse_several(lessons: dict[str, Lesson], form: str | None, chosen: dict[str, Any]) -> None:
    """Refuse to write one document for several contracts."""
    many = [name for name, lesson in lessons.items() if lesson.actions]
    if chosen["target"] and len(many) > 1:
        what = f"--overlay is one document, and there are corrections of {', '.join(many)}"
        raise click.UsageError(f"{what}: choose with --contract NAME")
    kind = "json" if chosen["as_json"] else form or "text"
    if kind not in _LINES and len(lessons) > 1:
        what = f"--format {kind} is one document, and there are {', '.join(lessons)}"
        raise click.UsageError(f"{what}: choose with --contract NAME")


def _loaded(side: Side) -> Document:
    document = load(side.source, overlays=side.overlays)
    if len(document.files) > 1:
        problem = "it refers to other documents: bundle it into one file first"
        raise ContractError(problem, document=side.source)
    return document


def _lesson(seen: Observations, name: str, document: Document, chosen: dict[str, Any]) -> Lesson:
    with progress(f"Learning {name}"):
        return learn_from(
            document.tree,
            seen.observed[name],
            tighten=chosen["tighten"],
            eager=chosen["eager"],
            split=chosen["split"],
            unattended=chosen["accepted"],
        )


def _write(
    name: str, side: Side, document: Document, lesson: Lesson, chosen: dict[str, Any]
) -> None:
    title = f"What responses of {document.info.title or name} show"
    overlay = lesson.overlay(title)
    if overlay is None:
        return
    if chosen["target"] == "-":
        write(as_yaml(overlay))
    elif chosen["target"]:
        write_file(chosen["target"], as_yaml(overlay))
    if chosen["accepted"]:
        path = accept(name, side, overlay, lesson.document)
        write_stderr(f"{len(lesson.actions)} actions added to {path}: make repin generate contract")


def _told(name: str, review: Review, form: str | None, chosen: dict[str, Any]) -> int:
    """Write the comparison, unless standard output is for the actions; return the exit status."""
    if chosen["target"] != "-":
        return finish(_comparison(name, form, chosen), review)
    for note in review.notes:
        write_stderr(f"note: {note}")
    return FOUND if review.failed else OK


def _review(document: Document, lesson: Lesson, fail_on: str, code: tuple[str, ...]) -> Review:
    """Return the comparison of the contract with the corrected one, and what is only reported."""
    new = load(lesson.document, name=f"{document.info.source} as observed")
    review = Review(
        locate(diff(document, new), document, new),
        notes=(
            *(f"proposed: {sentence(each)}" for each in lesson.written),
            *(f"seen: {sentence(each)}" for each in lesson.told),
        ),
        protect=Protect.BOTH,
        fail_on=None if fail_on == "none" else Level.parse(fail_on),
    )
    return analysed(review, document, new, Search(code))


def _comparison(name: str, form: str | None, chosen: dict[str, Any]) -> Comparison:
    return Comparison(
        old=name,
        new=name,
        format=form,
        as_json=chosen["as_json"],
        output=(),
        fail_on=None,
        protect=None,
        show="info",
        level={},
        ignore=None,
        baseline=None,
        update_baseline=False,
        overlay=(),
        patches=True,
        offline=False,
        quiet=False,
    )
