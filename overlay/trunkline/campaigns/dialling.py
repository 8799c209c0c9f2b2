"""Placing the calls of rows, and looking how they ended, at one provider."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from trunkline import errors
from trunkline.campaigns.rows import RowState
from trunkline.campaigns.storage.store import Result
from trunkline.errors import ConfigurationError
from trunkline.ledger.errors import (
    CallUnknownError,
    KeyConflictError,
    KeyInFlightError,
    LedgerError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from trunkline.campaigns.settings import CampaignSettings
    from trunkline.campaigns.storage.store import QueuedRow
    from trunkline.ledger import Attempt, Ledger

__all__ = ["Dialler", "End", "ledger_key"]

#: Seconds until an unknown call is looked at again, one that another worker places, and one that
#: was not sent.
_UNKNOWN, _IN_FLIGHT, _NOT_SENT = 30.0, 5.0, 5.0
_LONGEST_ERROR: Final = 300
_CLIENTS: Final = {"pamela": "Pamela", "stateset_voice": "StateSetVoice", "phone_ai": "PhoneAI"}
#: Refusals that may pass.
_PASSING: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class End:
    """How a call ended."""

    outcome: str
    seconds: float | None = None
    cost: Any = None


def ledger_key(campaign: str, key: str) -> str:
    """Return the key of a row in the ledger: a campaign has its own keys."""
    return f"{campaign}/{key}"


class Dialler:
    """Calls of one provider, each with its key in a ledger.

    Args:
        provider: ``pamela``, ``stateset_voice`` or ``phone_ai``.
        ledger: records each call before it is placed.
        options: further arguments of the client, such as ``throttle``.

    Raises:
        ConfigurationError: the client cannot be made, such as without an API key.
    """

    def __init__(self, provider: str, ledger: Ledger, **options: Any) -> None:
        kind = getattr(import_module(f"trunkline.{provider}"), _CLIENTS[provider])
        self._client: Any = kind(ledger=ledger, **options)
        self._ledger, self._provider = ledger, provider
        calls = self._client.calls
        self._place: Callable[..., Any] = getattr(calls, "make", None) or calls.create

    def check(self, names: Iterable[str]) -> None:
        """Refuse arguments that a call does not have.

        Raises:
            ConfigurationError: there is no argument of one of the names.
        """
        if self._provider == "phone_ai":  # its fields are the vendor's, and not known
            return
        known = set(inspect.signature(self._place).parameters)
        known -= {"to", "key", "attempt", "retry_rejected", "extra", "self"}
        unknown = sorted(set(names) - known)
        if unknown:
            raise ConfigurationError(
                f"a call of {self._provider} has no argument {unknown[0]!r:.50}: it has "
                f"{', '.join(sorted(known))}"
            )

    def dial(self, settings: CampaignSettings, queued: QueuedRow) -> Result:
        """Place the call of a row, or learn from the ledger what became of it."""
        row = queued.row
        key = ledger_key(settings.name, row.key)
        try:
            call = self._place(to=row.to, **row.fields, key=key, retry_rejected=True)
        except LedgerError as error:
            return _ledger_result(error)
        except errors.APIError as error:
            return _api_result(error, settings, queued.attempts)
        except errors.InvalidArgumentError as error:
            return Result(RowState.REJECTED, error=_text(error))
        except errors.TrunklineError as error:
            return Result(RowState.UNKNOWN, wait=_UNKNOWN, error=_text(error))
        return Result(RowState.ACCEPTED, call_id=_id_of(call))

    def known(self, campaign: str, key: str) -> Result:
        """Return what the ledger knows of a row that is not to be dialled any more."""
        attempts = self._ledger.attempts(ledger_key(campaign, key))
        last: Attempt | None = attempts[-1] if attempts else None
        if last is not None and last.state == "accepted":
            return Result(RowState.ACCEPTED, call_id=last.call_id)
        if last is not None and last.state in {"sending", "unknown"}:
            return Result(RowState.UNKNOWN, wait=_UNKNOWN)
        return Result(RowState.CANCELLED)

    def end_of(self, call_id: str) -> End | None:
        """Return how a call ended, or None while it runs or where the provider does not say."""
        if self._provider != "pamela":
            return None
        from trunkline.pamela import billing

        call = self._client.calls.get(call_id)
        if call.status not in {"completed", "failed", "cancelled"}:
            return None
        minutes = call.billed_minutes
        cost = None if minutes is None else billing.cost(minutes)
        return End(str(call.status.value), call.duration_seconds, cost)

    def reconcile(self) -> None:
        """Decide unknown calls by the provider's list; Phone.ai has none."""
        if self._provider != "phone_ai":
            self._client.calls.reconcile()

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()


def _id_of(call: Any) -> str:
    found: str | None = getattr(call, "id", None) or getattr(call, "call_sid", None)
    return found or str(call.to_dict().get("call_id") or "")


def _ledger_result(error: LedgerError) -> Result:
    if isinstance(error, KeyConflictError):
        return Result(RowState.REJECTED, error=_text(error))
    wait = _IN_FLIGHT if isinstance(error, KeyInFlightError) else _UNKNOWN
    text = error.reason if isinstance(error, CallUnknownError) else _text(error)
    return Result(RowState.UNKNOWN, wait=wait, error=text[:_LONGEST_ERROR])


def _api_result(error: errors.APIError, settings: CampaignSettings, attempts: int) -> Result:
    text = _text(error)
    if error.maybe_accepted or isinstance(error, errors.ResponseValidationError):
        return Result(RowState.UNKNOWN, wait=_UNKNOWN, error=text)
    if isinstance(error, errors.AuthenticationError | errors.PermissionDeniedError):
        return Result(RowState.READY, error=text, pause=text)
    if not isinstance(error, errors.APIStatusError):
        return Result(RowState.READY, wait=error.retry_after or _NOT_SENT, error=text)
    passing = error.status in _PASSING or (error.status or 0) >= 500
    if passing and attempts < settings.retries:
        wait = max(error.retry_after or 0.0, settings.retry_after)
        return Result(RowState.READY, wait=wait, refused=True, error=text)
    return Result(RowState.REJECTED, refused=True, error=text)


def _text(error: errors.TrunklineError) -> str:
    message = error.message if isinstance(error, errors.APIError) else str(error)
    return f"{type(error).__name__}: {message}"[:_LONGEST_ERROR]
