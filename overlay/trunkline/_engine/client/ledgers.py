"""The use of a call ledger: what sync and async clients share."""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from trunkline import errors
from trunkline._engine.session.extra_options import extra_changes
from trunkline.errors import APIError, APIStatusError, ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Future

    from trunkline._engine.session.context import ClientContext
    from trunkline.ledger import Ledger
    from trunkline.ledger.attempts import Attempt
    from trunkline.ledger.entry import Entry
    from trunkline.ledger.machine import Policy

#: Seconds by which a lease outlasts the deadline.
_SPARE: Final = 10.0
_SHOWN: Final = ("status", "code", "request_id", "retry_after", "attempts", "elapsed")
#: The public part of an API key, such as ``pk_live_``. No more of it: the rest is secret, and
#: differs in the account's next key, with which recorded calls must not look new.
_PUBLIC: Final = re.compile(r"[A-Za-z]{1,8}_(?:(?:live|test|prod|dev|staging|sandbox)_)?")


class KeyedRequest:
    """What the ledger must know about a call.

    Attributes:
        operation: the ledger's name for the operation, whatever its current operationId.
        key: the caller's key.
        attempt: the number of a deliberate further call of the key.
        retry_rejected: whether another attempt is made after a recorded refusal.
        fields: the caller's arguments, before any default.
        call_id: finds the call's id in a result.
        kept: the names of a result's fields that are recorded; no telephone numbers or free text.
    """

    def __init__(
        self,
        operation: str,
        key: str,
        attempt: int,
        retry_rejected: bool,  # noqa: FBT001 - every caller has a variable of this name
        fields: Mapping[str, Any],
        call_id: Callable[[Any], str | None],
        kept: tuple[str, ...],
    ) -> None:
        """Refuse an invalid key, whether or not there is a ledger."""
        from trunkline.ledger.keys import checked_attempt, checked_key

        checked_key(key)
        checked_attempt(attempt)
        self.operation, self.key, self.attempt = operation, key, attempt
        self.retry_rejected, self.fields = retry_rejected, fields
        self.call_id, self.kept = call_id, kept


def checked_ledger(given: object) -> Ledger | None:
    """Return the ledger that was given, or the one that ``TRUNKLINE_LEDGER`` names.

    Raises:
        ConfigurationError: it is something else, such as a path.
        LedgerStoreError: the one that the environment names cannot be used.
    """
    if given is None and not os.environ.get("TRUNKLINE_LEDGER"):
        return None
    from trunkline.ledger import Ledger

    if given is None:
        return Ledger.shared()
    if isinstance(given, Ledger):
        return given
    raise ConfigurationError(
        f"ledger= must be a Ledger, not {type(given).__name__}: use Ledger.open(path)"
    )


def namespace(context: ClientContext, operation: str, account: str | None) -> str:
    """Return what a key belongs to: provider, account and operation."""
    if account is None:
        public = _PUBLIC.match(context.key.reveal())
        account = f"{context.origin.authority.decode()}/{public[0][:-1] if public else ''}"
    return f"{context.provider.name}|{account}|{operation}"


