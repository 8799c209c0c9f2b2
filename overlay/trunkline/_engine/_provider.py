"""What the engine must be told about an API: plain data and one decoder of errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from trunkline import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline._engine._decision import Replay
    from trunkline._engine._throttle import Rate
    from trunkline.errors import APIStatusError


@dataclass(frozen=True, slots=True)
class ErrorInfo:
    """What an error body says: the vendor's message, code and details, as far as it has them."""

    message: str = ""
    code: str | int | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])


_BY_STATUS: Mapping[int, type[APIStatusError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    412: errors.PreconditionFailedError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}


def class_by_status(status: int) -> type[APIStatusError]:
    """Return the error class of a status that has no class of its own at the provider."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 200 <= status < 300:  # a body that disowns its own status
        return errors.APIStatusError
    return errors.ServerError if 500 <= status < 600 else errors.UnexpectedStatusError


def default_refine(error: APIStatusError) -> APIStatusError:
    """Return the error unchanged: the provider knows nothing finer."""
    return error


@dataclass(frozen=True, slots=True)
class Provider:
    """One API.

    Attributes:
        name: the short name in errors and logs, such as ``"pamela"``.
        title: the name in sentences, such as ``"Pamela"``.
        env: the prefix of its environment variables, such as ``"PAMELA"``.
        base_url: the production server.
        decode_error: reads an error body (any JSON value) and never raises.
        refine: may replace a status error by a finer one, such as SubscriptionError.
        replay: rules of operations, by operationId, that differ from their method's rule.
        key_header: the name of the header that carries the key.
        key_prefix: what stands before the key in it.
        user_operations: operations that take the token of a logged-in user instead of the key.
        disowns: whether the body of a success says that it is none; None where no body does.
        rates: the limits on requests that the vendor names, for ``throttle=True``.
    """

    name: str
    title: str
    env: str
    base_url: str
    decode_error: Callable[[Any], ErrorInfo]
    refine: Callable[[APIStatusError], APIStatusError] = default_refine
    replay: Mapping[str, Replay] = field(default_factory=dict[str, "Replay"])
    key_header: str = "Authorization"
    key_prefix: str = "Bearer "
    user_operations: frozenset[str] = frozenset()
    disowns: Callable[[bytes], bool] | None = None
    rates: tuple[Rate, ...] = ()


def text_of(value: Any) -> str:
    """Return a text, or the message of an object that holds one; nothing for anything else."""
    text = mapping_of(value).get("message", value)
    return text if isinstance(text, str) else ""


def mapping_of(value: Any) -> Mapping[str, Any]:
    """Return a JSON object as it is and an empty one for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def code_of(value: Any) -> str | int | None:
    """Return a text or a number, or the code of an object that holds one; else None."""
    code = mapping_of(value).get("code", value)
    return code if isinstance(code, str | int) and not isinstance(code, bool) else None
