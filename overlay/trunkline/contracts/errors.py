"""The error for a contract that cannot be read or compared."""

from __future__ import annotations

from trunkline.errors import TrunklineError

__all__ = ["ContractError"]


class ContractError(TrunklineError, ValueError):
    """A document could not be read, or is not a contract that can be compared.

    Attributes:
        problem: the sentence without the location.
        document: path, URL or `revision:path` of the document.
        pointer: RFC 6901 pointer of the invalid value; None if the whole document is invalid.
        line: counts from 1; None if unknown.
        column: counts from 1; None if unknown.
    """

    def __init__(
        self,
        problem: str,
        *,
        document: str = "",
        pointer: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        self.problem = problem
        self.document = document
        self.pointer = pointer
        self.line = line
        self.column = column
        super().__init__(self._text())

    def _text(self) -> str:
        location = ":".join(str(part) for part in (self.document, self.line, self.column) if part)
        inside = f" at {self.pointer}" if self.pointer else ""
        return f"{location}{inside}: {self.problem}" if location or inside else self.problem

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.problem, self.document, self.pointer, self.line, self.column))


def _rebuild(
    problem: str, document: str, pointer: str | None, line: int | None, column: int | None
) -> ContractError:
    return ContractError(problem, document=document, pointer=pointer, line=line, column=column)
