"""Makes a review for a command line: load, compare, suppress."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from trunkline.cli.console import progress
from trunkline.cli.contracts.options import level_or_none
from trunkline.cli.contracts.sources import resolve
from trunkline.contracts import diff, load, locate, repeated_keys
from trunkline.contracts.model import Level
from trunkline.contracts.reports import Protect, Review
from trunkline.contracts.reports.suppression import Baseline, IgnoreFile

if TYPE_CHECKING:
    from trunkline.cli.contracts.options import Comparison
    from trunkline.contracts import Document

__all__ = ["compared", "documents", "suppressed"]


def documents(wanted: Comparison) -> tuple[Document, Document]:
    """Return both documents, with the same corrections."""
    sides = resolve(wanted.old), resolve(wanted.new)
    patches = (each for side in sides for each in side.overlays) if wanted.patches else ()
    overlays = tuple(dict.fromkeys((*patches, *wanted.overlay)))
    old, new = (side.source for side in sides)
    with progress(f"Reading {old}"):
        first = load(old, overlays=overlays, offline=wanted.offline)
    with progress(f"Reading {new}"):
        return first, load(new, overlays=overlays, offline=wanted.offline, base=first)


def compared(wanted: Comparison, old: Document, new: Document) -> Review:
    """Return the comparison of two documents as the command line requests it."""
    with progress("Comparing"):
        report = locate(diff(old, new, rules=wanted.level), old, new)
        notes = dict.fromkeys(str(each) for side in (old, new) for each in repeated_keys(side))
    return Review(
        report,
        notes=tuple(notes),
        protect=Protect(wanted.protect or Protect.WIRE),
        show=Level.parse(wanted.show),
        fail_on=level_or_none(wanted.fail_on or "breaking"),
    )


def suppressed(wanted: Comparison, review: Review) -> Review:
    """Return a review without what the ignore file and the baseline suppress."""
    if wanted.ignore:
        review = IgnoreFile.read(wanted.ignore).apply(review, date.today())  # noqa: DTZ011 - the local date is meant
    if wanted.update_baseline and not wanted.baseline:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if wanted.baseline and wanted.update_baseline:
        Baseline.of(review).write(wanted.baseline)
    return Baseline.read(wanted.baseline).apply(review) if wanted.baseline else review
