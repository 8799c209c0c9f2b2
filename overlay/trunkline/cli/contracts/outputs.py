"""Write a review in the requested formats, and turn it into an exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from trunkline.cli.console import on_terminal, write, write_file, write_spans, write_stderr
from trunkline.cli.runner import FOUND, OK
from trunkline.contracts.reports import render
from trunkline.contracts.reports.phrases import counted, notes, totals

if TYPE_CHECKING:
    from trunkline.cli.contracts.options import Comparison
    from trunkline.contracts.reports import Review

__all__ = ["finish"]

_SUFFIXES: Final = {
    ".html": "html",
    ".json": "json",
    ".md": "markdown",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".xml": "junit",
}


def finish(wanted: Comparison, review: Review) -> int:
    """Write a review to every requested output and return the exit status."""
    form = "json" if wanted.as_json else wanted.format
    if form and len(wanted.output) > 1:
        raise click.UsageError("with several --output each suffix decides: leave --format out")
    for path in wanted.output:
        write_file(path, render(review, form or _by_suffix(path)))
    if not wanted.output:
        _print(review, form or "text")
    if not wanted.quiet and (wanted.output or (form or "text") != "text"):
        _summary(review)
    return FOUND if review.failed else OK


def _by_suffix(path: str) -> str:
    lower = path.lower()
    fitting = (form for suffix, form in _SUFFIXES.items() if lower.endswith(suffix))
    return "sarif" if lower.endswith(".sarif.json") else next(fitting, "text")


def _print(review: Review, form: str) -> None:
    if form == "text" and on_terminal(sys.stdout):
        from trunkline.contracts.reports.text import spans

        write_spans(spans(review))
    else:
        write(render(review, form))


def _summary(review: Review) -> None:
    for note in notes(review):
        write_stderr(f"note: {note}")
    failed = [counted(len(review.failures), "finding")] if review.failures else []
    if review.python_failures:
        failed.append(f"{counted(len(review.python_failures), 'change')} of the Python client")
    reason = f"; {' and '.join(failed)} at or above the limit" if failed else ""
    write_stderr(totals(review) + reason)
