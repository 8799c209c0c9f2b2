"""Placing the calls of rows at one provider, and reading how they ended."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from trunkline import errors
from trunkline.campaigns.ends import ends_at
from trunkline.campaigns.rows import RowState
from trunkline.campaigns.storage.values import Result
from trunkline.errors import ConfigurationError
from trunkline.ledger.errors import (
    CallUnknownError,
    KeyConflictError,
    KeyInFlightError,
    LedgerError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from trunkline.campaigns.settings import CampaignSettings
    from trunkline.campaigns.storage.values import QueuedRow
    from trunkline.ledger import Attempt, Ledger

__all__ = ["Dialler", "ledger_key"]

#: Seconds until a row is due again: its call is unknown, is being placed by another worker, or was
#: not sent.
_UNKNOWN, _IN_FLIGHT, _NOT_SENT = 30.0, 5.0, 5.0
_LONGEST_ERROR: Final = 300
_CLIENTS: Final = {"pamela": "Pamela", "stateset_voice": "StateSetVoice", "phone_ai": "PhoneAI"}
#: Arguments that a campaign sets itself, or that are not values of a row.
_OURS: Final = frozenset(
    {"to", "key", "attempt", "retry_rejected", "extra", "fields"}
    | {"extra_body", "extra_query", "extra_headers"}
)
#: Statuses of refusals that may be temporary.
_PASSING: Final = frozenset({408, 425, 429})


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
        self.ends = ends_at(provider, self._client)
        calls = self._client.calls
        self._place: Callable[..., Any] = getattr(calls, "make", None) or calls.create
        found = inspect.signature(self._place).parameters
        self._arguments = {name: found[name] for name in found.keys() - _OURS}

    def check(self, names: Collection[str]) -> None:
        """Refuse arguments that a call does not have, and those that leave it incomplete.

        Raises:
            ConfigurationError: an argument that is named does not exist, or one is missing.
        """
        known = self._arguments
        unknown = sorted(set(names) - known.keys())
        if self._provider == "phone_ai":  # the vendor does not document its fields
            unknown = sorted(set(names) & _OURS)
        if unknown:
            raise ConfigurationError(
                f"a call of {self._provider} has no argument {unknown[0]!r:.50}: it has "
                f"{', '.join(sorted(known))}"
            )
        missing = [n for n, one in known.items() if one.default is one.empty and n not in names]
        if missing:
            raise ConfigurationError(
                f"a call of {self._provider} needs {missing[0]}: name its column, or give a text"
            )

    def dial(self, settings: CampaignSettings, queued: QueuedRow) -> Result:
        """Place the call of a row, or read its outcome from the ledger."""
        row = queued.row
        key = ledger_key(settings.name, row.key)
        fields = {name: self._value(name, value) for name, value in row.fields.items()}
        try:
            call = self._place(to=row.to, **fields, key=key, retry_rejected=True)
        except (errors.TrunklineError, TypeError, ValueError, AttributeError) as error:
            return self._failed(error, settings, queued)
        found: str | None = getattr(call, "id", None) or getattr(call, "call_sid", None)
        if found is None:  # the response's fields are not known: the ledger has found the id
            return self.known(settings.name, row.key)
        return Result(RowState.ACCEPTED, call_id=found)

    def _value(self, name: str, value: Any) -> Any:
        """Return an argument; a CSV file has whole numbers as text."""
        argument = self._arguments.get(name)
        wanted = argument is not None and "int" in str(argument.annotation).split(" | ")
        is_text = isinstance(value, str) and value.isascii() and value.isdigit()
        return int(value) if wanted and is_text else value

    def _failed(self, error: Exception, settings: CampaignSettings, queued: QueuedRow) -> Result:
        if isinstance(error, LedgerError):
            return _ledger_result(error)
        if isinstance(error, errors.APIError):
            return _api_result(error, settings, queued.attempts)
        if isinstance(error, errors.InvalidArgumentError):
            return _rejected(_text(error))
        if isinstance(error, errors.TrunklineError):
            return Result(RowState.UNKNOWN, wait=_UNKNOWN, error=_text(error))
        # A value of the file that no check foresaw must not be retried forever.
        known = self.known(settings.name, queued.row.key)
        text = f"a value of the row cannot be sent ({type(error).__name__})"
        return known if known.state != RowState.CANCELLED else _rejected(text)

    def known(self, campaign: str, key: str) -> Result:
        """Return the ledger's result for a row that will not be dialled any more."""
        attempts = self._ledger.attempts(ledger_key(campaign, key))
        last: Attempt | None = attempts[-1] if attempts else None
        call = next((each for each in attempts if each.state == "accepted"), None)
        if call is not None:  # the first attempt may have been accepted after a later one
            return Result(RowState.ACCEPTED, call_id=call.call_id)
        if last is not None and last.state in {"sending", "unknown"}:
            return Result(RowState.UNKNOWN, wait=_UNKNOWN)
        return Result(RowState.CANCELLED)

    def reconcile(self) -> None:
        """Decide unknown calls by the provider's list; Phone.ai has none."""
        if self._provider != "phone_ai":
            self._client.calls.reconcile()

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()


def _rejected(text: str) -> Result:
    return Result(RowState.REJECTED, error=text)


def _ledger_result(error: LedgerError) -> Result:
    if isinstance(error, KeyConflictError):
        return _rejected(_text(error))
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
