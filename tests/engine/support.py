"""A manual clock, and helpers for tests of the engine alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from trunkline._engine.models import Request, Response
from trunkline._engine.options import Options
from trunkline._engine.provider import ErrorInfo, Provider, code_of, mapping_of, text_of
from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session.context import ClientContext
from trunkline._engine.session.request_builder import RequestBuilder
from trunkline._engine.session.retry_policy import RetryPolicy
from trunkline._secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "tk_live_0123456789abcdef"
START = 1_800_000_000.0


async def _skip(_delay: float) -> None:
    return None


#: For a client that does not wait between its attempts.
NO_WAIT: dict[str, Any] = {
    "runtime": replace(SYSTEM, sleep=lambda _delay: None, async_sleep=_skip),
}


@dataclass
class Clock:
    """Time that passes only in sleeps; ``draw`` is where in its range a random number lies."""

    now: float = 1000.0
    draw: float = 0.0
    sleeps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return START + self.now - 1000.0

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.draw

    def sleep(self, delay: float) -> None:
        self.sleeps.append(delay)
        self.now += delay

    async def async_sleep(self, delay: float) -> None:
        self.sleep(delay)

    def runtime(self) -> Runtime:
        return Runtime(self.monotonic, self.wall, self.uniform, self.sleep, self.async_sleep)


def decode(body: Any) -> ErrorInfo:
    """Read ``{message, code, details}``."""
    found = mapping_of(body)
    return ErrorInfo(
        text_of(found.get("message")), code_of(found.get("code")), mapping_of(found.get("details"))
    )


PROVIDER = Provider(
    name="acme",
    display_name="Acme",
    env="ACME",
    base_url="https://api.acme.example",
    decode_error=decode,
)


def make_context(
    clock: Clock | None = None, *, key: str = KEY, base_url: str = "", **options: Any
) -> ClientContext:
    """Return a context for an invented provider."""
    runtime = (clock or Clock()).runtime()
    url = base_url or PROVIDER.base_url
    return ClientContext(PROVIDER, url, Secret(key), Options().changed(**options), runtime)


def build_request(context: ClientContext, method: str, url: str, **arguments: Any) -> Request:
    """Return a request of a client with this context."""
    return RequestBuilder(context).build_request(method, url, **arguments)


def next_delay(context: ClientContext, request: Request, outcome: Any) -> float | None:
    """Return what a client with this context does after an attempt."""
    return RetryPolicy(context).next_delay(request, outcome)


def cooldown_delay(context: ClientContext, request: Request) -> float:
    """Return how long a client with this context holds a request back."""
    return RetryPolicy(context).cooldown_delay(request)


def make_request(
    context: ClientContext, method: str = "GET", *, attempts: int = 1, path: str = "/calls"
) -> Request:
    """Return a request that has made some attempts."""
    operation = {"operation_id": "some_call", "path_template": path}
    request = build_request(context, method, path, extensions={"trunkline": operation})
    request.attempts = attempts
    return request


def failure(call: Callable[[], object]) -> Exception | None:
    """Return what a call raises, None for a call that returns."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - the test looks at its type
        return error
    return None


def response(status: int, body: bytes = b"", **headers: str) -> Response:
    """Return a response; underscores in header names stand for hyphens."""
    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Response(status, raw, body)
