"""What the engine must know about an API: plain data and an error decoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from trunkline import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.errors import APIStatusError

    Clock = Callable[[], float]


class ErrorInfo(NamedTuple):
    """The vendor's message, code and details from an error body, as far as it has them."""

    message: str = ""
    code: str | int | None = None
    details: Mapping[str, Any] = {}


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
    """Return the error class of a status for which the provider has no class of its own."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 200 <= status < 300:  # is_error_body() found a failure in the body
        return errors.APIStatusError
    return errors.ServerError if 500 <= status < 600 else errors.UnexpectedStatusError


def default_refine(error: APIStatusError) -> APIStatusError:
    """Return the error unchanged: the provider has no more specific class."""
    return error


class Provider(NamedTuple):
    """One API.

    Attributes:
        name: the short name in errors and logs, such as ``"pamela"``.
        display_name: the name in sentences, such as ``"Pamela"``.
        env: the prefix of its environment variables, such as ``"PAMELA"``.
        base_url: the production server.
        decode_error: reads an error body (any JSON value) and never raises.
        specialise_error: may make a status error more specific, such as SubscriptionError.
        retry_rules: rules of operations, by operationId, that differ from their method's rule.
        key_header: the name of the header that carries the key.
        key_prefix: the text before the key in it.
        user_token_operations: operations that take the user's token instead of the key.
        is_error_body: whether a 2xx body reports a failure; None where no body does.
        package: the generated package of its contract, where that has another name.
        rates: the rate limits that the vendor publishes, for ``throttle=True``.
    """

    name: str
    display_name: str
    env: str
    base_url: str
    decode_error: Callable[[Any], ErrorInfo]
    specialise_error: Callable[[APIStatusError], APIStatusError] = default_refine
    retry_rules: Mapping[str, RetryRule] = {}
    key_header: str = "Authorization"
    key_prefix: str = "Bearer "
    user_token_operations: frozenset[str] = frozenset()
    is_error_body: Callable[[bytes], bool] | None = None
    package: str = ""
    rates: tuple[Rate, ...] = ()


def text_of(value: Any) -> str:
    """Return a text, or the message of an object that holds one; else an empty text."""
    text = mapping_of(value).get("message", value)
    return text if isinstance(text, str) else ""


def mapping_of(value: Any) -> Mapping[str, Any]:
    """Return a JSON object as it is and an empty one for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def usual_error(body: Any) -> ErrorInfo:
    """Read the shapes that most APIs use, where a vendor documents no other.

    The message is in ``message``, ``detail``, ``error`` or ``title``, or in an object ``error``;
    the body itself may be the message.
    """
    found = mapping_of(body)
    error = found.get("error")
    inner = mapping_of(error)
    names = ("message", "detail", "title")
    candidates = (inner.get("message"), *map(found.get, names), error, body)
    message = next((text for text in candidates if isinstance(text, str) and text), "")
    details = mapping_of(inner.get("details") or found.get("details"))
    return ErrorInfo(message, code_of(inner.get("code", found.get("code"))), details)


#: The most fields that a message names; ``details`` holds all.
_FIELDS: Final = 5


def code_of(value: Any) -> str | int | None:
    """Return a text or a number, or the code of an object that holds one; else None."""
    code = mapping_of(value).get("code", value)
    return code if isinstance(code, str | int) and not isinstance(code, bool) else None


def naming_fields(message: str, details: Mapping[str, Any]) -> str:
    """Return a message with the refused fields that the details name.

    Args:
        message: the vendor's message.
        details: ``{"field": name}``, or a short reason for each field; other members are ignored.
    """
    texts = {name: text for name, text in details.items() if isinstance(text, str) and text}
    if "field" in texts:
        named = f"field {texts['field']}"
    else:
        named = ", ".join(f"{name}: {text}" for name, text in list(texts.items())[:_FIELDS])
    return ": ".join(part for part in (message, named) if part)


@dataclass(frozen=True, slots=True, eq=False)
class RetryRule:
    """Which outcomes of an operation allow a second attempt.

    Attributes:
        idempotent: a repetition has no further effect (RFC 9110, section 9.2.2).
        retryable_statuses: statuses that prove that the request was not carried out.
        retryable_with_retry_after: the same, provided that the server sent a Retry-After.
        evidence: where the rule comes from.
    """

    idempotent: bool
    retryable_statuses: frozenset[int] = frozenset()
    retryable_with_retry_after: frozenset[int] = frozenset()
    evidence: str = ""


IDEMPOTENT: Final = RetryRule(idempotent=True, evidence="RFC 9110, section 9.2.2")


NON_IDEMPOTENT: Final = RetryRule(
    idempotent=False,
    retryable_statuses=frozenset({429}),
    retryable_with_retry_after=frozenset({503}),
    evidence="RFC 6585, section 4: a limited request was not carried out; "
    "RFC 9110, section 15.6.4: Retry-After announces a refusal, not a failure half-way",
)


_IDEMPOTENT_METHODS: Final = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})


def rule_for_method(method: str) -> RetryRule:
    """Return the rule of a method that has no rule of its own."""
    return IDEMPOTENT if method.upper() in _IDEMPOTENT_METHODS else NON_IDEMPOTENT


class Rate(NamedTuple):
    """A rate limit that a vendor publishes.

    Attributes:
        requests: how many are allowed in the window.
        seconds: the window's length.
        per: what the server counts by: the key, or the caller's network address.
        evidence: where the limit is published.
    """

    requests: int
    seconds: float
    per: Literal["key", "address"] = "key"
    evidence: str = ""
