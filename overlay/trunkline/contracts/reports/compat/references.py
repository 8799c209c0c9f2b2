"""Which references lead, perhaps over others, to positions that are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.contracts._loading.document import resolve
from trunkline.contracts._loading.pointers import find, of_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from trunkline.contracts import Document

__all__ = ["Position", "file_of", "leading_to"]

Position = tuple[int, str]


def file_of(document: Document, base: int, name: str) -> int:
    """Return the number of the file that a reference in another file names."""
    if not name:
        return base
    names = [file.name for file in document.files]
    return names.index(resolve(names[base], name))


def leading_to(document: Document, wanted: AbstractSet[Position]) -> frozenset[Position]:
    """Return the targets of references at or below which a wanted position is found."""
    targets, users = _graph(document)
    useful = {target for target in targets if _holds(target, wanted)}
    todo = list(useful)
    while todo:
        for user in users.get(todo.pop(), ()):
            if user not in useful:
                useful.add(user)
                todo.append(user)
    return frozenset(useful)


def _holds(target: Position, wanted: AbstractSet[Position]) -> bool:
    file, pointer = target
    return any(one == file and f"{at}/".startswith(f"{pointer}/") for one, at in wanted)


def _graph(document: Document) -> tuple[set[Position], dict[Position, set[Position]]]:
    """Return every target of a reference, and for each those whose value refers to it."""
    targets: set[Position] = set()
    todo = [(number, "") for number in range(len(document.trees))]
    users: dict[Position, set[Position]] = {}
    while todo:
        user = todo.pop()
        for target in _targets(document, user):
            users.setdefault(target, set()).add(user)
            if target not in targets:
                targets.add(target)
                todo.append(target)
    return targets, users


def _targets(document: Document, at: Position) -> Iterator[Position]:
    stack: list[Any] = [find(document.trees[at[0]], at[1])]
    while stack:
        node = stack.pop()
        if is_object(node):
            ref = node.get("$ref")
            if isinstance(ref, str):
                name, _, fragment = ref.partition("#")
                yield file_of(document, at[0], name), of_fragment(fragment)
            stack.extend(node.values())
        elif is_array(node):
            stack.extend(node)
