"""The rows of a campaign, and their states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

__all__ = ["TERMINAL", "Problem", "Record", "Row", "RowState"]

#: A row as a file has it: column names and values.
Record: TypeAlias = Mapping[str, Any]


class RowState(StrEnum):
    """The state of a row.

    ``ready`` waits for its time, ``queued`` was given to a worker, ``accepted`` is a call whose
    end is not known yet, ``unknown`` waits for evidence. The others are final.
    """

    READY = "ready"
    QUEUED = "queued"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    FINISHED = "finished"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


#: The states that a row does not leave.
TERMINAL = frozenset({RowState.FINISHED, RowState.REJECTED, RowState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Row:
    """A call to place.

    Attributes:
        line: the line of the file, or the number of the row in a Parquet file; from 1.
        key: the row's own key, such as an order number.
        to: the number, E.164.
        fields: the further arguments of the call.
        zones: the time zones in which the number may be; empty where no window applies.
    """

    line: int
    key: str = field(repr=False)
    to: str = field(repr=False)
    fields: dict[str, Any] = field(repr=False)
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of a file that will not be dialled.

    Attributes:
        line: the line, or the number of the row in a Parquet file; from 1.
        text: what is wrong and what helps; without the values of the line.
        is_duplicate: whether the key is that of an earlier line.
    """

    line: int
    text: str
    is_duplicate: bool = False
