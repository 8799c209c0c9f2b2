"""``contracts diff`` and ``contracts impact``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from trunkline.cli.console import progress
from trunkline.cli.contracts.compare import compared, documents, suppressed
from trunkline.cli.contracts.options import LEVELS, Comparison, comparison_options, level_or_none
from trunkline.cli.contracts.outputs import finish
from trunkline.contracts.model import Confidence
from trunkline.contracts.reports import Protect

if TYPE_CHECKING:
    from trunkline.contracts import Document
    from trunkline.contracts.reports import Review

__all__ = ["Search", "analysed", "diff", "impact"]


@dataclass(frozen=True, slots=True)
class Search:
    """Which code is searched, and which packages it uses to call the API."""

    code: tuple[str, ...] = ()
    client: str | None = None
    wrapper: str | None = None
    generator: bool | None = None
    cache: bool = True


_SOURCES: Final = """OLD and NEW are files, addresses, REVISION:PATH of the Git repository around
the working directory, or names of pinned contracts. The exit status is 0 if nothing is at or
above the limit, 1 if something is, 2 for a mistake in the command line or in one of its files,
3 for a document that cannot be read or is not valid."""


@click.command(epilog=_SOURCES)
@comparison_options
def diff(**options: Any) -> int:
    """Compare two contracts, edit by edit.

    Each edit is reported once, with its level and the operations that it reaches.
    """
    wanted = Comparison(**options)
    old, new = documents(wanted)
    review = compared(wanted, old, new)
    if review.protect is not Protect.WIRE:
        review = analysed(review, old, new, Search())
    return finish(wanted, suppressed(wanted, review))


@click.command(epilog=_SOURCES)
@comparison_options
@click.option(
    "--code",
    multiple=True,
    required=True,
    type=click.Path(exists=True),
    help="File or folder of Python code to search; may be repeated. Nothing is imported or run.",
)
@click.option(
    "--client",
    metavar="PACKAGE",
    help="Generated client that the code uses, by folder or import name.  [default: the one of"
    " this SDK that has the operations]",
)
@click.option(
    "--wrapper",
    metavar="PACKAGE",
    help="Handwritten package on top of the client, likewise.  [default: this SDK's own]",
)
@click.option(
    "--generator/--no-generator",
    default=None,
    help="Compare what openapi-python-client writes, or what its naming rules say.  [default: run"
    " it if it is installed]",
)
@click.option(
    "--cache/--no-cache", default=True, show_default=True, help="Keep what was read of each file."
)
@click.option(
    "--fail-on-used",
    type=click.Choice(LEVELS),
    help="Fail for a finding of this level with call sites; other findings then do not fail.",
)
@click.option(
    "--confidence",
    type=click.Choice([each.value for each in Confidence]),
    default=Confidence.CERTAIN.value,
    show_default=True,
    help="The lowest confidence of a call site that counts for --fail-on-used.",
)
def impact(
    code: tuple[str, ...],
    client: str | None,
    wrapper: str | None,
    generator: bool | None,  # noqa: FBT001 - click passes it by name
    cache: bool,  # noqa: FBT001 - click passes it by name
    fail_on_used: str | None,
    confidence: str,
    **options: Any,
) -> int:
    """Compare two contracts and find the lines of your code that the edits affect."""
    limit = options["fail_on"] or ("none" if fail_on_used else "breaking")
    options["fail_on"], options["protect"] = limit, options["protect"] or "both"
    wanted = Comparison(**options)
    old, new = documents(wanted)
    search = Search(code, client, wrapper, generator, cache)
    review = analysed(compared(wanted, old, new), old, new, search)
    review = replace(
        review, fail_on_used=level_or_none(fail_on_used), confidence=Confidence(confidence)
    )
    return finish(wanted, suppressed(wanted, review))


def analysed(review: Review, old: Document, new: Document, search: Search) -> Review:
    """Return a review with the Python client and the call sites in it."""
    from trunkline.contracts.impact import analyse

    with progress("Searching the code" if search.code else "Comparing the generated clients"):
        report = analyse(
            review.report,
            search.code,
            search.client,
            search.wrapper,
            old=old.tree,
            new=new.tree,
            generator=search.generator,
            cache=search.cache,
        )
    return replace(
        review,
        report=report,
        python_checked=True,
        code_checked=bool(search.code),
    )
