"""The interface of a store."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trunkline.ledger.attempts import Attempt

__all__ = ["Job", "Store", "Transaction"]

T = TypeVar("T")


class Transaction(Protocol):
    """One transaction; what it reads of a key cannot change until it ends."""

    def lock(self, key: str) -> None:
        """Make others that lock the key wait until the end; the key may have no attempts."""
        ...

    def unhurried(self) -> None:
        """Lift the time limit on the statements of this transaction."""
        ...

    def rows(self, key: str) -> tuple[Attempt, ...]:
        """Return the attempts of a key, at each provider in the order of their numbers."""
        ...

    def insert(self, row: Attempt) -> None:
        """Add an attempt of a key that is locked."""
        ...

    def update(self, row: Attempt) -> None:
        """Change an attempt that :meth:`rows` has returned."""
        ...

    def select(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query; ``?`` stands for a value."""
        ...

    def execute(self, statement: str, *values: Any) -> int:
        """Run a statement and return how many rows it changed."""
        ...


@dataclass(slots=True)
class Job(Generic[T]):
    """An operation on the store, and its result.

    An operation may be run again after a lost connection. It raises before it writes or not at
    all, because the operations of a batch share one transaction.

    Attributes:
        operation: what to do.
        durable: whether it must survive a loss of power before it counts as done.
        future: the result.
    """

    operation: Callable[[Transaction], T]
    durable: bool = True
    future: Future[T] = field(default_factory=Future[T])


class Store(Protocol):
    """A store of records; only one thread uses it."""

    name: str

    def run(self, jobs: Sequence[Job[Any]]) -> list[tuple[Any, Exception | None]]:
        """Run jobs and commit; return the result or the error of each.

        Raises:
            LedgerStoreError: nothing was committed.
        """
        ...

    def close(self) -> None:
        """Close the connection."""
        ...

    def abandon(self) -> None:
        """Forget a connection that belongs to the parent process; called after a fork."""
        ...
