"""The column `python`: what changes in the generated client, next to the edit that causes it."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from trunkline.contracts.impact.surface import objects
from trunkline.contracts.impact.surface.compare import Change, compare
from trunkline.contracts.impact.surface.generate import generated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.contracts.impact.cache import Cache

__all__ = ["Surfaces"]


class Surfaces:
    """What differs between the clients of two documents.

    Attributes:
        changes: every incompatible difference.
        moved: new dotted path of each renamed module, by the old one.
    """

    def __init__(self, changes: list[Change], moved: dict[str, str]) -> None:
        self.changes = changes
        self.moved = moved

    @classmethod
    def of(
        cls,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        *,
        generator: bool | None,
        cache: Cache,
        digest: str,
    ) -> Surfaces:
        """Return the differences, from the cache if the documents were compared before.

        Raises:
            ContractError: the generator is requested but not installed, or cannot read a document.
        """
        key = hashlib.blake2b(f"surfaces {generator} {digest}".encode(), digest_size=16).hexdigest()
        kept = cache.get(key, cls._kept)
        if kept is not None:
            return kept
        with ExitStack() as stack:
            sides = [("old", old), ("new", new)]
            folders = [
                stack.enter_context(
                    generated(document, "client", generator=generator, label=f"the {side} document")
                )
                for side, document in sides
            ]
            first, second = (objects.read(folder) for folder in folders)
        found = cls(list(compare(first, second)), _moved(first, second))
        changes = [asdict(each) for each in found.changes]
        cache.put(key, {"changes": changes, "moved": found.moved})
        return found

    @classmethod
    def _kept(cls, kept: Any) -> Surfaces:
        return cls([Change(**each) for each in kept["changes"]], dict(kept["moved"]))


def _moved(old: Mapping[str, objects.Module], new: Mapping[str, objects.Module]) -> dict[str, str]:
    """Return the new names of renamed modules, by old name."""
    gone = {name: _shape(module) for name, module in old.items() if name not in new}
    come: dict[Any, list[str]] = {}
    for name, module in new.items():
        if name not in old:
            come.setdefault(_shape(module), []).append(name)
    found: dict[str, str] = {}
    for name, shape in gone.items():
        counterparts = come.get(shape, [])
        if len(counterparts) == 1 and list(gone.values()).count(shape) == 1:
            found[name] = counterparts[0]
    return found


def _shape(module: objects.Module) -> Any:
    """Return a module's content without its name: its operation, or the fields of its class."""
    parts: list[Any] = []
    for name, each in module.members.items():
        if isinstance(each, objects.Function):
            names = tuple(parameter.name for parameter in each.parameters)
            parts.append((name, names))
        elif isinstance(each, objects.Class):
            parts.append(("class", tuple(each.attributes)))
    return module.request, tuple(parts)
