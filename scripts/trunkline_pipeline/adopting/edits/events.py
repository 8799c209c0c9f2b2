"""Mark the event classes of removed webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst

from trunkline_pipeline.adopting.todo import Question
from trunkline_pipeline.checks.static import events

from . import imports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trunkline_pipeline.adopting.changes import Changes
    from trunkline_pipeline.checks.source.facts import Facts


def follow(facts: Facts, changes: Changes) -> Iterator[Question]:
    """Make handlers of removed webhooks warn; removing the classes is left to a person."""
    module = events.module_of(facts, changes.package)
    if module is None or not changes.removed_events:
        return
    names = {
        each.name: name
        for each in module.classes()
        if (name := events.event_of(each)) in changes.removed_events
    }
    path = facts.sources.root / module.file
    path.write_text(marked(path.read_text(encoding="utf-8"), names), encoding="utf-8")
    for owner, name in names.items():
        text = f"no webhook sends {name} any more: handlers warn, until a release takes it out"
        yield Question(module.file, owner, "", text, breaking=True)


def marked(text: str, classes: Collection[str]) -> str:
    """Return a module of event classes with some marked as those of removed webhooks."""
    module = cst.parse_module(text).visit(_Marker(classes))
    return imports.added(module, [("trunkline.webhooks.events.base", events.REMOVED)]).code


_MARK: Final = cst.Decorator(cst.Name(events.REMOVED))


class _Marker(cst.CSTTransformer):
    def __init__(self, classes: Collection[str]) -> None:
        super().__init__()
        self._classes = classes

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.ClassDef:
        del original_node
        known = any(_MARK.decorator.deep_equals(e.decorator) for e in updated_node.decorators)
        if known or updated_node.name.value not in self._classes:
            return updated_node
        return updated_node.with_changes(decorators=[_MARK, *updated_node.decorators])
