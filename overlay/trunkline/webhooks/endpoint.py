"""One endpoint for deliveries: verify, claim, handle, respond; the same under every framework."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from trunkline.webhooks._logs import escaped
from trunkline.webhooks._logs import logger as _log
from trunkline.webhooks._validation import (
    require_queue,
    require_seconds,
    require_source,
    require_store,
)
from trunkline.webhooks.effects import Effects, arun, run
from trunkline.webhooks.errors import WebhookVerificationError
from trunkline.webhooks.handlers import Handler, Handlers
from trunkline.webhooks.idempotency import Claims
from trunkline.webhooks.replay import LEASE_SECONDS, REMEMBER_SECONDS, new_owner
from trunkline.webhooks.responses import Reply, WebhookResponse, accepted, problem, refused

if TYPE_CHECKING:
    from asyncio import Task

    from trunkline.webhooks.events.base import Event
    from trunkline.webhooks.replay import AsyncReplayStore, ReplayStore
    from trunkline.webhooks.request import Accepted, IncomingRequest, WebhookSource
    from trunkline.webhooks.tools import ToolRegistry
    from trunkline.webhooks.verification.unsigned import UnsignedDelivery

__all__ = ["WebhookEndpoint"]

D = TypeVar("D")
T = TypeVar("T")
V = TypeVar("V", bound="Event")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

_SERVER_ERROR = 500
_LONGEST_NAME = 100


class WebhookEndpoint(Generic[D]):
    """Receives the deliveries of one source and runs a handler for each, once.

    Args:
        source: the sender: a :class:`~trunkline.webhooks.PamelaWebhook` or another class like it.
        store: where handled deliveries are remembered; None (default) handles every repetition.
        fail_open: what to do when the store fails. False (default): respond with 503, so that the
            sender retries. True: handle the delivery, perhaps a second time.
        lease: seconds after which another worker can claim the delivery of a process that died; it
            is renewed while a handler runs.
        remember: seconds for which a handled delivery is remembered.
        queue: called instead of a handler, with the same value; a worker later passes it to
            :meth:`dispatch`. The delivery counts as handled once this returns.
        tools: runs Pamela's tool calls, which are never queued.

    Raises:
        ConfigurationError: for an argument of the wrong type or out of range, or tools with a
            source that has no tool calls.
    """

    def __init__(
        self,
        source: WebhookSource[D],
        *,
        store: ReplayStore | AsyncReplayStore | None = None,
        fail_open: bool = False,
        lease: float = LEASE_SECONDS,
        remember: float = REMEMBER_SECONDS,
        queue: Callable[[Any], Any] | None = None,
        tools: ToolRegistry | None = None,
    ) -> None:
        require_source(source)
        require_store(store)
        require_queue(queue)
        lease, remember = require_seconds("lease", lease), require_seconds("remember", remember)
        self._source = source
        self._claims = (
            None if store is None else Claims(store=store, lease=lease, remember=remember)
        )
        self._fail_open = fail_open
        self._queue = None if queue is None else Handler(queue)
        self._handlers = Handlers(source)
        self._tasks: set[Task[WebhookResponse]] = set()
        if tools is not None:
            self._handlers.add_tools(tools)

    def __repr__(self) -> str:
        store = None if self._claims is None else type(self._claims.store).__name__
        handled = ", ".join(self._handlers.names) or "nothing"
        return f"<{type(self).__name__} of {self._source!r}: store={store}, handles {handled}>"

    @property
    def max_body_bytes(self) -> int:
        """The size above which an adapter need not read a body."""
        return self._source.max_body_bytes

    # The narrower type, so it has to come first.
    @overload
    def on(  # type: ignore[overload-overlap]
        self: WebhookEndpoint[UnsignedDelivery[Any]],
        event: type[V],
        /,
        *,
        once: bool = True,
        undocumented: bool = False,
    ) -> Callable[[Callable[[UnsignedDelivery[V]], R]], Callable[[UnsignedDelivery[V]], R]]: ...

    @overload
    def on(
        self, event: type[T], /, *, once: bool = True, undocumented: bool = False
    ) -> Callable[[Callable[[T], R]], Callable[[T], R]]: ...

    @overload
    def on(
        self, event: str, /, *events: str | type[Any], once: bool = True, undocumented: bool = False
    ) -> Callable[[F], F]: ...

    @overload
    def on(
        self,
        event: type[Any],
        other: str | type[Any],
        /,
        *events: str | type[Any],
        once: bool = True,
        undocumented: bool = False,
    ) -> Callable[[F], F]: ...

    def on(
        self, *events: str | type[Any], once: bool = True, undocumented: bool = False
    ) -> Callable[[Any], Any]:
        """Register a handler, synchronous or asynchronous.

        A handler receives the event (an :class:`~trunkline.webhooks.UnsignedDelivery` around it
        where nothing is signed). What it returns is ignored, unless it is a
        :class:`~trunkline.webhooks.Reply`. When it raises, the response is 500 and a retry is
        accepted, as after a Reply with a status of 500 or above. Type checkers check that the
        handler of one class accepts what it will receive.

        Args:
            events: names (``"call.completed"``) or classes; ``"*"`` for everything without its
                own handler.
            once: False runs it for repeated deliveries too, and never through the queue: for
                deliveries whose sender waits for the result.
            undocumented: allow names that the pinned contract lacks; such an event arrives as an
                :class:`~trunkline.webhooks.UnknownEvent`.

        Raises:
            ConfigurationError: for no event, an unknown name or class, or one that already has
                a handler.
        """
        keys = self._handlers.resolve(events, undocumented=undocumented)

        def register(function: F) -> F:
            self._handlers.add(keys, Handler(function, once=once))
            return function

        return register

    def receive(self, request: IncomingRequest) -> WebhookResponse:
        """Handle one request in this thread, and return the response to send.

        Raises:
            ConfigurationError: when the store is asynchronous.
        """
        self.require_blocking()
        return run(self._steps(request))

    async def areceive(self, request: IncomingRequest) -> WebhookResponse:
        """Handle one request like :meth:`receive`, in a running asyncio event loop.

        A handler is not cancelled when the sender disconnects: it runs to completion, and its
        claim is confirmed or released.
        """
        import asyncio

        task = asyncio.ensure_future(arun(self._steps(request)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    def dispatch(self, value: Any) -> Any:
        """Run the handler of a queued event; for a worker.

        Args:
            value: what ``queue`` was called with: an event, or an ``UnsignedDelivery``.

        Returns:
            What the handler returned, or None where there is no handler.

        Raises:
            Exception: whatever the handler raises.
        """
        return run(self._run(value))

    async def adispatch(self, value: Any) -> Any:
        """Run a handler like :meth:`dispatch`, in a running asyncio event loop.

        Raises:
            Exception: whatever the handler raises.
            CancelledError: when the task is cancelled; a synchronous handler, which runs in a
                thread, has ended by then.
        """
        return await arun(self._run(value))

    def require_blocking(self) -> None:
        """Raise unless this endpoint works without an event loop.

        Raises:
            ConfigurationError: when the store is asynchronous.
        """
        if self._claims is not None:
            self._claims.require_blocking()

    def _steps(self, request: IncomingRequest) -> Effects[WebhookResponse]:
        if request.method != "POST":
            # The response to a HEAD has no body, and not every server removes it.
            response = problem("wrong_method")
            return replace(response, body=b"") if request.method == "HEAD" else response
        try:
            delivery = self._source.accept(request)
        except WebhookVerificationError as error:
            _log.warning("refused a delivery: %s", escaped(str(error)))
            return refused(error)
        handler = self._handlers.find(delivery.event)
        if self._queue is not None and (handler is None or handler.once):
            return (yield from self._handle_once(delivery, self._queue))
        if handler is None:
            return accepted("ignored", delivery.event, self._source.acknowledgement)
        if handler.once:
            return (yield from self._handle_once(delivery, handler))
        return (yield from self._handle(delivery, handler))

    def _handle_once(self, delivery: Accepted[D], handler: Handler) -> Effects[WebhookResponse]:
        if self._claims is None:
            return (yield from self._handle(delivery, handler))
        owner = new_owner()
        try:
            if not (yield from self._claims.take(delivery.key, owner)):
                settled = yield from self._claims.is_settled(delivery.key)
                return self._repeated(delivery, settled=settled)
        except Exception:  # noqa: BLE001 - a store may raise anything; it counts as down
            _log.exception("the replay store is down")
            if not self._fail_open:
                return problem("unavailable", delivery.event)
            return (yield from self._handle(delivery, handler))
        return (yield from self._handle_claimed(delivery, handler, self._claims, owner))

    def _repeated(self, delivery: Accepted[D], *, settled: bool) -> WebhookResponse:
        if settled:
            return accepted("duplicate", delivery.event, self._source.acknowledgement)
        return problem("busy", delivery.event)

    def _handle_claimed(
        self, delivery: Accepted[D], handler: Handler, claims: Claims, owner: str
    ) -> Effects[WebhookResponse]:
        handled = False
        with claims.renewed(delivery.key, owner):
            try:
                response = yield from self._handle(delivery, handler)
                handled = response.outcome != "failed"
            finally:
                yield from claims.settle(delivery.key, owner, handled=handled)
        return response

    def _handle(self, delivery: Accepted[D], handler: Handler) -> Effects[WebhookResponse]:
        try:
            result = yield handler.call(delivery.value)
        except Exception:  # noqa: BLE001 - whatever a handler raises, the sender should retry
            _log.exception("the handler of %s failed", _name(delivery.event))
            return problem("failed", delivery.event)
        if handler is self._queue:
            return accepted("queued", delivery.event, None)
        if not isinstance(result, Reply):
            return accepted("handled", delivery.event, self._source.acknowledgement)
        # The sender retries after such a response, so the delivery must not count as handled.
        asks_again = result.status >= _SERVER_ERROR
        return accepted("failed" if asks_again else "handled", delivery.event, result)

    def _run(self, value: Any) -> Effects[Any]:
        from trunkline.webhooks.verification.unsigned import is_unsigned

        handler = self._handlers.find(value.event if is_unsigned(value) else value)
        return None if handler is None else (yield handler.call(value))


def _name(event: object) -> str:
    # The name of an unsigned event is untrusted: it must not add lines to the log.
    name = str(getattr(event, "event", type(event).__name__))
    return escaped(name[:_LONGEST_NAME])
