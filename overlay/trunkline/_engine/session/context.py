"""The backend-free middle of the engine: it plans a request and judges each attempt.

The sync and async loops around it only send and sleep.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from trunkline import errors
from trunkline._engine.cooldown import Cooldowns
from trunkline._engine.headers import header_pairs, merge_headers, retry_after
from trunkline._engine.models import Origin, RawHeaders, Request, Response
from trunkline._engine.options import missing_key
from trunkline._engine.provider import rule_for_method
from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session import error_mapping
from trunkline._engine.session.request_builder import (
    build_target,
    encode_body,
    normalise_method,
    reject_unsupported,
    shown_path,
    user_agent,
)
from trunkline._engine.session.retry import (
    AttemptResult,
    Retry,
    RetryLimits,
    StopReason,
    decide,
    hold,
)
from trunkline._engine.session.retry_budget import UNASSIGNED, RetryBudget, budget_for
from trunkline._engine.session.telemetry import note
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.urls import ascii_host
from trunkline._secret import Secret

if TYPE_CHECKING:
    from trunkline._engine.options import Options
    from trunkline._engine.provider import Provider

Header = tuple[bytes, bytes]


_log: Final = logging.getLogger("trunkline")


@dataclass(slots=True)
class ClientContext:
    """What all calls of one client share, whatever their backend."""

    provider: Provider
    base_url: str
    key: Secret
    options: Options
    runtime: Runtime = SYSTEM
    user_token: Secret = Secret("")  # noqa: RUF009 - it never changes
    anonymous: bool = False
    budget: RetryBudget = UNASSIGNED
    pauses: Cooldowns = field(default_factory=Cooldowns)
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
        if self.budget.server in {None, server}:  # budget_for() may have forgotten the server since
            return self.budget
        return budget_for(*server)

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
        for_user = operation_id in provider.user_token_operations
        header = self.credentials[for_user]
        if header is not None:
            return header
        if for_user:
            need = f"{provider.display_name} needs the token of a logged-in user for {operation_id}"
            raise missing_key(need, "user_token", f"{provider.env}_USER_TOKEN")
        need = f"{provider.display_name} needs a key for {operation_id or 'this request'}"
        raise missing_key(need, "api_key", f"{provider.env}_API_KEY")

    def changed(self, **changes: Any) -> ClientContext:
        """Return a context with other options, or another key; budget and clock stay shared.

        What the server said about waiting is shared as well, but not with another account.
        """
        if changes.keys() & {"base_url", "key", "user_token"}:
            changes["pauses"] = Cooldowns()
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
    ) -> Request:
        """Build the request, once: every attempt sends these bytes.

        The arguments are those of ``httpx.Client.request``; ``url`` is the path after base_url.
        Of arguments that this client settles itself, such as cookies, only defaults are taken.

        Raises:
            InvalidArgumentError: an argument cannot be sent.
        """
        reject_unsupported(others)
        method = normalise_method(method)
        operation: Mapping[str, str] = (extensions or {}).get("trunkline") or {}
        kind, body = encode_body(json, content, data, files)
        options = self.options
        operation_id: str | None = operation.get("operation_id")
        raw = [*self.fixed, *options.headers]
        # Generated code names the body's type, as encode_body does.
        further = headers
        if isinstance(headers, Mapping):
            further = {n: v for n, v in headers.items() if n != "Content-Type"}
        if further:
            raw = [*merge_headers(raw, self._without_key(header_pairs(further)))]
        if not self.anonymous:
            raw.append(self._credential(operation_id))
        if kind:
            raw.append((b"Content-Type", kind))
        if body or method in {"POST", "PUT", "PATCH"}:
            raw.append((b"Content-Length", b"%d" % len(body)))
        now = self.runtime.monotonic()
        return Request(
            method=method,
            target=build_target(self.prefix, url, params),
            headers=raw,
            content=body,
            operation_id=operation_id,
            path=operation.get("path_template") or shown_path(url),
            options=options,
            retry_rule=self.provider.retry_rules.get(operation_id or "") or rule_for_method(method),
            origin=self.origin,
            started=now,
            expires_at=now + options.deadline,
            pauses=self.pauses,
        )

    def next_delay(self, request: Request, outcome: Response | TransportError) -> float | None:
        """Return None for a success, or the seconds to wait before the next attempt.

        Raises:
            APIError: there is no next attempt.
        """
        if isinstance(outcome, TransportError):
            outcome = outcome.head() or outcome
        self._note(request, outcome)
        if isinstance(outcome, Response) and 200 <= outcome.status < 300:
            is_error_body = self.provider.is_error_body
            if is_error_body is None or not is_error_body(outcome.body):
                return None
        verdict = self._decide(request, outcome)
        if isinstance(verdict, Retry):
            self.budget.retry(self.runtime.monotonic())
            return verdict.delay
        now = self.runtime.monotonic()
        if isinstance(outcome, Response):
            raise error_mapping.from_response(
                self.provider, request, outcome, self.runtime.wall(), now
            ) from None
        error = error_mapping.from_transport_error(self.provider, request, outcome, now, verdict)
        raise error from outcome.__cause__

    def _decide(self, request: Request, outcome: Response | TransportError) -> Retry | StopReason:
        if isinstance(outcome, TransportError) and outcome.permanent:
            return StopReason.FINAL
        now = self.runtime.monotonic()
        limits = RetryLimits(
            request.options.max_retries,
            request.expires_at - now,
            request.options.max_wait,
            self.budget.allows(now),
        )
        seen = self._seen(outcome)
        request.pauses = None  # it has an response of its own to go by
        self._record_retry_after(
            request, seen.retry_after if isinstance(outcome, Response) else None, now
        )
        return decide(seen, request.retry_rule, request.attempts - 1, limits, self.runtime.uniform)

    def _record_retry_after(self, request: Request, wait: float | None, now: float) -> None:
        """Remember how long the server wants no requests, for those of its kind not yet sent."""
        if wait:
            self.pauses.note(request.kind, now + wait)

    def hold(self, request: Request) -> float:
        """Return how long a paused request waits; it is held back once at most."""
        now = self.runtime.monotonic()
        wait, request.pauses = request.pause(now), None
        limits = RetryLimits(
            request.options.max_retries, request.expires_at - now, request.options.max_wait
        )
        return hold(wait, limits, self.runtime.uniform)

    def _seen(self, outcome: Response | TransportError) -> AttemptResult:
        if isinstance(outcome, TransportError):
            return AttemptResult(None, sent=outcome.sent, retry_after=outcome.retry_after)
        details = error_mapping.decoded(self.provider, outcome).details
        wait = retry_after(outcome.status, outcome.headers, details, self.runtime.wall())
        return AttemptResult(outcome.status, retry_after=wait)

    def _note(self, request: Request, outcome: Response | TransportError) -> None:
        """Log an attempt: only what is on this list, never a header, query or body."""
        now = self.runtime.monotonic()
        if isinstance(outcome, Response):
            outcome.attempts, outcome.elapsed = request.attempts, now - request.started
        if request.span is not None:
            note(request, outcome)
        if _log.isEnabledFor(logging.DEBUG):
            result = outcome.reason if isinstance(outcome, TransportError) else outcome.status
            _log.getChild(self.provider.name).debug(
                "%s %s attempt=%d result=%s elapsed=%.3f",
                request.method,
                request.path,
                request.attempts,
                result,
                now - request.started,
            )

    def invalid_response(self, response: Any, error: Exception) -> errors.ResponseValidationError:
        """Return the error of a success whose body the generated code could not read."""
        request = response.extensions.get("trunkline_trip")
        return errors.ResponseValidationError(
            error_mapping.describe_decode_error(error),
            body=response.received,
            headers=dict(response.headers),
            maybe_accepted=bool(request and not request.retry_rule.idempotent),
            **self.facts(response),
        )

    def facts(self, response: Any) -> dict[str, Any]:
        """Return what an error about a response's content says of the exchange."""
        request = response.extensions.get("trunkline_trip")
        known = (
            error_mapping.context(self.provider, request, self.runtime.monotonic())
            if request
            else {}
        )
        return {
            **known,
            "status": response.status_code,
            "request_id": response.headers.get("x-request-id"),
        }


