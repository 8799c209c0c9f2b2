"""Check whether the contract that a vendor publishes still equals the pinned one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from . import api
from ._loading import published
from ._loading.document import load
from .errors import ContractError

if TYPE_CHECKING:
    import os
    from collections.abc import MutableMapping, Sequence

    from .model import Report

__all__ = ["Drift", "Outcome", "check"]


class Outcome(StrEnum):
    """The result of comparing a pinned contract with the published one."""

    UNCHANGED = "unchanged"
    DRIFTED = "drifted"
    NOT_CHECKED = "not checked"
    NO_DOCUMENT = "no published document"


@dataclass(frozen=True, slots=True)
class Drift:
    """The result for one contract.

    Attributes:
        contract: its name.
        outcome: unchanged, drifted, not checked, or no published document.
        source: the address of the published document, empty where there is none.
        reason: why it was not checked.
        report: the differences of a contract that has drifted.
    """

    contract: str
    outcome: Outcome
    source: str = ""
    reason: str = ""
    report: Report | None = field(default=None, repr=False)


def check(
    name: str,
    pinned: str | os.PathLike[str],
    source: str,
    *,
    overlays: Sequence[str] = (),
    etags: MutableMapping[str, str] | None = None,
) -> Drift:
    """Compare a pinned document with the currently published one.

    Args:
        name: the name of the contract in the result.
        pinned: the path of the pinned document.
        source: the address of the published one; empty where the vendor publishes none.
        overlays: corrections applied to both sides.
        etags: ETags of published documents that were equal to the pinned one; such a document
            is not fetched again. The mapping is updated.

    A document that cannot be fetched or read is a result, not an error.
    """
    if not source:
        return Drift(name, Outcome.NO_DOCUMENT)
    try:
        report = _report(pinned, source, overlays, {} if etags is None else etags)
    except ContractError as error:
        reason = error.problem if error.document == source else str(error)
        return Drift(name, Outcome.NOT_CHECKED, source, reason)
    if report is None or not report.findings:
        return Drift(name, Outcome.UNCHANGED, source)
    return Drift(name, Outcome.DRIFTED, source, report=report)


def _report(
    pinned: str | os.PathLike[str],
    source: str,
    overlays: Sequence[str],
    etags: MutableMapping[str, str],
) -> Report | None:
    """Return the differences; None if there are none."""
    old = load(pinned, overlays=overlays, offline=True)
    key = f"{source} {hashlib.sha256(old.files[0].data).hexdigest()}"
    found = published.fetch(source, etag=etags.pop(key, ""))
    if found.data is not None:
        new = load(found.data, overlays=overlays, name=source, base=old)
        report = api.locate(api.diff(old, new), old, new)
        if report.findings:
            return report
    if found.etag:
        etags[key] = found.etag
    return None