def arguments_of(own: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return the caller's arguments of a call, by which its request is recognised.

    Args:
        own: the method's own arguments.
        extra: ``extra_body`` and the like.

    Raises:
        InvalidArgumentError: an extra argument has the wrong shape.
    """
    return {**own, **(extra_changes(extra)["extra_body"] or {})}


def new_entry(context: ClientContext, ledger: Ledger, call: KeyedRequest) -> Entry:
    """Return the ledger entry of a call.

    Raises:
        InvalidArgumentError: the key is not usable, or there is no deadline.
    """
    deadline = context.options.deadline
    if math.isinf(deadline):
        raise InvalidArgumentError(
            "a call with key= needs a deadline, from which its lease is made: leave out "
            "deadline=math.inf"
        )
    ns = namespace(context, call.operation, ledger.settings.account)
    return ledger.entry(ns, call.key, call.attempt, call.fields, deadline + _SPARE)


def policy_of(ledger: Ledger, call: KeyedRequest) -> Policy:
    """Return what a claim may do about earlier attempts."""
    from trunkline.ledger.machine import Policy
    from trunkline.ledger.settings import RedialAfter

    settings = ledger.settings
    unknown = settings.on_unknown
    seconds = unknown.seconds if isinstance(unknown, RedialAfter) else None
    return Policy(call.retry_rejected, settings.on_absent == "redial", seconds)


def answer_of(result: Any, kept: tuple[str, ...]) -> dict[str, Any]:
    """Return the part of a result that is recorded."""
    body: Mapping[str, Any] = result.to_dict()
    return {name: body[name] for name in kept if body.get(name) is not None}


def error_facts(error: APIError) -> dict[str, Any]:
    """Return a refusal as it is recorded: its class, message and facts, all of them masked."""
    facts = {name: getattr(error, name) for name in _SHOWN}
    return {"class": type(error).__name__, "message": error.message, **facts}


def recorded_error(row: Attempt, facts: dict[str, Any], key: str) -> APIError:
    """Return the error that a recorded refusal has raised before."""
    known = dict(facts)
    kind = getattr(errors, str(known.pop("class", "")), APIError)
    wanted: type[APIError] = kind if issubclass(kind, APIError) else APIError
    context = {"provider": row.provider, "operation_id": row.ns.rpartition("|")[2], "key": key}
    return wanted(str(known.pop("message", "")), **context, **known)


def outcome_step(entry: Entry, error: BaseException, *, sending: bool) -> Future[None]:
    """Start recording how a call failed, and return the future.

    Args:
        entry: the call.
        error: what ended it.
        sending: whether the request may have been sent.
    """
    if not sending:
        return entry.not_sent()
    if not isinstance(error, APIError):
        return entry.unknown(f"interrupted ({type(error).__name__})")
    if error.maybe_accepted:
        return entry.unknown(type(error).__name__)
    if isinstance(error, APIStatusError):
        return entry.rejected(error_facts(error), error.message)
    return entry.not_sent()


@dataclass(slots=True)
class ReconcileReport:
    """What a reading of a provider's list of calls has decided.

    Attributes:
        found: unknown calls that the provider shows: now ``accepted``.
        absent: unknown calls that certainly do not exist: now ``not_placed``.
        waiting: those for which the quiet time has not passed.
        undecided: those that the evidence cannot decide.
        seconds: how long until the next one could be decided; None when nothing waits.
        reason: why nothing could be decided, empty otherwise.
    """

    found: int = 0
    absent: int = 0
    waiting: int = 0
    undecided: int = 0
    seconds: float | None = None
    reason: str = ""

    def wait(self, seconds: float) -> None:
        """Count a call whose quiet time lasts that much longer."""
        self.waiting += 1
        self.seconds = seconds if self.seconds is None else min(self.seconds, seconds)


def required_ledger(context: ClientContext) -> Ledger:
    """Return the client's ledger.

    Raises:
        ConfigurationError: it has none.
    """
    if context.ledger is None:
        raise ConfigurationError("this client has no ledger: give it ledger=Ledger.open(path)")
    return context.ledger


#: An unknown call, and the seconds for which its absence did not count when a reading started.
Unknown: TypeAlias = "tuple[Attempt, float]"


def unknown_calls(ledger: Ledger, ns: str, default: float) -> list[Unknown]:
    """Return the calls that a reading that starts now can decide.

    Args:
        ledger: the ledger.
        ns: provider, account and operation.
        default: the provider's quiet time, where the ledger sets none.
    """
    quiet = default if ledger.settings.quiet is None else ledger.settings.quiet
    rows = ledger.undecided(ns)
    return [(row, quiet + row.late - ledger.watch.unknown_for(row)) for row in rows]


class ListReading:
    """Whether a list was read to its end, and stayed the same meanwhile."""

    def __init__(self) -> None:
        self.totals: set[int | None] = set()
        self.ids: set[object] = set()
        self.has_more = False

    def note(self, total: int | None, ids: Iterable[object], *, has_more: bool) -> None:
        """Record a page."""
        self.totals.add(total)
        self.ids.update(ids)
        self.has_more = has_more

    @property
    def is_complete(self) -> bool:
        """Whether an item that was not listed certainly does not exist."""
        total = max((one for one in self.totals if one is not None), default=0)
        return not self.has_more and len(self.totals) <= 1 and len(self.ids) >= total
