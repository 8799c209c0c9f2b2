"""Copy schemas for the only operations that show what a correction is about.

A component is copied if it lies between a response of these operations and the schema to correct,
and anything else uses it too. References that only these operations follow then name the copies.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from trunkline._shapes.schemas import Schemas
from trunkline.contracts.overlays import apply

from .actions import targets_of
from .references import References, component_of
from .targets import EVIDENCE, overlay, unescaped, update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trunkline._shapes.counts import Counts

    from .finding import Finding
    from .targets import Action

__all__ = ["Part", "of_some", "separated"]

_RULE_OF_THREE: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Operations that show the same findings, and their copies of components.

    Attributes:
        operations: their ids.
        copies: the pointer of each copy, by that of the component.
    """

    operations: frozenset[str]
    copies: dict[str, str]

    def moved(self, finding: Finding) -> Finding:
        """Return a finding with its pointer moved to the copy."""
        return replace(finding, pointer=self._moved(finding.pointer))

    def counts(self, counts: Counts) -> Counts:
        """Return counts with their pointers moved to the copies."""
        inside = {
            part: {self._moved(pointer): each for pointer, each in counts.get(part, {}).items()}
            for part in ("objects", "places")
        }
        return {**counts, **inside}

    def _moved(self, pointer: str) -> str:
        component = component_of(pointer)
        return self.copies.get(component, component) + pointer[len(component) :]


def of_some(document: dict[str, Any], counts: Counts, found: Iterable[Finding]) -> list[Finding]:
    """Return findings that some operations show and the others would have shown by now.

    After n responses without it, its rate may still be 3/n (95 %). At the rate of the operations
    that show it, the others need that many. Operations without responses do not count.
    """
    references = References(document)
    return [each for each in found if each.loosens and _is_of_some(each, references, counts)]


def _is_of_some(finding: Finding, references: References, counts: Counts) -> bool:
    objects, own = counts.get("objects", {}), finding.pointer
    node: Counts = objects.get(own) or objects.get(own.rpartition("/properties/")[0]) or {}
    targets = targets_of(finding, references.schemas)
    others: list[int] = []
    for name, counted in counts.get("operations", {}).items():
        if name in finding.evidence.operations:
            continue
        if references.leads(name, own):
            others.append(node.get("operations", {}).get(name, 0))
        elif any(references.leads(name, at) for at in targets):
            others.append(counted["answers"])
    seen = [count for count in others if count]
    return bool(seen) and min(seen) * finding.evidence.share >= _RULE_OF_THREE


def separated(
    document: dict[str, Any], found: Sequence[Finding]
) -> tuple[list[Part], list[Action], dict[str, Any]]:
    """Return the parts, the actions that make their copies, and the document with them.

    Args:
        document: the contract; it is not changed.
        found: the findings that some operations show and the others do not.
    """
    parts: list[Part] = []
    taken: list[Action] = []
    for operations, theirs in _groups(found):
        part, new = _part(References(document), operations, theirs)
        document = _applied(document, new)
        parts.append(part)
        taken += new
    return parts, taken, document


def _groups(found: Sequence[Finding]) -> Iterator[tuple[list[str], list[Finding]]]:
    """Yield the operations that show the same findings, and these findings."""
    shown: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        for operation in each.evidence.operations:
            shown[operation].append(number)
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for operation, numbers in shown.items():
        alike[tuple(numbers)].append(operation)
    for same, operations in alike.items():
        yield operations, [found[number] for number in same]


def _part(
    references: References, operations: list[str], found: Sequence[Finding]
) -> tuple[Part, list[Action]]:
    targets = {component_of(at) for each in found for at in targets_of(each, references.schemas)}
    answers = references.answers(operations)
    between = {
        each
        for at in answers
        for each in references.reached(at)
        if not targets.isdisjoint({each, *references.reached(each)})
    }
    shared = sorted(between & references.used_elsewhere(operations))
    copies = _named(references, shared, operations)
    led = [
        each
        for at in (*answers, *sorted(between - {*shared}))
        for each in _led(references, at, copies)
    ]
    part = Part(frozenset(operations), copies)
    return part, [*_copied(references, copies, operations), *led]


def _named(references: References, shared: Sequence[str], operations: list[str]) -> dict[str, str]:
    """Return a pointer for each copy, named after its first operation."""
    words = re.split(r"[^A-Za-z0-9]+", min(operations))
    end = "Of" + "".join(word[:1].upper() + word[1:] for word in words)
    copies: dict[str, str] = {}
    for component in shared:
        name = f"{component}{end}"
        while references.schemas.at(name):
            name += "2"
        copies[component] = name
    return copies


def _copied(references: References, copies: dict[str, str], operations: list[str]) -> list[Action]:
    inside = [each for component in copies for each in _led(references, component, copies)]
    schemas = Schemas(_applied(references.document, inside))
    found: list[Action] = []
    for component, copy in copies.items():
        kind, name = copy.rsplit("/", 1)
        # Generators name classes by the title, and two classes of one name would collide.
        content = {key: each for key, each in schemas.at(component).items() if key != "title"}
        which = f"A copy of {component.rsplit('/', 1)[1]} for {', '.join(sorted(operations))}"
        description = f"{which}: other operations do not show what is corrected in it."
        action = update(kind, {unescaped(name): content})
        found.append({**action, "description": description, **EVIDENCE})
    return found


def _led(references: References, pointer: str, copies: dict[str, str]) -> list[Action]:
    """Return the actions that redirect references below a pointer to the copies."""
    found: list[Action] = []
    for each in references.inside(pointer):
        if each.component in copies:
            value: dict[str, Any] = {each.key: copies[each.component] + each.below}
            if each.pointer.endswith("/discriminator"):
                value = {"mapping": value}
            found.append({**update(each.pointer, value), **EVIDENCE})
    return found


def _applied(document: dict[str, Any], new: list[Action]) -> dict[str, Any]:
    return apply(document, overlay("", new), must_match=True) if new else document
