"""The call ledger: what was requested, what was sent, and the outcome."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING, Any

from trunkline.errors import ConfigurationError
from trunkline.ledger.attempts import Attempt
from trunkline.ledger.clock import SYSTEM_CLOCK, LedgerClock
from trunkline.ledger.entry import Entry, accept
from trunkline.ledger.errors import LedgerStoreError
from trunkline.ledger.keys import checked_attempt, checked_key
from trunkline.ledger.opening import open_parts
from trunkline.ledger.records import LedgerRecords
from trunkline.ledger.settings import LedgerSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Self

    from trunkline.ledger.opening import Parts

__all__ = ["Ledger"]

_shared: dict[str, Ledger] = {}
_shared_lock = Lock()


class Ledger(LedgerRecords):
    """A durable record of every call that was requested under a key.

    Give it to a client, ``Pamela(ledger=Ledger.open("calls.db"))``: ``calls.create(key=...)`` then
    places one call for a key, however often and in whichever process it runs. Threads, tasks and
    clients may share a ledger. After a fork the child opens the store again.

    Use :meth:`open`.
    """

    def __init__(self, parts: Parts, settings: LedgerSettings, clock: LedgerClock) -> None:
        super().__init__(parts, settings, clock)
        self._spool = parts.spool
        # Tokens: the last response that was spooled, and the last one when the spool was read.
        self._written, self._taken = object(), object()
        self.take_spooled()

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str] | None = None,
        *,
        clock: LedgerClock = SYSTEM_CLOCK,
        **settings: Any,
    ) -> Ledger:
        """Open a ledger; create it if there is none.

        Args:
            where: the path of an SQLite file on a local disk, or ``postgresql://...``, which needs
                the extra ``fleet`` and ``TRUNKLINE_LEDGER_KEY``. Without it ``TRUNKLINE_LEDGER`` is
                read.
            clock: the clocks, for tests.
            settings: the attributes of :class:`~trunkline.ledger.LedgerSettings` by name.

        Raises:
            ConfigurationError: no path or URL was given, or a setting is not usable.
            LedgerStoreError: the file or database cannot be used; the text names the remedy.
            LedgerVersionError: a newer version of this package wrote it.
        """
        if not isinstance(where, str | os.PathLike | None):
            raise ConfigurationError(f"a ledger is a path or URL, not {type(where).__name__}")
        location = os.environ.get("TRUNKLINE_LEDGER") if where is None else os.fspath(where)
        if not location:
            raise ConfigurationError("a ledger needs a path or URL: give one, or TRUNKLINE_LEDGER")
        try:
            chosen = LedgerSettings(**settings)
        except TypeError as error:
            raise ConfigurationError(f"Ledger.open: {str(error).partition('() ')[2]}") from None
        return cls(open_parts(location), chosen, clock)

    @classmethod
    def shared(cls) -> Ledger:
        """Return the ledger that ``TRUNKLINE_LEDGER`` names, one for all clients of the process."""
        location = os.environ.get("TRUNKLINE_LEDGER", "")
        with _shared_lock:
            if location not in _shared:
                _shared[location] = cls.open(location)
            return _shared[location]

    @property
    def id(self) -> str:
        """The id with which this ledger's markers begin."""
        return self._parts.ledger_id

    def entry(
        self,
        ns: str,
        key: str,
        attempt: int,
        fields: Mapping[str, Any],
        lease: float,
    ) -> Entry:
        """Return the steps of one call; for the clients.

        Args:
            ns: provider, account and operation.
            key: the caller's key.
            attempt: the number of a deliberate further call.
            fields: the caller's arguments.
            lease: seconds after which another process may declare this one dead.
        """
        text = checked_key(key)
        wanted = Attempt(
            self._parts.digests.of_key(text, checked_attempt(attempt)),
            ns,
            1,
            owner=os.urandom(9).hex(),
            lease=lease,
            fields=self._parts.digests.of_fields(fields),
            label=text if self.settings.keep_keys else None,
        )
        return Entry(self._writer, self._clock, wanted, text, self.watch.unchanged_for)

    def marker(self, row: Attempt) -> str:
        """Return the marker that identifies an attempt's call in a provider's metadata."""
        return f"{self.id}.{row.key}.{row.n}"

    def write_later(self, row: Attempt, call_id: str | None, response: str) -> bool:
        """Spool a response that could not be recorded; return whether that was possible."""
        entry = {"key": row.key, "ns": row.ns, "n": row.n, "call_id": call_id, "ledger": self.id}
        done = self._spool.write({**entry, "response": response, "at": self._clock.wall()})
        self._written = object()
        return done

    def spool_if_failed(
        self, row: Attempt, call_id: str | None, response: str, recorded: Future[None]
    ) -> None:
        """Spool a response if ``recorded`` has failed."""
        if recorded.exception() is not None:
            self.write_later(row, call_id, response)

    @property
    def has_spooled(self) -> bool:
        """Whether the spool may hold a response of this process."""
        return self._taken is not self._written

    def take_spooled(self) -> None:
        """Record the responses in the spool; another ledger's and refused ones stay there.

        Raises:
            LedgerStoreError: the ledger cannot be read, or the spool cannot be written.
        """

        def take(entry: dict[str, Any]) -> bool:
            try:
                row = Attempt(entry["key"], entry["ns"], entry["n"])
                values = (entry["call_id"], entry["response"], self._clock.now(), '{"by": "spool"}')
            except KeyError:
                return False
            if entry.get("ledger", self.id) != self.id:
                return False
            try:
                self._writer.submit(lambda tx: accept(tx, row, *values)).result()
            except LedgerStoreError:
                # One entry that the store refuses must not block all calls.
                self.by_digest(row.key)  # raises if the store is unavailable
                failed.append(row)
                return False
            return True

        written, failed = self._written, list[Attempt]()
        self._spool.drain(take)
        if not failed:
            self._taken = written

    def close(self) -> None:
        """Finish the submitted operations and close the store."""
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self._parts.name}>"
