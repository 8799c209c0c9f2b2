"""The baseline: findings that already existed when checking started, by fingerprint."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from trunkline.contracts.model import Level
from trunkline.contracts.reports.review import qualified_name
from trunkline.contracts.reports.suppression.errors import SuppressionError
from trunkline.contracts.reports.visible import jsonable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline.contracts.reports.review import Review

__all__ = ["Baseline"]

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings, and the level of each when the baseline was written.

    Attributes:
        levels: level by fingerprint.
        rows: the entry of the file for each finding, for human readers.
    """

    levels: Mapping[str, Level]
    rows: tuple[Mapping[str, str], ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, review: Review) -> Baseline:
        """Return the baseline that makes every finding of a review known."""
        findings = sorted((*review.report.findings, *review.known), key=lambda f: f.fingerprint)
        rows = tuple(
            {
                "fingerprint": finding.fingerprint,
                "level": review.level_of(finding).label,
                "rule": finding.rule,
                "location": qualified_name(finding),
            }
            for finding in findings
        )
        return cls({row["fingerprint"]: Level.parse(row["level"]) for row in rows}, rows)

    @classmethod
    def read(cls, path: str) -> Baseline:
        """Read a file that :meth:`write` wrote.

        Raises:
            SuppressionError: the file cannot be read, or was not written by this tool.
        """
        try:
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
            return cls({row["fingerprint"]: Level.parse(row["level"]) for row in _rows(data)})
        except FileNotFoundError as error:
            raise SuppressionError(
                f"{path} does not exist: write it first with --update-baseline"
            ) from error
        except OSError as error:
            raise SuppressionError(f"{path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise SuppressionError(
                f"{path} is not a baseline: write it again with --update-baseline"
            ) from error

    def write(self, path: str) -> None:
        """Write the baseline, one finding per line, so that a review shows what was added.

        Raises:
            SuppressionError: the file cannot be written.
        """
        rows = ",\n".join(f"    {json.dumps(jsonable(row))}" for row in self.rows)
        text = f'{{\n  "version": {_VERSION},\n  "findings": [\n{rows}\n  ]\n}}\n'
        try:
            with open(f"{path}.part", "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.replace(f"{path}.part", path)
        except OSError as error:
            raise SuppressionError(f"{path} cannot be written: {error.strerror}") from error

    def apply(self, review: Review) -> Review:
        """Return the review without known findings that have not become worse.

        Fingerprints that no finding has any more are counted in its notes.
        """
        known = [
            finding
            for finding in review.report.findings
            if review.level_of(finding) <= self.levels.get(finding.fingerprint, -1)
        ]
        present = {finding.fingerprint for finding in review.report.findings}
        return review.without((), known, self._notes(len(set(self.levels) - present)))

    def _notes(self, gone: int) -> Iterator[str]:
        if gone:
            ones = "1 finding is" if gone == 1 else f"{gone} findings are"
            yield f"baseline: {ones} no longer there; write it again with --update-baseline"


def _rows(data: Any) -> list[dict[str, str]]:
    if data["version"] != _VERSION:
        raise ValueError(f"version {data['version']!r} is not known")
    return cast("list[dict[str, str]]", data["findings"])
