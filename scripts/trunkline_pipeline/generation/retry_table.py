"""Write the table of docs/retries.md from the rules of the engine."""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME: Final = "docs/retries.md"
_BEGIN: Final = "<!-- retry table: written by make generate -->\n"
_END: Final = "<!-- end of the retry table -->\n"
_HEAD: Final = (
    "| the attempt's end | repeated: GET, PUT, DELETE | repeated: POST | `maybe_accepted`: POST |",
    "|---|---|---|---|",
)
#: The HTTP statuses of failures and redirects (RFC 9110, section 15).
_STATUSES: Final = range(300, 600)


class _Row(NamedTuple):
    """The actions after an outcome, without and with a Retry-After header."""

    idempotent: tuple[bool, bool]
    other: tuple[bool, bool]
    maybe: tuple[bool, bool]


def render(root: Path) -> dict[str, bytes]:
    """Return the page, with its table made from the current rules, by its path in the repository.

    Raises:
        PipelineError: the page cannot be read, or has no marks for the table.
    """
    try:
        page = (root / NAME).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PipelineError(f"{root / NAME}: {error}") from None
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise PipelineError(f"{root / NAME}: no lines {_BEGIN.strip()} and {_END.strip()}")
    table = "\n".join([*_HEAD, *_rows(root)])
    return {NAME: f"{before}{begin}\n{table}\n\n{end}{after}".encode()}


def _rows(root: Path) -> Iterator[str]:
    overlay = str(root / "overlay")
    if overlay not in sys.path:
        sys.path.insert(0, overlay)
    row = _rules(
        import_module("trunkline._engine.session.retry"),
        import_module("trunkline._engine.provider"),
    )
    yield _line("no response, and no byte of the request was written", row(None, sent=False))
    yield _line("no response, and a byte may have been written", row(None, sent=True))
    grouped: dict[_Row, list[int]] = {}
    for status in _STATUSES:
        grouped.setdefault(row(status, sent=True), []).append(status)
    for outcome, statuses in grouped.items():
        yield _line(", ".join(_ranges(statuses)), outcome)


def _rules(retry: Any, provider: Any) -> Callable[..., _Row]:
    def row(status: int | None, *, sent: bool) -> _Row:
        plain = retry.AttemptResult(status, sent=sent)
        paced = retry.AttemptResult(status, sent=sent, retry_after=1.0 if status else None)
        idempotent, other = provider.IDEMPOTENT, provider.NON_IDEMPOTENT
        repeated, accepted = retry.is_retryable, retry.maybe_accepted
        return _Row(
            (repeated(plain, idempotent), repeated(paced, idempotent)),
            (repeated(plain, other), repeated(paced, other)),
            (accepted(plain, other), accepted(paced, other)),
        )

    return row


def _line(outcome: str, row: _Row) -> str:
    return f"| {outcome} | {' | '.join(map(_cell, row))} |"


def _cell(values: tuple[bool, bool]) -> str:
    plain, paced = ("yes" if value else "no" for value in values)
    return plain if plain == paced else f"{plain}; with Retry-After: {paced}"


def _ranges(statuses: list[int]) -> Iterator[str]:
    """Yield consecutive statuses as ``300 to 399``: value minus index is equal for all of them."""
    for _, pairs in groupby(enumerate(statuses), lambda pair: pair[1] - pair[0]):
        run = [status for _, status in pairs]
        yield str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}"
