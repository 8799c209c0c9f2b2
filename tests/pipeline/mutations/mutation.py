"""A change of the repository that the contract check must report, or must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Document = dict[str, Any]
Edit = Callable[[Document], object]
#: Kind, place, edit, and whether a user would notice it.
Edits = Iterator[tuple[str, str, Edit, bool]]


class Mutation(NamedTuple):
    """A change: kind, place, file, and a function that returns the new text.

    ``package`` is the package to regenerate; empty if there is none.
    """

    kind: str
    place: str
    file: str
    text: Callable[[], str]
    package: str = ""
    noticeable: bool = True


def always(text: str) -> Callable[[], str]:
    """Return a function that returns a fixed text."""
    return lambda: text


def put(*path: Any, value: Any) -> Edit:
    """Return an edit that sets a value of a document."""

    def edit(document: Document) -> None:
        target: Any = document
        for part in path[:-1]:
            target = target[part]
        target[path[-1]] = value

    return edit


def drop(*path: Any) -> Edit:
    """Return an edit that removes a value of a document."""

    def edit(document: Document) -> None:
        target: Any = document
        for part in path[:-1]:
            target = target[part]
        target.pop(path[-1])

    return edit
