"""Assign changes in the generated client to the edits that caused them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trunkline.contracts.model import Direction, Level, PythonChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trunkline.contracts.impact.client.location import Location
    from trunkline.contracts.impact.surface.compare import Change
    from trunkline.contracts.model import Finding

__all__ = ["Cause", "join", "shown"]

_IDENTITY = ("operation-removed", "operation-id-", "tag-", "path-changed", "method-changed")


class Cause:
    """What a finding concerns in the client: classes, attributes, parameters, modules."""

    def __init__(self, finding: Finding, location: Location, package: str) -> None:
        self.finding = finding
        own = len(package) + 1
        self.attributes = {
            (_module(a.owner)[own:], f"{_name(a.owner)}.{a.name or a.wire}")
            for a in location.attributes
        }
        self.classes = {(_module(c)[own:], _name(c)) for c in location.classes}
        self.parameters = {(p.endpoint.module[own:], p.name or p.wire) for p in location.parameters}
        self.endpoints = {e.module[own:] for e in (*location.endpoints, *location.inside)}

    def weight(self, change: Change) -> int:
        """Return how well the finding explains a change; 0 if it does not."""
        key = (change.module, change.name)
        field = (change.module, f"{change.name}.{change.parameter}")
        if key in self.attributes or field in self.attributes:
            return 5
        if (change.module, change.parameter) in self.parameters:
            return 5
        owner = (change.module, change.name.partition(".")[0])
        if owner in self.classes:
            return 4 if self.finding.rule.startswith("enum") or owner == key else 2
        if change.module in {module for module, _ in self.classes} and not change.name:
            return 3
        if change.module in self.endpoints:
            is_whole = not change.name and self.finding.rule.startswith(_IDENTITY)
            return 4 if is_whole else 1
        return 0


def join(
    changes: Sequence[Change], causes: Iterable[Cause]
) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return the changes by the fingerprint of the finding that explains them, and the rest."""
    known = list(causes)
    joined: dict[str, list[Change]] = defaultdict(list)
    rest: list[Change] = []
    for change in changes:
        weights = [(cause.weight(change), -index) for index, cause in enumerate(known)]
        best, index = max(weights, default=(0, 0))
        if best:
            joined[known[-index].finding.fingerprint].append(change)
        else:
            rest.append(change)
    return joined, rest


def shown(
    change: Change, package: str, moved: Mapping[str, str], directions: Iterable[Direction]
) -> PythonChange:
    """Return a change as reports print it.

    Args:
        change: what changed.
        package: the client's import name.
        moved: new dotted paths of renamed modules, by the old ones.
        directions: the directions in which the data concerned flows.
    """
    path = f"{package}.{change.path}" if package else change.path
    new = moved.get(change.path)
    return PythonChange(
        kind=change.kind,
        path=path,
        before=change.before,
        after=new if change.kind == "object-removed" and new else change.after,
        message=_message(change, path, new),
        level=_level(change, set(directions)),
    )


def _message(change: Change, path: str, new: str | None) -> str:
    if change.kind == "object-removed":
        return f"{path} is now {new}" if new else f"{path} is gone"
    what = change.kind.replace("-", " ")
    if change.before is not None and change.after is not None:
        return f"{path}: {what}, from {change.before} to {change.after}"
    value = change.before if change.after is None else change.after
    return f"{path}: {what} ({value})" if value else f"{path}: {what}"


def _level(change: Change, directions: set[Direction]) -> Level:
    if change.kind in {"parameter-moved", "parameter-changed-default"}:
        return Level.WARNING
    if change.widened or change.narrowed:
        breaks_reader = change.widened and (Direction.RECEIVED in directions or not directions)
        breaks_sender = change.narrowed and (Direction.SENT in directions or not directions)
        return Level.BREAKING if breaks_reader or breaks_sender else Level.INFO
    return Level.BREAKING


def _module(symbol: str) -> str:
    return symbol.partition("::")[0]


def _name(symbol: str) -> str:
    return symbol.partition("::")[2]
