"""Webhook deliveries: attempts, retries, and intended duplicates and reordering."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import httpx

from trunkline.sandbox.core.latest import LatestDict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Self

    from trunkline.sandbox.config import SandboxConfig
    from trunkline.sandbox.core.scheduler import Scheduler

__all__ = ["Delivery", "DeliveryResponse", "WebhookDispatcher"]

RETRIED = frozenset({408, 425, 429})
#: The most attempts at the same time.
CONCURRENT = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a virtual time, with the status or the error."""

    at: datetime
    status: int | None
    error: str | None

    def to_json(self) -> dict[str, Any]:
        return {"at": self.at.isoformat(), "status": self.status, "error": self.error}


@dataclass(frozen=True, slots=True)
class DeliveryResponse:
    """A receiver's response, or an error.

    Attributes:
        is_final: whether another attempt would be pointless.
    """

    status: int | None = None
    body: bytes = b""
    error: str | None = None
    is_final: bool = False


@dataclass(slots=True)
class Delivery:
    """The delivery of one event to one receiver.

    Attributes:
        number: order of creation, from 1.
        timeout_seconds: time limit in real seconds; None for the configured one.
        is_retried: whether a failed attempt is followed by another.
        on_end: called with the last response.
        status: ``held``, ``pending``, ``delivered`` or ``failed``.
    """

    provider: str
    event: str
    url: str
    headers: dict[str, str]
    body: bytes
    timeout_seconds: float | None = None
    is_retried: bool = True
    on_end: Callable[[DeliveryResponse], None] | None = None
    number: int = 0
    status: Literal["held", "pending", "delivered", "failed"] = "pending"
    attempts: list[Attempt] = field(default_factory=list[Attempt])

    @classmethod
    def of_json(cls, provider: str, event: str, url: str, payload: Mapping[str, Any]) -> Self:
        headers = {"Content-Type": "application/json"}
        return cls(provider, event, url, headers, json.dumps(payload).encode("ascii"))

    def matches(self, provider: str | None = None, event: str | None = None) -> bool:
        return provider in {None, self.provider} and event in {None, self.event}

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "provider": self.provider,
            "event": self.event,
            "url": self.url,
            "headers": self.headers,
            "body": self.body.decode("utf-8", "replace"),
            "status": self.status,
            "attempts": [attempt.to_json() for attempt in self.attempts],
        }


class WebhookDispatcher:
    """Sends deliveries from the event loop that serves the sandbox.

    Args:
        scheduler: schedules retries.
        config: called before each use, because the configuration may change.
    """

    def __init__(self, scheduler: Scheduler, config: Callable[[], SandboxConfig]) -> None:
        self._scheduler = scheduler
        self._config = config
        self._client: httpx.AsyncClient | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._queues: dict[str, asyncio.Task[None]] = {}
        self._semaphore = asyncio.Semaphore(CONCURRENT)
        self._held: list[Delivery] = []
        self._count = 0
        self.deliveries: LatestDict[int, Delivery] = LatestDict(lambda: config().max_items)

    def enqueue(self, delivery: Delivery) -> None:
        """Send a delivery, immediately unless deliveries are held."""
        config = self._config()
        for copy in range(min(config.deliveries.copies, config.max_items)):
            self._accept(delivery if copy == 0 else _copy_of(delivery))
        if len(self._held) >= max(1, min(config.deliveries.hold, config.max_items)):
            self.release()

    def release(self) -> int:
        """Send the held deliveries, the newest first, and return their number."""
        held, self._held = self._held, []
        for delivery in reversed(held) if self._config().deliveries.hold else held:
            delivery.status = "pending"
            # First attempts at one receiver run one after another, to keep the order.
            task = self._start(delivery, self._queues.get(delivery.url))
            self._queues[delivery.url] = task
            task.add_done_callback(partial(self._leave_queue, delivery.url))
        return len(held)

    def resend(self, number: int, times: int = 1) -> int:
        """Send an earlier delivery again, byte for byte and all at once.

        Raises:
            LookupError: there is no such delivery.
        """
        delivery = self.deliveries.get(number)
        if delivery is None:
            raise LookupError(f"no delivery has the number {number}")
        for _ in range(times):
            self._register(repeat := _copy_of(delivery))
            self._start(repeat)
        return times

    async def drain(self) -> None:
        """Wait until no attempt is running; retries scheduled for later do not count."""
        while self._tasks:
            await asyncio.wait(self._tasks)
            await asyncio.sleep(0)

    def clear(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._held.clear()
        self._queues.clear()
        self.deliveries.clear()
        self._count = 0

    async def close(self) -> None:
        self.clear()
        await self.drain()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _accept(self, delivery: Delivery) -> None:
        self._register(delivery)
        delivery.status = "held"
        self._held.append(delivery)

    def _register(self, delivery: Delivery) -> None:
        self._count += 1
        delivery.number = self._count
        self.deliveries[delivery.number] = delivery

    def _start(
        self, delivery: Delivery, previous: asyncio.Task[None] | None = None
    ) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._attempt(delivery, previous))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _restart(self, delivery: Delivery) -> None:
        self._start(delivery)

    def _leave_queue(self, url: str, task: asyncio.Task[None]) -> None:
        if self._queues.get(url) is task:
            del self._queues[url]

    async def _attempt(self, delivery: Delivery, previous: asyncio.Task[None] | None) -> None:
        if previous is not None:
            await asyncio.wait([previous])
        async with self._semaphore:
            at = self._scheduler.now()
            response = await self._exchange(delivery)
        delivery.attempts.append(Attempt(at, response.status, response.error))
        delay = self._delay(delivery, response)
        if response.status in range(200, 300):
            self._end(delivery, "delivered", response)
        elif delay is None:
            self._end(delivery, "failed", response)
        else:
            self._scheduler.after(delay, lambda _when: self._restart(delivery))

    async def _exchange(self, delivery: Delivery) -> DeliveryResponse:
        if self._config().deliveries.loopback_only and not _is_loopback(delivery.url):
            return DeliveryResponse(
                error="refused: the receiver is not on this machine", is_final=True
            )
        try:
            response = await self._post(delivery)
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            return DeliveryResponse(error=type(failure).__name__)
        status = response.status_code
        is_transient = status >= 500 or status in RETRIED  # HTTP
        return DeliveryResponse(status, response.content, is_final=not is_transient)

    async def _post(self, delivery: Delivery) -> httpx.Response:
        if self._client is None:
            # No connection is kept: if a receiver closed an idle one just as the next delivery
            # was sent, that delivery would lose an attempt.
            self._client = httpx.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            )
        limit = delivery.timeout_seconds or self._config().deliveries.timeout_seconds
        try:
            async with asyncio.timeout(limit):
                return await self._client.post(
                    delivery.url, content=delivery.body, headers=delivery.headers, timeout=limit
                )
        except TimeoutError:
            raise httpx.ReadTimeout("the receiver took too long") from None

    def _delay(self, delivery: Delivery, response: DeliveryResponse) -> float | None:
        delays = self._config().deliveries.retry_delays
        done = len(delivery.attempts)
        if response.is_final or not delivery.is_retried or done > len(delays):
            return None
        return delays[done - 1]

    def _end(
        self, delivery: Delivery, status: Literal["delivered", "failed"], response: DeliveryResponse
    ) -> None:
        delivery.status = status
        if delivery.on_end is not None:
            delivery.on_end(response)


def _copy_of(delivery: Delivery) -> Delivery:
    return replace(delivery, on_end=None, attempts=[], status="pending")


def _is_loopback(url: str) -> bool:
    with contextlib.suppress(ValueError):
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    return False
