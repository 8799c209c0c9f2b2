"""The call ledger: a key is dialled once, whatever crashes; see the guide "No double dial"."""

from __future__ import annotations

from trunkline._lazy import lazy

# Defined here, not imported: type checkers know the name, and `typing` costs milliseconds.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline.ledger.attempts import Attempt, CallState
    from trunkline.ledger.errors import (
        CallNotPlacedError,
        CallUnknownError,
        KeyConflictError,
        KeyInFlightError,
        LedgerError,
        LedgerStoreError,
        LedgerVersionError,
        LedgerWriteError,
    )
    from trunkline.ledger.ledger import Ledger
    from trunkline.ledger.reports import LedgerStatus
    from trunkline.ledger.settings import LedgerSettings, redial_after

_EXPORTS = {
    "Attempt": ".attempts",
    "CallState": ".attempts",
    "Ledger": ".ledger",
    "LedgerSettings": ".settings",
    "LedgerStatus": ".reports",
    "redial_after": ".settings",
}

__all__ = [
    "Attempt",
    "CallNotPlacedError",
    "CallState",
    "CallUnknownError",
    "KeyConflictError",
    "KeyInFlightError",
    "Ledger",
    "LedgerError",
    "LedgerSettings",
    "LedgerStatus",
    "LedgerStoreError",
    "LedgerVersionError",
    "LedgerWriteError",
    "redial_after",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, ".errors", ())
