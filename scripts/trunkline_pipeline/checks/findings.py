"""What the check reports: findings by rule, each with its location and remedy."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from .rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One violation of a rule.

    Attributes:
        file: its file, relative to the repository.
        line: its line, 0 for the whole file.
        rule: a key of ``RULES``.
        message: what is wrong, in one line.
        contract: the name of the contract's generated package, empty if it is not about one.
        operation: the operationId, likewise.
        pointer: the JSON pointer in the patched contract, likewise.
        end_line: the last line, 0 if unknown.
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
        """Return all fields as JSON values."""
        return {**asdict(self), "detail": list(self.detail)} | {
            "level": self.level,
            "remedy": self.remedy,
        }


def from_json(values: Mapping[str, Any]) -> Finding:
    """Return the finding from the output of ``to_json``."""
    known: dict[str, Any] = {name: values[name] for name in Finding.__dataclass_fields__}
    known["detail"] = tuple(known["detail"])
    return Finding(**known)


def ordered(found: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, by file, line and rule."""
    return sorted(set(found))
