"""Something that counts of answers say and the contract does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["Evidence", "Finding", "Kind"]


class Kind(StrEnum):
    """What a finding is about; the first eight loosen the contract."""

    FIELD = "undocumented field"
    ABSENT = "required field absent"
    NULL = "null where none is allowed"
    TYPE = "another type"
    STATUS = "undocumented status"
    VALUE = "new enum value"
    LIST = "list under another name"
    MAP = "keys that are data"
    REQUIRED = "optional field always there"
    NARROWER = "type never seen"
    FORMAT = "format of every text"
    UNSEEN = "documented field never seen"


_TIGHTENING: Final = frozenset({Kind.REQUIRED, Kind.NARROWER, Kind.FORMAT, Kind.UNSEEN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often something was seen.

    Attributes:
        answers: in how many answers.
        objects: how many objects of its kind were seen in all.
        count: how many of them showed it.
        first: the first day, such as ``2026-11-28``.
        last: the last day.
        operations: the operations whose answers showed it.
        of: all operations whose answers had objects of the kind.
        sampled: whether only a part of the answers was looked at.
        share: how many of their answers that had such objects showed it, up to 1.
    """

    answers: int
    objects: int
    count: int
    first: str
    last: str
    operations: tuple[str, ...]
    of: tuple[str, ...]
    sampled: bool
    share: float


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the counts say and the contract does not.

    Attributes:
        kind: what it is about.
        pointer: the schema, or the operation for a status.
        name: the field, status or value; empty for what has none.
        types: JSON types that were seen, for a field or a type.
        detail: a format, the former name of a list, or the documented status that it is like.
        evidence: how often.
    """

    kind: Kind
    pointer: str
    name: str
    evidence: Evidence
    types: tuple[str, ...] = ()
    detail: str = ""

    @property
    def loosens(self) -> bool:
        """Whether answers as they come break the contract as it is."""
        return self.kind not in _TIGHTENING

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies it."""
        return self.kind.value, self.pointer, self.name
