"""Errors of the call ledger, below :class:`trunkline.errors.TrunklineError`.

* LedgerError
  - LedgerStoreError       the file or database cannot be used, so nothing was sent
    + LedgerVersionError   it was written by a newer version
  - LedgerWriteError       the call was placed, but its response could not be recorded; ``call``
  - KeyConflictError       the key was used for another request; ``fields`` names the differences
  - KeyInFlightError       another caller is sending the request of this key
  - CallUnknownError       the call of this key may have been placed; evidence has to decide
  - CallNotPlacedError     the call of this key was not placed
"""

from __future__ import annotations

from typing import Any

from trunkline.errors import TrunklineError

__all__ = [
    "CallNotPlacedError",
    "CallUnknownError",
    "KeyConflictError",
    "KeyInFlightError",
    "LedgerError",
    "LedgerStoreError",
    "LedgerVersionError",
    "LedgerWriteError",
]


class LedgerError(TrunklineError):
    """The base of the ledger's errors.

    A request whose response is lost raises the API's AmbiguousResultError, not one of these.

    Attributes:
        key: the caller's own key, None if the error is not about a single key.
    """

    key: str | None = None

    def __init__(self, message: str = "", *, key: str | None = None, **facts: Any) -> None:
        super().__init__(message)
        self.key = key
        self.__dict__.update(facts)

    def __reduce__(self) -> tuple[Any, ...]:
        state = {name: value for name, value in self.__dict__.items() if name != "call"}
        return type(self), self.args, state


class LedgerStoreError(LedgerError):
    """The ledger's file or database cannot be used; the text names the remedy."""


class LedgerVersionError(LedgerStoreError):
    """The ledger was written by a newer version of this package; nothing was changed in it."""


class LedgerWriteError(LedgerError):
    """The call was placed, but its response could not be recorded.

    The response is in the spool file and is recorded when the ledger is next opened.

    Attributes:
        call: the response; left out of pickles.
        call_id: the vendor's id of the call.
        spooled: whether the spool file holds it. If False, store ``call_id`` yourself.
    """

    call: Any = None
    call_id: str | None = None
    spooled: bool = False


class KeyConflictError(LedgerError):
    """The key was used for another request: take a new key, or repeat the first request.

    Attributes:
        fields: the names of the arguments that differ; their values are in neither the error nor
            the ledger.
    """

    fields: tuple[str, ...] = ()


class KeyInFlightError(LedgerError):
    """Another caller is sending the request of this key: try again later.

    Attributes:
        seconds: the longest time that the other caller's lease can last.
    """

    seconds: float = 0.0


class CallUnknownError(LedgerError):
    """A call of this key may have been placed, and nothing has decided it yet.

    Reconcile it, or enter what you know with ``Ledger.resolve``; it is not dialled again.

    Attributes:
        reason: why it is unknown, such as ``"the lease ended"``.
        attempt: the number of the attempt within the key.
    """

    reason: str = ""
    attempt: int = 1


class CallNotPlacedError(LedgerError):
    """The call of this key was certainly not placed; ``on_absent="redial"`` would dial again.

    Attributes:
        evidence: what decided it.
    """

    evidence: str = ""
