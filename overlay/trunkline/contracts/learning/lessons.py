"""The corrected contract that counts of answers ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.schemas import Schemas
from trunkline.contracts.errors import ContractError
from trunkline.contracts.overlays import apply

from .actions import actions, sentence
from .findings import Finding, Kind, findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .observations import Observed

__all__ = ["Lesson", "learn"]

_VERSION: Final = "1.0.0"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt of one contract.

    Attributes:
        written: the findings that the actions are for.
        told: findings that are for a person to know.
        actions: those of an Overlay 1.0 document, in this order.
        document: the contract with them.
    """

    written: tuple[Finding, ...]
    told: tuple[Finding, ...]
    actions: tuple[dict[str, Any], ...]
    document: dict[str, Any]

    def overlay(self, title: str) -> dict[str, Any] | None:
        """Return the actions as a document; None where there are none."""
        if not self.actions:
            return None
        return _overlay(title, self.actions)


def learn(
    document: dict[str, Any],
    observed: Observed,
    *,
    tighten: bool = False,
    eager: bool = False,
    unattended: bool = False,
) -> Lesson:
    """Return the corrections of a contract that answers ask for, applied and checked.

    Args:
        document: the contract; it is not changed.
        observed: its counts.
        tighten: whether what was always so is written too; by default it is only told.
        eager: whether one sighting of a deviation is enough.
        unattended: whether nobody will look at them: a list under another name is then left out,
            unless it is the only one.

    Raises:
        ContractError: the corrected contract would still not allow what was seen.
    """
    found = _without_causes(_findings(document, observed, eager=eager))
    wanted = [each for each in found if each.loosens or tighten]
    if unattended and len(wanted) > 1:
        wanted = [each for each in wanted if each.kind is not Kind.LIST]
    written, taken, corrected = _applied(document, wanted)
    left = {each.key for each in found if each not in written}
    for each in _without_causes(_findings(corrected, observed, eager=eager)):
        if each.loosens and each.key not in left:
            problem = f"the corrections do not allow what was seen: {sentence(each)}"
            raise ContractError(problem, pointer=each.pointer)
    told = tuple(each for each in found if each not in written)
    return Lesson(tuple(written), told, tuple(taken), corrected)


def _without_causes(found: Sequence[Finding]) -> list[Finding]:
    """Leave out what follows from a list that has another name: its field, and the one for it."""
    lists = [each for each in found if each.kind is Kind.LIST]
    names = {each.name for each in lists} | {each.detail for each in lists}
    followed = {Kind.FIELD, Kind.ABSENT}
    kept = [each for each in found if not (each.kind in followed and each.name in names)]
    # Its field is where other findings point to, so the list gets its name last.
    return sorted(kept, key=lambda each: each.kind is Kind.LIST)


def _applied(
    document: dict[str, Any], wanted: Sequence[Finding]
) -> tuple[list[Finding], list[dict[str, Any]], dict[str, Any]]:
    written: list[Finding] = []
    taken: list[dict[str, Any]] = []
    for each in wanted:
        new = actions(each, Schemas(document))
        if new:
            document = apply(document, _overlay("", new), must_match=True)
            written.append(each)
            taken += new
    return written, taken, document


def _findings(document: dict[str, Any], observed: Observed, *, eager: bool) -> list[Finding]:
    credentials = observed.credentials
    return findings(Schemas(document), observed.counts, credentials=credentials, eager=eager)


def _overlay(title: str, taken: Sequence[dict[str, Any]]) -> dict[str, Any]:
    info = {"title": title, "version": _VERSION}
    return {"overlay": _VERSION, "info": info, "actions": list(taken)}
