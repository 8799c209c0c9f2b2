"""The colour-free middle of the engine: it plans a trip and judges each attempt.

The sync and async loops around it only send and sleep.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from trunkline import errors
from trunkline._engine import _faults
from trunkline._engine._budget import NOBODYS, RetryBudget, budget_of
from trunkline._engine._decision import Limits, Outcome, Retry, Stop, decide, hold, replay_for
from trunkline._engine._headers import retry_after
from trunkline._engine._names import ascii_host, header_pairs, merged
from trunkline._engine._options import missing_key
from trunkline._engine._parts import body_of, method_of, refuse, shown_path, target_of, user_agent
from trunkline._engine._pauses import Pauses
from trunkline._engine._runtime import SYSTEM, Runtime
from trunkline._engine._telemetry import note
from trunkline._engine._wire import Answer, Broken, Origin, RawHeaders, Trip
from trunkline._secret import Secret

if TYPE_CHECKING:
    from trunkline._engine._options import Options
    from trunkline._engine._provider import Provider

Header = tuple[bytes, bytes]

_log: Final = logging.getLogger("trunkline")


@dataclass(slots=True)
class Core:
    """What all calls of one client share, whatever their colour."""

    provider: Provider
    base_url: str
    key: Secret
    options: Options
    runtime: Runtime = SYSTEM
    user_token: Secret = Secret("")  # noqa: RUF009 - it never changes
    anonymous: bool = False
    budget: RetryBudget = NOBODYS
    pauses: Pauses = field(default_factory=Pauses)
    origin: Origin = field(init=False)
    prefix: str = field(init=False)
    fixed: RawHeaders = field(init=False, repr=False)
    credentials: tuple[Header | None, Header | None] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        self.origin = Origin(
            parts.scheme.encode(), ascii_host(parts.hostname or "").encode(), parts.port
        )
        self.prefix = parts.path
        self.budget = self._budget()
        given = {name.lower() for name, _ in self._without_key(self.options.headers)}
        fixed = (
            (b"Host", self.origin.netloc),
            (b"User-Agent", user_agent()),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip"),  # of "deflate" two forms are in use
        )
        self.fixed = [*(pair for pair in fixed if pair[0].lower() not in given)]
        self.credentials = self._header(self.key), self._header(self.user_token)

    def _budget(self) -> RetryBudget:
        """Return the server's budget: files may lie elsewhere, and cost this server nothing."""
        origin = self.origin
        place = (origin.scheme, origin.host, origin.port_number)
        server = (self.provider.name, *place, self.runtime.monotonic)
        if self.budget.server in {None, server}:  # budget_of() may have forgotten the server since
            return self.budget
        return budget_of(*server)

    def _without_key(self, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        """Return headers as they are; the one that the key goes into is not among them."""
        name = self.provider.key_header.lower().encode()
        if any(name == other.lower() for other, _ in headers):
            raise errors.InvalidArgumentError(
                f"the header {self.provider.key_header} is not free: give the key as api_key="
            )
        return headers

    def _header(self, secret: Secret) -> Header | None:
        provider = self.provider
        value = f"{provider.key_prefix}{secret.reveal()}".encode()
        return (provider.key_header.encode(), value) if secret else None

    def _credential(self, operation_id: str | None) -> Header:
        provider = self.provider
        for_user = operation_id in provider.user_operations
        header = self.credentials[for_user]
        if header is not None:
            return header
        if for_user:
            need = f"{provider.title} needs the token of a logged-in user for {operation_id}"
            raise missing_key(need, "user_token", f"{provider.env}_USER_TOKEN")
        need = f"{provider.title} needs a key for {operation_id or 'this request'}"
        raise missing_key(need, "api_key", f"{provider.env}_API_KEY")

    def changed(self, **changes: Any) -> Core:
        """Return a core with other options, or another key; budget and clock stay shared.

        What the server said about waiting is shared as well, but not with another account.
        """
        if changes.keys() & {"base_url", "key", "user_token"}:
            changes["pauses"] = Pauses()
        return replace(self, **changes)

    def plan(
        self,
        method: str,
        url: str,
        *,
        params: Any = None,
        json: Any = None,
        content: bytes | None = None,
        data: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
        **others: Any,
    ) -> Trip:
        """Build the request, once: every attempt sends these bytes.

        The arguments are those of ``httpx.Client.request``; ``url`` is the path after base_url.
        Of arguments that this client settles itself, such as cookies, only defaults are taken.

        Raises:
            InvalidArgumentError: an argument cannot be sent.
        """
        refuse(others)
        method = method_of(method)
        operation: Mapping[str, str] = (extensions or {}).get("trunkline") or {}
        kind, body = body_of(json, content, data, files)
        options = self.options
        operation_id: str | None = operation.get("operation_id")
        raw = [*self.fixed, *options.headers]
        # Generated code names the body's type, as body_of does.
        further = headers
        if isinstance(headers, Mapping):
            further = {n: v for n, v in headers.items() if n != "Content-Type"}
        if further:
            raw = [*merged(raw, self._without_key(header_pairs(further)))]
        if not self.anonymous:
            raw.append(self._credential(operation_id))
        if kind:
            raw.append((b"Content-Type", kind))
        if body or method in {"POST", "PUT", "PATCH"}:
            raw.append((b"Content-Length", b"%d" % len(body)))
        now = self.runtime.monotonic()
        return Trip(
            method=method,
            target=target_of(self.prefix, url, params),
            headers=raw,
            content=body,
            operation_id=operation_id,
            path=operation.get("path_template") or shown_path(url),
            options=options,
            replay=self.provider.replay.get(operation_id or "") or replay_for(method),
            origin=self.origin,
            started=now,
            expires_at=now + options.deadline,
            pauses=self.pauses,
        )

    def judge(self, trip: Trip, outcome: Answer | Broken) -> float | None:
        """Return None for a success, or the seconds to wait before the next attempt.

        Raises:
            APIError: there is no next attempt.
        """
        if isinstance(outcome, Broken):
            outcome = outcome.head() or outcome
        self._note(trip, outcome)
        if isinstance(outcome, Answer) and 200 <= outcome.status < 300:
            disowns = self.provider.disowns
            if disowns is None or not disowns(outcome.body):
                return None
        verdict = self._decide(trip, outcome)
        if isinstance(verdict, Retry):
            self.budget.retry(self.runtime.monotonic())
            return verdict.delay
        now = self.runtime.monotonic()
        if isinstance(outcome, Answer):
            raise _faults.status_error(
                self.provider, trip, outcome, self.runtime.wall(), now
            ) from None
        error = _faults.broken_error(self.provider, trip, outcome, now, verdict)
        raise error from outcome.__cause__

    def _decide(self, trip: Trip, outcome: Answer | Broken) -> Retry | Stop:
        if isinstance(outcome, Broken) and outcome.final:
            return Stop.FINAL
        now = self.runtime.monotonic()
        limits = Limits(
            trip.options.max_retries,
            trip.expires_at - now,
            trip.options.max_wait,
            self.budget.allows(now),
        )
        seen = self._seen(outcome)
        trip.pauses = None  # it has an answer of its own to go by
        self._heed(trip, seen.retry_after if isinstance(outcome, Answer) else None, now)
        return decide(seen, trip.replay, trip.attempts - 1, limits, self.runtime.uniform)

    def _heed(self, trip: Trip, wait: float | None, now: float) -> None:
        """Remember how long the server wants no requests, for those of its kind not yet sent."""
        if wait:
            self.pauses.note(trip.kind, now + wait)

    def hold(self, trip: Trip) -> float:
        """Return how long a paused request waits; it is held back once at most."""
        now = self.runtime.monotonic()
        wait, trip.pauses = trip.pause(now), None
        limits = Limits(trip.options.max_retries, trip.expires_at - now, trip.options.max_wait)
        return hold(wait, limits, self.runtime.uniform)

    def _seen(self, outcome: Answer | Broken) -> Outcome:
        if isinstance(outcome, Broken):
            return Outcome(None, sent=outcome.sent, retry_after=outcome.retry_after)
        details = _faults.decoded(self.provider, outcome).details
        wait = retry_after(outcome.status, outcome.headers, details, self.runtime.wall())
        return Outcome(outcome.status, retry_after=wait)

    def _note(self, trip: Trip, outcome: Answer | Broken) -> None:
        """Log an attempt: only what is on this list, never a header, query or body."""
        now = self.runtime.monotonic()
        if isinstance(outcome, Answer):
            outcome.attempts, outcome.elapsed = trip.attempts, now - trip.started
        if trip.span is not None:
            note(trip, outcome)
        if _log.isEnabledFor(logging.DEBUG):
            result = outcome.reason if isinstance(outcome, Broken) else outcome.status
            _log.getChild(self.provider.name).debug(
                "%s %s attempt=%d result=%s elapsed=%.3f",
                trip.method,
                trip.path,
                trip.attempts,
                result,
                now - trip.started,
            )

    def invalid_response(self, response: Any, error: Exception) -> errors.ResponseValidationError:
        """Return the error of a success whose body the generated code could not read."""
        trip = response.extensions.get("trunkline_trip")
        return errors.ResponseValidationError(
            _faults.misfit(error),
            body=response.received,
            headers=dict(response.headers),
            maybe_accepted=bool(trip and not trip.replay.safe),
            **self.facts(response),
        )

    def facts(self, response: Any) -> dict[str, Any]:
        """Return what an error about a response's content says of the exchange."""
        trip = response.extensions.get("trunkline_trip")
        known = _faults.context(self.provider, trip, self.runtime.monotonic()) if trip else {}
        return {
            **known,
            "status": response.status_code,
            "request_id": response.headers.get("x-request-id"),
        }
