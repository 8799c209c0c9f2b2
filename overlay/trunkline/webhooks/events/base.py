"""The base class of events, and the class of unknown ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Event", "UnknownEvent"]


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
    """An event that the pinned contract does not have; ``event`` and ``payload`` hold it whole."""
