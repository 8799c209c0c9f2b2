"""The queue of rows in PostgreSQL: which are due, who has them, and their results."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.errors import CampaignError, CampaignStoreError
from trunkline.campaigns.rows import Problem, Row
from trunkline.campaigns.settings import CampaignSettings
from trunkline.campaigns.storage import statements as sql
from trunkline.campaigns.storage.database import Database
from trunkline.campaigns.storage.values import RESULT, AcceptedCall, Campaign, Counts, QueuedRow
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Self

    from trunkline.campaigns.storage.database import Transaction
    from trunkline.campaigns.storage.values import Result

__all__ = ["CampaignStore"]

_STATES: Final = ("running", "paused", "cancelled")


class CampaignStore:
    """Campaigns in a PostgreSQL database.

    Args:
        url: ``postgresql://user:password@host/database``. Numbers and texts of the calls are kept
            there until :meth:`delete`.

    Raises:
        ConfigurationError: psycopg is not installed, or the URL is not a PostgreSQL URL.
        CampaignStoreError: the database cannot be used.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def create(self, settings: CampaignSettings, lines: Iterable[Row | Problem]) -> Counts:
        """Add a campaign, completely or not at all.

        Raises:
            CampaignError: there is a campaign of this name.
        """
        read = list(lines)

        def work(tx: Transaction) -> None:
            values = [settings.name, json.dumps(settings.to_dict())]
            if tx.execute(sql.CREATE, values).rowcount == 0:
                raise CampaignError(
                    f"there is a campaign {settings.name}: go on with it, or choose another name"
                )
            _copy(tx, settings.name, read)

        self._database.run(work)
        return self.counts(settings.name)

    def campaign(self, name: str) -> Campaign:
        """Return a campaign.

        Raises:
            CampaignError: there is no campaign of this name.
            CampaignStoreError: a newer version of this package created it.
        """
        found = self._select(sql.CAMPAIGN, name)
        if not found:
            raise CampaignError(f"there is no campaign {name!r:.70}: begin it with a file")
        settings, state, reason = found[0]
        try:
            return Campaign(CampaignSettings(**settings), state, reason)
        except TypeError:
            raise CampaignStoreError(
                f"a newer version began the campaign {name}: upgrade trunkline"
            ) from None

    def names(self) -> list[str]:
        """Return the names of all campaigns, newest first."""
        return [name for (name,) in self._select(sql.NAMES)]

    def steer(self, name: str, state: str, reason: str = "") -> None:
        """Make a campaign ``running``, ``paused`` or ``cancelled``; the last one is final.

        Calls that were accepted go on. Rows that workers have are not dialled any more, unless
        their request is already being sent.

        Raises:
            CampaignError: there is no such campaign, it is cancelled, or the state is not valid.
        """
        if state not in _STATES:
            raise CampaignError(f"a campaign is {', '.join(_STATES)}; not {state!r:.40}")
        if not self._change(sql.STEER, state, reason, name, state):
            self.campaign(name)  # raises where there is none
            raise CampaignError(f"the campaign {name} is cancelled: begin another one")
        if state == "cancelled":
            self._change(sql.CANCEL, name)

    def claim(self, name: str, limit: int, *, in_all: bool = False) -> list[QueuedRow]:
        """Return due rows, which are ``queued`` now and belong to the caller alone.

        Args:
            name: the campaign.
            limit: how many at most.
            in_all: whether the limit includes rows already queued or accepted, by any feeder.
        """

        def work(tx: Transaction) -> list[tuple[Any, ...]]:
            free = limit
            if in_all:
                tx.execute(sql.ONE_FEEDER, [name])
                free -= sum(count for (count,) in tx.execute(sql.BUSY, [name]))
            return tx.execute(sql.CLAIM, [name, max(0, free)]).fetchall()

        return [_queued(row) for row in self._database.run(work)]

    def row(self, name: str, line: int) -> QueuedRow | None:
        """Return a row, or None if the campaign has none of this line."""
        found = self._select(sql.ROW, name, line)
        return _queued(found[0]) if found else None

    def postpone(self, name: str, line: int, until: datetime) -> None:
        """Make a queued row ``ready`` again, due at a moment."""
        self._change(sql.POSTPONE, until, name, line)

    def record(self, name: str, line: int, result: Result) -> None:
        """Record the result of dialling a row; one that is accepted or final stays as it is."""
        values = (result.state, result.wait, int(result.refused), result.call_id, result.error)
        self._change(sql.RECORD, *values, name, line)

    def finish(
        self, call_id: str, outcome: str, seconds: float | None = None, cost: Any = None
    ) -> bool:
        """Record how an accepted call ended; return False where no row waits for it.

        Webhook handlers call it, once or more often: the first end counts.

        Args:
            call_id: the provider's id of the call.
            outcome: a word, such as ``completed``; the report counts the words.
            seconds: how long it lasted.
            cost: what it costs.

        Raises:
            InvalidArgumentError: the outcome is not 1 to 100 printable characters, or a number is
                not 0 or more.
        """
        _check_end(outcome, seconds, cost)
        return self._change(sql.FINISH, outcome, seconds, cost, call_id) > 0

    def accepted(self, name: str, since: float, limit: int) -> list[AcceptedCall]:
        """Return accepted calls that were not read for this many seconds."""
        return [AcceptedCall(*row) for row in self._select(sql.ACCEPTED, name, since, limit)]

    def recover(self, name: str, lease: float, longest_call: float) -> None:
        """Make rows of silent workers due again, and finish calls whose end is not known.

        A row whose worker is alive after all is safe: the ledger dials its key once.
        """
        self._change(sql.RECOVER, name, lease)
        self._change(sql.GIVE_UP, name, longest_call)

    def counts(self, name: str) -> Counts:
        """Count the rows of a campaign by state, and the lines that did not become rows."""
        lines = dict(self._select(sql.PROBLEM_COUNTS, name))
        rows = dict(self._select(sql.COUNTS, name))
        return Counts(rows, lines.get(False, 0), lines.get(True, 0))

    def problems(self, name: str) -> list[Problem]:
        """Return the lines that did not become rows, in order."""
        return [Problem(*row) for row in self._select(sql.PROBLEM_LIST, name)]

    def results(self, name: str) -> list[dict[str, Any]]:
        """Return the result of each row, in the order of the file."""
        rows = self._select(sql.RESULTS, name)
        return [dict(zip(RESULT, row, strict=True)) for row in rows]

    def delete(self, name: str) -> None:
        """Delete a campaign with its numbers and texts; the ledger keeps what was dialled.

        Raises:
            CampaignError: there is none, or it has rows that are not final.
        """
        self.campaign(name)
        if self.counts(name).open:
            raise CampaignError(f"the campaign {name} has open rows: cancel it, and let them end")
        self._change(sql.DELETE, name)

    def close(self) -> None:
        """Close the connection of this thread."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _select(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._database.execute(statement, values).fetchall()

    def _change(self, statement: str, *values: Any) -> int:
        return self._database.execute(statement, values).rowcount


def _check_end(outcome: object, seconds: object, cost: object) -> None:
    if not (isinstance(outcome, str) and 0 < len(outcome) <= 100 and outcome.isprintable()):
        raise InvalidArgumentError("outcome must have 1 to 100 printable characters")
    for name, value in (("seconds", seconds), ("cost", cost)):
        if value is not None and not (
            isinstance(value, int | float | Decimal)
            and not isinstance(value, bool)
            and 0 <= value < math.inf
        ):
            raise InvalidArgumentError(f"{name} must be a number of 0 or more")


def _copy(tx: Transaction, name: str, lines: list[Row | Problem]) -> None:
    cursor = tx.cursor()
    with cursor.copy(sql.ROWS) as copy:
        for row in lines:
            if isinstance(row, Row):
                fields = json.dumps(row.fields)
                copy.write_row((name, row.line, row.key, row.to, fields, list(row.zones)))
    with cursor.copy(sql.PROBLEMS) as copy:
        for line in lines:
            if isinstance(line, Problem):
                copy.write_row((name, line.line, line.text, line.is_duplicate))


def _queued(found: tuple[Any, ...]) -> QueuedRow:
    line, key, number, fields, zones, attempts, state = found
    return QueuedRow(Row(line, key, number, fields, tuple(zones)), attempts, state)
