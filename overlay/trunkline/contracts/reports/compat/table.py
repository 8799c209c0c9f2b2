"""Which ids of the other tool stand for which edits; ``oasdiff.toml`` holds the mapping."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["Selector", "by_kind", "unmatched"]

#: Parts that stand for several: what does not tell the body from what is in it.
_EITHER: Final = {
    "request-any": frozenset({"request-body", "request-property"}),
    "response-any": frozenset({"response-body", "response-property"}),
}


class Selector(NamedTuple):
    """When an id stands for an edit.

    Attributes:
        id: what the other tool calls it.
        parts: where the edit must lie: in a body, a property, a parameter, the operation ...
        needs: facts that must hold.
        lacks: facts that must not hold.
    """

    id: str
    parts: frozenset[str]
    needs: frozenset[str]
    lacks: frozenset[str]

    def fits(self, part: str, facts: AbstractSet[str]) -> bool:
        """Return whether the id stands for an edit in this part, of which these facts hold."""
        return part in self.parts and self.needs <= facts and not self.lacks & facts


@cache
def _data() -> dict[str, dict[str, list[str] | str]]:
    text = files("trunkline.contracts.reports.compat").joinpath("oasdiff.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def by_kind() -> dict[str, tuple[Selector, ...]]:
    """Return the selectors of each kind of edit, sorted by id."""
    found: dict[str, tuple[Selector, ...]] = {}
    for name, texts in sorted(_data()["ids"].items()):
        for text in texts:
            kind, part, *facts = text.split()
            lacks = frozenset(fact[1:] for fact in facts if fact.startswith("!"))
            needs = frozenset(fact for fact in facts if not fact.startswith("!"))
            selector = Selector(name, _EITHER.get(part, frozenset({part})), needs, lacks)
            found[kind] = (*found.get(kind, ()), selector)
    return found


def unmatched() -> dict[str, str]:
    """Return the ids that have no counterpart here, each with the reason."""
    return {name: str(reason) for name, reason in _data()["none"].items()}
