"""All facts of a consumer's code, indexed by what they concern."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.contracts.impact.facts.model import Branch, Call, Facts, Read, Reference

__all__ = ["Index"]


class Index:
    """Facts by the symbol, attribute or enum that they concern."""

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self.calls: dict[str, list[tuple[str, Call]]] = defaultdict(list)
        self.reads: dict[tuple[str, str, bool], list[tuple[str, Read]]] = defaultdict(list)
        self.references: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
        self.branches: dict[str, list[tuple[str, Branch]]] = defaultdict(list)
        self.stores: set[tuple[str, str, str, str]] = set()
        for file, each in facts.items():
            self._add(file, each)

    def _add(self, file: str, facts: Facts) -> None:
        for call in facts.calls:
            self.calls[call.target].append((file, call))
            if call.store:
                self.stores.update((file, call.function, call.target, n) for n in call.arguments)
        for read in facts.reads:
            self.reads[read.owner, read.name, read.wire].append((file, read))
        for reference in facts.references:
            self.references[reference.target].append((file, reference))
        for branch in facts.branches:
            if branch.enum:
                self.branches[branch.enum].append((file, branch))
            if branch.owner:
                self.branches[f"{branch.owner}.{branch.name}"].append((file, branch))

    def targets_in(self, module: str) -> list[str]:
        """Return those of a module and its symbols that the code names, sorted."""
        names = {*self.references, *self.calls}
        return sorted(name for name in names if name == module or name.startswith(f"{module}::"))
