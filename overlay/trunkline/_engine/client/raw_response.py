"""The result and the response together: what ``with_raw_response`` returns."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from trunkline._engine.headers import RateLimit, rate_limit
from trunkline._engine.models import Response
from trunkline._engine.session.error_mapping import request_id_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from trunkline._engine.session.context import ClientContext

P = ParamSpec("P")


T = TypeVar("T")


class RawResponse(Generic[T]):
    """A result together with the response it was read from.

    Attributes:
        parsed: what the method returns without ``with_raw_response``.
        status_code: the HTTP status; 0 for a recorded call, for which nothing was sent.
        headers: the response headers, names in lower case; left out of pickles.
        content: the body, decompressed; left out of pickles.
        request_id: the vendor's ``x-request-id``, or None where it sends none; a key or number
            in it is masked.
        rate_limit: the limit, what is left of it, and when it resets.
        attempts: how many attempts it took.
        elapsed: seconds from the first attempt to the end of the body.
    """

    __slots__ = (
        "attempts",
        "content",
        "elapsed",
        "headers",
        "parsed",
        "rate_limit",
        "request_id",
        "status_code",
    )

    def __init__(self, parsed: T, response: Response, context: ClientContext) -> None:
        self.parsed = parsed
        self.status_code = response.status
        self.headers = response.headers
        self.content = response.body
        self.request_id = request_id_of(response.headers, context.key.reveal())
        self.rate_limit: RateLimit = rate_limit(response.headers, context.runtime.wall())
        self.attempts = response.attempts
        self.elapsed = response.elapsed

    def __getstate__(self) -> dict[str, Any]:
        """Return what a pickle holds: the result, and only the facts of the response."""
        return {n: getattr(self, n) for n in self.__slots__ if n not in {"content", "headers"}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.content, self.headers = b"", {}
        for name, value in state.items():
            setattr(self, name, value)

    def __repr__(self) -> str:
        return (
            f"RawResponse(status_code={self.status_code}, request_id={self.request_id!r}, "
            f"attempts={self.attempts}, content={len(self.content)} bytes)"
        )


def async_raw(
    method: Callable[P, Awaitable[T]],
) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]:
    """Return a resource's method in the form that keeps the response."""

    @wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        resource, session = _with_capture(method)
        parsed = await getattr(resource, method.__name__)(*args, **kwargs)
        return RawResponse(parsed, _last(session), session.context)

    return call


def sync_raw(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """Return a resource's method in the form that keeps the response."""

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        resource, session = _with_capture(method)
        parsed = getattr(resource, method.__name__)(*args, **kwargs)
        return RawResponse(parsed, _last(session), session.context)

    return call


def _last(session: Any) -> Response:
    """Return the last response; one with status 0 where the ledger had the result."""
    return session.captured[-1] if session.captured else Response(0, [], attempts=0)


def _with_capture(method: Any) -> tuple[Any, Any]:
    """Return a copy of the method's resource with a capturing session, and that session."""
    captured: tuple[Any, Any] = method.__self__._with_capture()  # noqa: SLF001 - a part of the engine
    return captured
