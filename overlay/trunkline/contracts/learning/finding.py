"""A difference between counted responses and the contract."""

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
        answers: in how many responses.
        objects: how many objects of its kind were seen in total.
        count: how many of them showed it.
        first: the first day, such as ``2026-11-28``.
        last: the last day.
        operations: the operations whose responses showed it.
        of: all operations whose responses had objects of the kind.
        sampled: whether only a part of the responses was examined.
        share: the fraction that showed it, of the responses with such objects of the operations
            that showed it; at most 1.
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
    """A difference between the counts and the contract.

    Attributes:
        kind: what it is about.
        pointer: the schema, or the operation for a status.
        name: the field, status or value; empty if it has none.
        types: JSON types that were seen, for a field or a type.
        detail: a format, the former name of a list, or the documented status that it resembles.
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
        """Whether actual responses break the current contract."""
        return self.kind not in _TIGHTENING

    @property
    def key(self) -> tuple[str, str, str]:
        """The identity of the finding."""
        return self.kind.value, self.pointer, self.name
