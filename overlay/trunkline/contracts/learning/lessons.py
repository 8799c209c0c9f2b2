"""Correct a contract according to counts of responses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from trunkline._shapes.schemas import Schemas
from trunkline.contracts.errors import ContractError
from trunkline.contracts.overlays import apply

from .actions import actions, sentence
from .finding import Kind
from .findings import findings
from .references import References, component_of
from .splitting import of_some, separated
from .targets import overlay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .finding import Finding
    from .observations import Observed
    from .splitting import Part

__all__ = ["Lesson", "learn"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The result of learning for one contract.

    Attributes:
        written: the findings that the actions are for.
        told: findings that are only reported.
        actions: the actions of an Overlay 1.0 document, in this order.
        document: the contract with the actions applied.
    """

    written: tuple[Finding, ...]
    told: tuple[Finding, ...]
    actions: tuple[dict[str, Any], ...]
    document: dict[str, Any]

    def overlay(self, title: str) -> dict[str, Any] | None:
        """Return the actions as a document; None if there are none."""
        if not self.actions:
            return None
        return overlay(title, self.actions)


def learn(
    document: dict[str, Any],
    observed: Observed,
    *,
    tighten: bool = False,
    eager: bool = False,
    split: bool = False,
    unattended: bool = False,
) -> Lesson:
    """Return the corrections of a contract that responses require, applied and checked.

    Args:
        document: the contract; it is not changed.
        observed: its counts.
        tighten: whether tightenings are written too; by default they are only reported.
        eager: whether one sighting of a deviation is enough.
        split: whether a schema is copied for the only operations that show a finding, so that it
            stays unchanged for the others.
        unattended: whether nobody will review them: a list under another name is then left out,
            unless it is the only correction.

    Raises:
        ContractError: the corrected contract would still not allow what was seen.
    """
    every = _findings(document, observed, eager=eager)
    confined = of_some(document, observed.counts, every) if split else []
    found = _without_followed(every, confined)
    wanted = [each for each in found if each.loosens or tighten]
    wanted = [each for each in wanted if _is_writable(each, confined)]
    if unattended and len(wanted) > 1:
        wanted = [each for each in wanted if each.kind is not Kind.LIST]
    parts, taken, corrected = separated(document, [each for each in wanted if each in confined])
    written: list[Finding] = []
    for each in wanted:
        new, corrected = _corrected(corrected, _per_schema(each, parts, confined))
        taken += new
        written += [each] if new else []
    settled = {each.key for each in written} | _followed(written)
    left_out = [each for each in every if each.key not in settled]
    _check(corrected, observed, parts, left_out, eager=eager)
    told = tuple(each for each in found if each not in written)
    return Lesson(tuple(written), told, tuple(taken), corrected)


def _without_followed(every: Sequence[Finding], confined: Sequence[Finding]) -> list[Finding]:
    """Return the findings that do not follow from another, in the order to write them."""
    lists = [each for each in every if each.kind is Kind.LIST and _is_writable(each, confined)]
    found = [each for each in every if each.key not in _followed(lists)]
    # Other findings point to a list's field, so the list is renamed last.
    return sorted(found, key=lambda each: each.kind is Kind.LIST)


def _is_writable(finding: Finding, confined: Sequence[Finding]) -> bool:
    """Return whether it may be written; a list needs the same new name in all its operations."""
    seen = finding.evidence
    return finding.kind is not Kind.LIST or finding in confined or seen.operations == seen.of


def _followed(found: Iterable[Finding]) -> set[tuple[str, str, str]]:
    """Return the keys of the findings that follow from a renamed list: two fields."""
    lists = [each for each in found if each.kind is Kind.LIST]
    new = {(Kind.FIELD.value, each.pointer, each.name) for each in lists}
    return new | {(Kind.ABSENT.value, each.pointer, each.detail) for each in lists}


def _per_schema(
    finding: Finding, parts: Sequence[Part], confined: Sequence[Finding]
) -> list[Finding]:
    """Return a copy of the finding for each schema to correct."""
    operations = {*finding.evidence.operations}
    if finding in confined:
        found = [each.moved(finding) for each in parts if each.operations & operations]
    else:
        found = [finding, *(each.moved(finding) for each in parts)]
    return list({each.pointer: each for each in found}.values())


def _corrected(
    document: dict[str, Any], wanted: Sequence[Finding]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    taken: list[dict[str, Any]] = []
    for each in wanted:
        new = actions(each, Schemas(document))
        document = apply(document, overlay("", new), must_match=True) if new else document
        taken += new
    return taken, document


def _check(
    corrected: dict[str, Any],
    observed: Observed,
    parts: Sequence[Part],
    left_out: Sequence[Finding],
    *,
    eager: bool,
) -> None:
    """Refuse corrections of schemas or their copies that do not allow what was seen."""
    left = _findings(corrected, observed, eager=eager)
    known = {each.key for each in left_out}
    for part in parts:
        known |= {part.moved(each).key for each in left_out}
        moved = replace(observed, counts=part.counts(observed.counts))
        found = _findings(corrected, moved, eager=eager)
        left += [each for each in found if part.operations & {*each.evidence.operations}]
    for each in left:
        if each.loosens and each.key not in known:
            problem = f"the corrections do not allow what was seen: {sentence(each)}"
            raise ContractError(problem, pointer=each.pointer)


def _findings(document: dict[str, Any], observed: Observed, *, eager: bool) -> list[Finding]:
    """Return the findings from responses of operations that still use the schema."""
    schemas, references = Schemas(document), References(document)
    found = findings(schemas, observed.counts, credentials=observed.credentials, eager=eager)
    return [
        each
        for each in found
        if not component_of(each.pointer)
        or any(references.leads(name, each.pointer) for name in each.evidence.operations)
    ]
