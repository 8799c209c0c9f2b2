"""What the check reports: findings by rule, each with its place and its remedy."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from .rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not hold.

    Attributes:
        file: its file, relative to the repository.
        line: its line, 0 where the whole file is meant.
        rule: a key of ``RULES``.
        message: what does not hold, in one line.
        contract: the name of the contract's generated package, empty where none is concerned.
        operation: the operationId, likewise.
        pointer: the JSON pointer in the patched contract, likewise.
        end_line: the last line, 0 where it is not known.
        detail: further lines, such as those of a diff.
    """

    file: str
    line: int
    rule: str
    message: str
    contract: str = ""
    operation: str = ""
    pointer: str = ""
    end_line: int = 0
    detail: tuple[str, ...] = field(default=(), compare=False)

    @property
    def level(self) -> str:
        """``error`` or ``warning``; both fail the check."""
        return RULES[self.rule].level

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.rule].remedy

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {**asdict(self), "detail": list(self.detail)} | {
            "level": self.level,
            "remedy": self.remedy,
        }


def from_json(values: Mapping[str, Any]) -> Finding:
    """Return the finding that ``to_json`` gave."""
    known: dict[str, Any] = {name: values[name] for name in Finding.__dataclass_fields__}
    known["detail"] = tuple(known["detail"])
    return Finding(**known)


def ordered(found: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, by file, line and rule."""
    return sorted(set(found))
