"""The ignore file: which findings are accepted, why, and until when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts.reports.review import Ignored, qualified_name
from trunkline.contracts.reports.suppression.errors import SuppressionError
from trunkline.contracts.reports.suppression.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import Finding
    from trunkline.contracts.reports.review import Review

__all__ = ["IgnoreEntry", "IgnoreFile"]

_KEYS: Final = frozenset({"fingerprint", "rule", "pointer", "reason", "expires"})


@dataclass(frozen=True, slots=True)
class IgnoreEntry:
    """One entry of an ignore file.

    Attributes:
        reason: why the finding is accepted; never empty.
        fingerprint: of the one finding to ignore; empty if ``rule`` is given.
        rule: a rule, or a row of the level table (``rule.direction``), or a glob of either.
        pointer: glob over unit and pointer, or over the pointer in the old or new document;
            empty for every location.
        expires: the last day on which the entry is valid; None if it does not expire.
        number: position in the file, from 1.
    """

    reason: str
    fingerprint: str = ""
    rule: str = ""
    pointer: str = ""
    expires: date | None = None
    number: int = 0

    def covers(self, finding: Finding) -> bool:
        """Return whether the entry covers this finding, regardless of its expiry."""
        if self.fingerprint:
            return finding.fingerprint == self.fingerprint
        rules = (finding.rule, *(verdict.key for verdict in finding.verdicts))
        named = any(matches(self.rule, rule) for rule in rules)
        return named and any(matches(self.pointer or "**", text) for text in _pointers(finding))

    def __str__(self) -> str:
        what = self.fingerprint or f"{self.rule} {self.pointer or '**'}"
        return f"entry {self.number} ({what}: {self.reason})"


def _pointers(finding: Finding) -> Iterator[str]:
    yield qualified_name(finding)
    for location in (finding.edit.old, finding.edit.new):
        if location is not None:
            yield location.pointer


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """The entries of an ignore file, in their order; the first that covers a finding counts."""

    entries: tuple[IgnoreEntry, ...] = ()

    @classmethod
    def read(cls, path: str) -> IgnoreFile:
        """Read a TOML file with a table ``[[ignore]]`` for each entry.

        Raises:
            SuppressionError: the file cannot be read, is not TOML, or an entry is incomplete.
        """
        try:
            with open(path, "rb") as file:
                data = tomllib.load(file)
        except OSError as error:
            raise SuppressionError(f"{path}: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SuppressionError(f"{path} is not TOML: {error}") from error
        return cls(tuple(_entries(data, path)))

    def apply(self, review: Review, today: date) -> Review:
        """Return the review without the findings that are ignored on this day.

        Entries that have expired and entries that cover nothing are named in its notes.
        """
        valid = [e for e in self.entries if e.expires is None or e.expires >= today]
        ignored: list[Ignored] = []
        used: set[int] = set()
        for finding in review.report.findings:
            entry = next((e for e in valid if e.covers(finding)), None)
            if entry:
                used.add(entry.number)
                ignored.append(Ignored(finding, entry.reason))
        return review.without(ignored, (), self._notes(today, used))

    def _notes(self, today: date, used: set[int]) -> Iterator[str]:
        for entry in self.entries:
            if entry.expires is not None and entry.expires < today:
                yield f"ignore file: {entry} expired on {entry.expires}; renew or delete it"
            elif entry.number not in used:
                yield f"ignore file: {entry} matches no finding; delete it"


def _entries(data: dict[str, Any], path: str) -> Iterator[IgnoreEntry]:
    unknown = sorted(set(data) - {"ignore"})
    tables = data.get("ignore", [])
    if unknown or not is_array(tables):
        name = unknown[0] if unknown else "ignore"
        raise SuppressionError(f"{path}: {name!r} is unexpected; write one [[ignore]] per entry")
    for number, table in enumerate(tables, 1):
        problems = _problems(table) if is_object(table) else iter(["it must be a table"])
        for problem in problems:
            raise SuppressionError(f"{path}: entry {number}: {problem}")
        yield IgnoreEntry(**table, number=number)


def _problems(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key not in _KEYS:
            yield f"{key!r} is not known; use {', '.join(sorted(_KEYS))}"
        if key == "expires" and type(value) is not date:
            yield f"expires must be a date such as 2027-01-31, not {value!r}"
        if key != "expires" and not (isinstance(value, str) and value.strip()):
            yield f"{key} must be text that is not empty"
    if "reason" not in table:
        yield "reason is missing; say why the finding is accepted"
    if ("fingerprint" in table) == ("rule" in table):
        yield "give either fingerprint or rule"
    if "fingerprint" in table and "pointer" in table:
        yield "pointer goes with rule, a fingerprint already names one location"
