"""One endpoint for deliveries: verify, claim, handle, answer; the same under every framework."""

from __future__ import annotations

import logging
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from trunkline.errors import ConfigurationError
from trunkline.webhooks.answers import Decision, Reply, accepted, problem, refused
from trunkline.webhooks.errors import WebhookVerificationError
from trunkline.webhooks.flow import Call, Flow, adrive, drive
from trunkline.webhooks.handlers import Handler, Handlers
from trunkline.webhooks.replay import LEASE_SECONDS, REMEMBER_SECONDS

if TYPE_CHECKING:
    from asyncio import Task

    from trunkline.webhooks.replay import AsyncReplayStore, ReplayStore
    from trunkline.webhooks.request import Accepted, IncomingRequest, WebhookSource
    from trunkline.webhooks.tools import ToolRegistry

__all__ = ["WebhookEndpoint"]

E = TypeVar("E")
F = TypeVar("F", bound=Callable[..., Any])

_SERVER_ERROR = 500

_log = logging.getLogger("trunkline.webhooks")


class WebhookEndpoint(Generic[E]):
    """Receives the deliveries of one source and runs a handler for each, once.

    Args:
        source: who sends: a :class:`~trunkline.webhooks.PamelaWebhook` or one of its siblings.
        store: where handled deliveries are remembered; None (default) handles every repetition.
        fail_open: what to do when the store does not answer. False (default): answer 503, so that
            the sender comes again. True: handle the delivery, perhaps a second time.
        lease: seconds after which the claim of a process that died is taken over; it must be
            longer than the slowest handler.
        remember: seconds for which a handled delivery is remembered.
        queue: called with what a handler would have received, instead of a handler; a worker later
            hands it to :meth:`dispatch`. The delivery counts as handled once this returns.
        tools: answers Pamela's tool calls, which are never queued.
    """

    def __init__(
        self,
        source: WebhookSource[E],
        *,
        store: ReplayStore | AsyncReplayStore | None = None,
        fail_open: bool = False,
        lease: float = LEASE_SECONDS,
        remember: float = REMEMBER_SECONDS,
        queue: Callable[[Any], Any] | None = None,
        tools: ToolRegistry | None = None,
    ) -> None:
        self._source = source
        self._store = store
        self._fail_open = fail_open
        self._lease = lease
        self._remember = remember
        self._queue = None if queue is None else Handler(queue)
        self._handlers = Handlers(source)
        self._tasks: set[Task[Decision]] = set()
        if tools is not None:
            self._handlers.add_tools(tools)

    @property
    def max_body_bytes(self) -> int:
        """The size above which an adapter need not read a body."""
        return self._source.max_body_bytes

    def on(
        self, *events: str | type[Any], once: bool = True, undocumented: bool = False
    ) -> Callable[[F], F]:
        """Register a handler, synchronous or asynchronous.

        A handler receives the event (an :class:`~trunkline.webhooks.UnsignedDelivery` around it
        where nothing is signed). What it returns is ignored, unless it is a
        :class:`~trunkline.webhooks.Reply`. When it raises, the answer is 500 and a retry is let in,
        as it is after a Reply with a status of 500 or above.

        Args:
            events: names (``"call.completed"``) or classes; ``"*"`` for everything without a
                handler of its own.
            once: False runs it for repeated deliveries too, and never through the queue: for
                deliveries whose sender waits for the result.
            undocumented: allow names that the pinned contract lacks; such an event arrives as an
                :class:`~trunkline.webhooks.UnknownEvent`.

        Raises:
            ConfigurationError: for an unknown name or class, or one that has a handler already.
        """

        def register(function: F) -> F:
            handler = Handler(function, once=once)
            self._handlers.add(events, handler, undocumented=undocumented)
            return function

        return register

    def receive(self, request: IncomingRequest) -> Decision:
        """Take one request and decide the answer, in this thread.

        Raises:
            ConfigurationError: when the store is asynchronous.
        """
        self.require_blocking()
        return drive(self._steps(request))

    async def areceive(self, request: IncomingRequest) -> Decision:
        """The asynchronous twin of :meth:`receive`; needs an asyncio event loop.

        A handler is not cancelled when the sender hangs up: it ends, and its claim is confirmed
        or released.
        """
        import asyncio

        task = asyncio.ensure_future(adrive(self._steps(request)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    def dispatch(self, value: Any) -> Any:
        """Run the handler of something that was queued; for a worker.

        Returns:
            What the handler returned, or None where there is no handler.
        """
        return drive(self._run(value))

    async def adispatch(self, value: Any) -> Any:
        """The asynchronous twin of :meth:`dispatch`."""
        return await adrive(self._run(value))

    def require_blocking(self) -> None:
        """Raise unless everything here works without an event loop.

        Raises:
            ConfigurationError: when the store is asynchronous.
        """
        if self._store is not None and iscoroutinefunction(self._store.claim):
            raise ConfigurationError(
                "an asynchronous replay store cannot serve a synchronous framework: "
                "use its blocking twin, such as RedisReplayStore"
            )

    def _steps(self, request: IncomingRequest) -> Flow[Decision]:
        if request.method != "POST":
            return problem("wrong_method")
        try:
            delivery = self._source.accept(request)
        except WebhookVerificationError as error:
            _log.warning("refused a delivery: %s", error.reason.value)
            return refused(error)
        handler = self._handlers.find(delivery.event)
        if self._queue is not None and (handler is None or handler.once):
            return (yield from self._handle_once(delivery, self._queue))
        if handler is None:
            return accepted("ignored", delivery.event, self._source.acknowledgement)
        if handler.once:
            return (yield from self._handle_once(delivery, handler))
        return (yield from self._handle(delivery, handler))

    def _handle_once(self, delivery: Accepted[E], handler: Handler) -> Flow[Decision]:
        if self._store is None:
            return (yield from self._handle(delivery, handler))
        try:
            if not (yield self._ask(self._store.claim, delivery.key, self._lease)):
                settled = yield self._ask(self._store.settled, delivery.key)
                return self._repeated(delivery, settled=settled)
        except Exception:  # noqa: BLE001 - whatever anybody's store raises, it is down
            _log.exception("the replay store is down")
            if not self._fail_open:
                return problem("unavailable", delivery.event)
            return (yield from self._handle(delivery, handler))
        return (yield from self._handle_claimed(delivery, handler, self._store))

    def _repeated(self, delivery: Accepted[E], *, settled: bool) -> Decision:
        if settled:
            return accepted("duplicate", delivery.event, self._source.acknowledgement)
        return problem("busy", delivery.event)

    def _handle_claimed(
        self, delivery: Accepted[E], handler: Handler, store: ReplayStore | AsyncReplayStore
    ) -> Flow[Decision]:
        confirmed = False
        try:
            decision = yield from self._handle(delivery, handler)
            confirmed = decision.outcome != "failed"
        finally:
            # Also when the handler was interrupted or cancelled.
            if confirmed:
                yield from self._note(store.confirm, delivery.key, self._remember)
            else:
                yield from self._note(store.release, delivery.key)
        return decision

    def _note(self, function: Callable[..., Any], *args: Any) -> Flow[None]:
        try:
            yield self._ask(function, *args, settles=True)
        except Exception:  # noqa: BLE001 - the handler has run, the answer is settled
            # The lease ends by itself.
            _log.exception("the replay store is down")

    def _ask(self, function: Callable[..., Any], *args: Any, settles: bool = False) -> Call:
        blocking = getattr(self._store, "blocking", True)
        return Call(function, args, blocking=blocking, settles=settles)

    def _handle(self, delivery: Accepted[E], handler: Handler) -> Flow[Decision]:
        try:
            result = yield handler.call(delivery.value)
        except Exception:  # noqa: BLE001 - whatever a handler raises, the sender is to retry
            _log.exception("the handler of %s failed", _name(delivery.event))
            return problem("failed", delivery.event)
        if handler is self._queue:
            return accepted("queued", delivery.event, None)
        if not isinstance(result, Reply):
            return accepted("handled", delivery.event, self._source.acknowledgement)
        # With such an answer the sender comes again, so the delivery must not count as handled.
        asks_again = result.status >= _SERVER_ERROR
        return accepted("failed" if asks_again else "handled", delivery.event, result)

    def _run(self, value: Any) -> Flow[Any]:
        from trunkline.webhooks.unsigned import is_unsigned

        handler = self._handlers.find(value.event if is_unsigned(value) else value)
        return None if handler is None else (yield handler.call(value))


def _name(event: object) -> str:
    return str(getattr(event, "event", type(event).__name__))
