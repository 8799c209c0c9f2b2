"""One call from request to result: the only retry loop."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import httpx

from trunkline._engine.cooldown import CooldownActive
from trunkline._engine.session import error_mapping
from trunkline._engine.session.deviations import log_once, mismatch
from trunkline._engine.session.observing import observed, skips_of
from trunkline._engine.session.request_builder import RequestBuilder
from trunkline._engine.session.retry_policy import RetryPolicy
from trunkline._engine.session.telemetry import start_call_span
from trunkline._engine.transport.failures import TransportError
from trunkline._engine.transport.httpx_adapter import REQUEST, HTTPXResponse
from trunkline.errors import InvalidArgumentError, ResponseValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trunkline._engine.cooldown import Cooldowns
    from trunkline._engine.models import Request, Response
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.session.deviations import Deviation
    from trunkline._engine.transport._async.interfaces import AsyncTransport


class AsyncDisabledTransport(httpx.AsyncBaseTransport):
    """Refuses requests that bypass the session: they would have no key, deadline or retries."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Refuse."""
        raise InvalidArgumentError(
            f"{request.method}: use request(), get(), post()...; send() and stream() are not part "
            "of this client"
        )


class AsyncSession(httpx.AsyncClient):
    """The httpx client that generated code uses.

    ``request()`` retries, keeps deadlines and raises this package's errors. It skips what an API
    client does not need: cookies, redirects, URL merging and look-ups in the environment.
    """

    def __init__(self, context: ClientContext, transport: AsyncTransport) -> None:
        super().__init__(transport=AsyncDisabledTransport(), trust_env=False)
        self.transport = transport
        self.captured: list[Response] | None = None
        self._use(context)

    def _use(self, context: ClientContext) -> None:
        self.context = context
        self.skips = skips_of(context)
        self.builder, self.policy = RequestBuilder(context), RetryPolicy(context)

    def replace(self, context: ClientContext, *, capture: bool = False) -> AsyncSession:
        """Return a session with another context on the same connections."""
        session = copy.copy(self)
        session._use(context)  # noqa: SLF001 - its own copy
        # A copy of a capturing session (with_options) captures into the same list.
        session.captured = [] if capture else self.captured
        return session

    async def request(  # type: ignore[override]  # a subset of httpx's arguments
        self, method: str, url: str, **arguments: Any
    ) -> httpx.Response:
        """Send a request and return its successful response.

        Raises:
            APIError: no attempt was successful.
        """
        request = self.builder.build_request(method, url, **arguments)
        response = await self._send_traced(request)
        if self.captured is not None:
            self.captured.append(response)
        answer = HTTPXResponse(request, response)
        if self.skips is not None:
            record = observed(self.context, self.skips, request, response)
            if record is not None:  # most responses are skipped, with their dict unchanged
                answer.on_json = record
        return answer

    async def _send_traced(self, request: Request) -> Response:
        span = start_call_span(self.context.provider, request)
        if span is None:
            return await self.send_request(request)
        with span:
            response = await self.send_request(request)
            span.succeeded(response)
            return response

    async def send_request(
        self, request: Request, *, unread: frozenset[int] | None = None
    ) -> Response:
        """Make attempts until one succeeds or the retry rules say stop.

        Args:
            request: the request.
            unread: statuses whose response is returned with its body unread, for the caller to
                judge. None reads every body.

        Raises:
            APIError: no attempt was successful.
        """
        context, policy = self.context, self.policy
        context.budget.request(request.started)
        cooldowns: Cooldowns | None = context.cooldowns
        while True:
            request.attempts += 1
            outcome: Response | TransportError
            try:
                outcome = await self.transport.handle_request(request, cooldowns)
                if unread is not None and outcome.status in unread:
                    return outcome
                await outcome.aread()
            except TransportError as error:
                outcome = error
            except CooldownActive:
                request.attempts -= 1  # nothing was sent
                cooldowns = None  # a request is held back once at most
                await context.runtime.async_sleep(policy.cooldown_delay(request))
                continue
            delay = policy.next_delay(request, outcome)
            if delay is None:
                return outcome  # type: ignore[return-value]  # next_delay() raises for a failure
            cooldowns = None  # it now has a response of its own
            if request.options.send_hook is not None:
                await request.options.send_hook.before_retry()
            await context.runtime.async_sleep(delay)

    def invalid_response(self, response: Any, error: Exception) -> ResponseValidationError:
        """Return the error for a success whose body the generated code could not read."""
        context = self.context
        now = context.runtime.monotonic()
        return error_mapping.invalid_response(context.provider, response, error, now)

    def report_deviations(self, response: Any, deviations: Sequence[Deviation]) -> None:
        """Log where a success differs from the contract; in strict mode it is an error.

        Raises:
            ResponseValidationError: it differs, in strict mode; or there is no body at all.
        """
        if self.context.options.strict or not response.received:
            error = mismatch(deviations)
            raise self.invalid_response(response, error) from error
        request = response.extensions.get(REQUEST)
        operation = request.operation_id if request else None
        log_once(self.context.provider.name, operation, deviations)

    def later_context(self, response: Any) -> Callable[[], dict[str, Any]]:
        """Return a function that returns the facts for an error about a response's content."""
        provider, now = self.context.provider, self.context.runtime.monotonic()
        without_body = response.copier()
        return lambda: error_mapping.response_context(provider, without_body(), now)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.transport.aclose()
        await super().aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.context.base_url} {self.transport!r}>"