_PORTS = {b"http": 80, b"https": 443}


def absolute_url(request: Request) -> str:
    """Return the absolute URL that a request asks for."""
    origin = request.origin
    return (b"%s://%s%s" % (origin.scheme, origin.netloc, request.target)).decode("ascii")


def context_for_url(context: ClientContext, url: str, base: str = "") -> tuple[ClientContext, str]:
    """Return a context for the server of a URL, and the URL's path and query.

    Its requests carry no key, no token and none of the caller's headers.

    Args:
        context: the client's own.
        url: absolute, or relative to ``base``.
        base: the URL that named it.

    Raises:
        ValueError: it is not a URL to follow: no http or https, plain http behind https, or with
            a user name.
    """
    parts = urlsplit(urljoin(base, url))
    downgraded = context.origin.scheme == b"https" and parts.scheme != "https"
    if parts.scheme not in {"http", "https"} or not parts.hostname or downgraded:
        raise ValueError("not a URL to follow")
    if "@" in parts.netloc:
        raise ValueError("the URL holds a user name")
    away = context.changed(
        base_url=f"{parts.scheme}://{parts.netloc}",
        anonymous=True,
        options=replace(context.options, headers=()),
    )
    return away, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_same_origin(context: ClientContext, url: str) -> bool:
    """Return whether a URL points at the client's own server."""
    try:
        origin = context_for_url(context, url)[0].origin
    except ValueError:
        return False
    return _plain(origin) == _plain(context.origin)


def _plain(origin: Origin) -> tuple[bytes, bytes, int | None]:
    return origin.scheme, origin.host.lower(), origin.port or _PORTS.get(origin.scheme)
