"""What follows an attempt: a result, another attempt, or an error; performs no I/O."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from trunkline._engine.headers import retry_after
from trunkline._engine.models import Response
from trunkline._engine.session import error_mapping
from trunkline._engine.session.observing import observe_failure
from trunkline._engine.session.retry import (
    AttemptResult,
    Retry,
    RetryLimits,
    StopReason,
    cooldown_delay,
    decide,
)
from trunkline._engine.session.telemetry import record_attempt
from trunkline._engine.transport.failures import TransportError

if TYPE_CHECKING:
    from trunkline._engine.models import Request
    from trunkline._engine.session.context import ClientContext
    from trunkline.errors import APIError

_log: Final = logging.getLogger("trunkline")


class RetryPolicy:
    """Applies the retry rules of one client's context.

    Args:
        context: provider, clock, retry budget and cooldowns of the client.
    """

    __slots__ = ("_context",)

    def __init__(self, context: ClientContext) -> None:
        self._context = context

    def next_delay(self, request: Request, outcome: Response | TransportError) -> float | None:
        """Return None for a success, or the seconds to wait before the next attempt.

        Raises:
            APIError: there is no next attempt.
        """
        if isinstance(outcome, TransportError):
            outcome = outcome.as_response() or outcome
        self._record(request, outcome)
        if isinstance(outcome, Response) and 200 <= outcome.status < 300:
            is_error_body = self._context.provider.is_error_body
            if is_error_body is None or not is_error_body(outcome.body):
                return None
        verdict = self._decide(request, outcome)
        if isinstance(verdict, Retry):
            self._context.budget.retry(self._context.runtime.monotonic())
            return verdict.delay
        cause = outcome.__cause__ if isinstance(outcome, TransportError) else None
        raise self._error(request, outcome, verdict) from cause

    def _error(
        self, request: Request, outcome: Response | TransportError, reason: StopReason
    ) -> APIError:
        provider, runtime = self._context.provider, self._context.runtime
        now = runtime.monotonic()
        if isinstance(outcome, Response):
            return error_mapping.from_response(provider, request, outcome, runtime.wall(), now)
        return error_mapping.from_transport_error(provider, request, outcome, now, reason)

    def _decide(self, request: Request, outcome: Response | TransportError) -> Retry | StopReason:
        if isinstance(outcome, TransportError) and outcome.permanent:
            return StopReason.FINAL
        context = self._context
        now = context.runtime.monotonic()
        result = self._result(request, outcome)
        if result.status is None and result.sent:
            request.unanswered += 1
        if result.status is not None and result.retry_after:
            self._record_retry_after(request, result.retry_after, now)
        limits = self._limits(request, now, has_budget=context.budget.allows(now))
        retries = request.attempts - 1
        return decide(result, request.retry_rule, retries, limits, context.runtime.uniform)

    def _limits(self, request: Request, now: float, *, has_budget: bool = True) -> RetryLimits:
        options = request.options
        remaining = request.expires_at - now
        return RetryLimits(options.max_retries, remaining, options.max_wait, has_budget)

    def _result(self, request: Request, outcome: Response | TransportError) -> AttemptResult:
        if isinstance(outcome, TransportError):
            return AttemptResult(None, sent=outcome.sent, retry_after=outcome.retry_after)
        body = error_mapping.decoded(outcome)
        if request.options.observe is not None:
            observe_failure(self._context, request, outcome, body)
        details = self._context.provider.decode_error(body).details
        wall = self._context.runtime.wall()
        wait = retry_after(outcome.status, outcome.headers, details, wall)
        return AttemptResult(outcome.status, retry_after=wait, verified=outcome.verified)

    def _record_retry_after(self, request: Request, wait: float, now: float) -> None:
        self._context.cooldowns.note(request.operation_key, now + wait)

    def cooldown_delay(self, request: Request) -> float:
        """Return the seconds that a request waits for the end of its operation's cooldown."""
        context = self._context
        now = context.runtime.monotonic()
        wait = context.cooldowns.remaining(request.operation_key, now)
        return cooldown_delay(wait, self._limits(request, now), context.runtime.uniform)

    def _record(self, request: Request, outcome: Response | TransportError) -> None:
        # Only these facts are logged, never a header, query or body.
        elapsed = self._context.runtime.monotonic() - request.started
        if isinstance(outcome, Response):
            outcome.attempts, outcome.elapsed = request.attempts, elapsed
        if request.span is not None:
            record_attempt(request, outcome)
        if _log.isEnabledFor(logging.DEBUG):
            result = outcome.reason if isinstance(outcome, TransportError) else outcome.status
            _log.getChild(self._context.provider.name).debug(
                "%s %s attempt=%d result=%s elapsed=%.3f",
                request.method,
                request.path_template,
                request.attempts,
                result,
                elapsed,
            )
