"""The base class of events, and the class of unknown ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

__all__ = ["Event", "UnknownEvent", "is_removed", "removed_webhook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of any contract.

    Attributes:
        event: the event's name in the contract.
        payload: the whole decoded payload, documented fields and others alike. It may hold
            personal data and is not part of ``repr``.
    """

    event: str
    payload: dict[str, Any] = field(repr=False, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEvent(Event):
    """An event that is not in the pinned contract; ``event`` and ``payload`` hold all of it."""


_REMOVED: Final[set[object]] = set()
E = TypeVar("E", bound=Event)


def removed_webhook(event_type: type[E]) -> type[E]:
    """Mark the class of a webhook removed from the contract; registering a handler warns."""
    _REMOVED.add(event_type)
    return event_type


def is_removed(event_type: object) -> bool:
    """Return whether a class is marked as removed."""
    return event_type in _REMOVED
