"""Reports responses to the observer of a client (``observe=``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.models import Request, Response
    from trunkline._engine.session.context import ClientContext


Skips = dict[tuple[str | None, int], int]


def skips_of(context: ClientContext) -> Skips | None:
    """Return how many responses of each operation to skip; None where nothing is observed."""
    observer = context.options.observe
    return None if observer is None else observer.skips(_package(context))


def observed(
    context: ClientContext, skips: Skips, request: Request, response: Response
) -> Callable[[Any], None] | None:
    """Count a response; return the function for its decoded body, None if it is not needed."""
    key = request.operation_id, response.status
    left = skips.get(key)
    if left:
        skips[key] = left - 1
        return None
    return _counted(context, request, response)


def _package(context: ClientContext) -> str:
    return context.provider.package or context.provider.name


def _counted(
    context: ClientContext, request: Request, response: Response
) -> Callable[[Any], None] | None:
    observer = request.options.observe
    counted = observer.count(_package(context), request.operation_id, response.status)
    if counted is None:
        return None
    from trunkline._shapes.contract import body_class

    body = body_class(_media_type(response), is_empty=not response.body)
    key = hash(context.key.reveal() or context.user_token.reveal())
    record: Callable[[Any], None] = observer.begin(
        counted, response.status, body, context.runtime.wall(), key
    )
    return record if body == "json" else None


def observe_failure(
    context: ClientContext, request: Request, response: Response, body: Any
) -> None:
    """Count a failure.

    Args:
        context: the client.
        request: the call.
        response: its complete response.
        body: the decoded body; None where it is not JSON.
    """
    record = _counted(context, request, response)
    # The contract describes a success there, not a failure that was sent with its status.
    if record is not None and response.status >= 300:
        record(body)


def _media_type(response: Response) -> str:
    found = (value for name, value in response.raw_headers if name.lower() == b"content-type")
    return next(found, b"").decode("latin-1")
