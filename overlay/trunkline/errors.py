"""Everything that can go wrong, as one tree.

* TrunklineError
  - ConfigurationError               a key, URL or option is missing or unusable (also a ValueError)
  - InvalidArgumentError             an argument was refused before anything was sent (a ValueError)
  - RemovedOperationError            the API has removed the operation
  - ClientClosedError                the client was used after close() (also a RuntimeError)
  - WaitTimeoutError                 a wait helper ran out of time; `last` holds the latest state
  - LocalFileError                   a file could not be written (also an OSError)
  - APIError                         something happened to one request
    + APIConnectionError             no complete response
      · APITimeoutError              a phase took too long
        DeadlineExceededError        ... or all attempts together did
      · AmbiguousResultError         the server may have accepted it: look before you repeat
        AmbiguousTimeoutError        ... and it was a timeout (also an APITimeoutError)
    + APIStatusError                 a complete response, but not a success
      · BadRequestError 400          · AuthenticationError 401      · PermissionDeniedError 403
      · NotFoundError 404            · ConflictError 409            · PreconditionFailedError 412
      · UnprocessableEntityError 422 · RateLimitError 429           · ServerError 5xx
      · SubscriptionError            a 403 that is about payment (a PermissionDeniedError)
      · UnexpectedStatusError        anything else, such as a redirect
    + ResponseValidationError        a success whose body is not JSON or lacks the promised list; in
                                     strict mode also one that differs from the contract
  - MissingFieldError                a field was read that the response did not have (also an
                                     AttributeError)
  - trunkline.webhooks.WebhookVerificationError

Every error pickles and deep-copies, prints the request id first, and shows no secret, phone
number or response body. What a vendor wrote is masked before it becomes part of a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from trunkline._redact import one_line, redact_json, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Protocol

    class Deviation(Protocol):
        """Where a response differs from the contract; it holds no values."""

        @property
        def pointer(self) -> str:
            """The location, as a JSON Pointer."""
            ...

        @property
        def expected(self) -> str:
            """The type that the contract names."""
            ...

        @property
        def found(self) -> str:
            """The type that was received, or ``absent``."""
            ...


__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AmbiguousResultError",
    "AmbiguousTimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ClientClosedError",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "InvalidArgumentError",
    "LocalFileError",
    "MissingFieldError",
    "NotFoundError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "RateLimitError",
    "RemovedOperationError",
    "ResponseValidationError",
    "ServerError",
    "SubscriptionError",
    "TrunklineError",
    "UnexpectedStatusError",
    "UnprocessableEntityError",
    "WaitTimeoutError",
]


class TrunklineError(Exception):
    """The base of every error that this package raises."""


class ConfigurationError(TrunklineError, ValueError):
    """A client cannot be made or used as configured; the text names the remedy."""


class InvalidArgumentError(TrunklineError, ValueError):
    """An argument was refused before anything was sent."""


class RemovedOperationError(TrunklineError):
    """The API has removed the operation; nothing was sent, and the method will be removed too."""


class ClientClosedError(TrunklineError, RuntimeError):
    """The client was closed; make a new one."""


class WaitTimeoutError(TrunklineError):
    """A wait helper ran out of time before a terminal state was reached.

    Attributes:
        last: the latest state that was read, or None after unpickling (it may be personal data).
    """

    last: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


class LocalFileError(TrunklineError, OSError):
    """A file of this machine could not be written; ``errno`` and ``filename`` say which and why."""


class MissingFieldError(TrunklineError, AttributeError):
    """A field was read that the contract requires and the response did not have.

    The text names the operation and the field; ``name`` is the field's. The result's ``raw`` holds
    everything that was received, and ``get`` takes a default.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, {"name": self.name}


class APIError(TrunklineError):
    """Something happened to one request.

    Attributes:
        provider: the API's short name, such as ``"pamela"``.
        operation_id: the contract's operationId, or None for a path outside the contract.
        method: the HTTP method.
        path: the path template, such as ``/v1/calls/{call_id}``.
        status: the HTTP status, or None when no response arrived.
        code: the vendor's machine-readable code (text or number), if any.
        details: the vendor's structured details, ``{}`` when there are none.
        request_id: the vendor's ``x-request-id``, if one was sent.
        retry_after: the wait in seconds that the server asked for, if it did.
        attempts: how many times the request was sent or tried.
        elapsed: seconds from the first attempt to this error.
        key: the caller's own key for this operation (``key=``), if one was given.
        maybe_accepted: True when the server may have carried out a request that is not
            idempotent. Look for its effect before sending it again.
        body: the response body as bytes (b"" when there is none); dropped by pickle.
        headers: the response headers with lower-case names; dropped by pickle.
    """

    provider: str = ""
    operation_id: str | None = None
    method: str = ""
    path: str = ""
    status: int | None = None
    code: str | int | None = None
    request_id: str | None = None
    retry_after: float | None = None
    attempts: int = 0
    elapsed: float = 0.0
    key: str | None = None
    maybe_accepted: bool = False
    details: Mapping[str, Any]
    headers: Mapping[str, str]
    body: bytes = b""

    # Personal data and whole responses stay in the process that received them.
    _not_pickled: ClassVar[frozenset[str]] = frozenset({"body", "headers"})

    def __init__(self, message: str = "", **context: Any) -> None:
        super().__init__(shown(message))
        self.details, self.headers = {}, {}
        self.__dict__.update(context)
        # Some vendors put a whole sentence there, others a number from the request.
        self.code = shown(self.code) if isinstance(self.code, str) else redact_json(self.code)
        if self.request_id is not None:
            self.request_id = one_line(self.request_id)

    @property
    def message(self) -> str:
        """What happened, without the context that ``str()`` adds."""
        return str(self.args[0]) if self.args else ""

    def __str__(self) -> str:
        parts = (
            f"[{self.request_id}]" if self.request_id else "",
            f"{self.provider}.{self.operation_id or self.path}:" if self.provider else "",
            self.message,
            self._context(),
        )
        return " ".join(part for part in parts if part)

    def _context(self) -> str:
        facts = {
            "status": self.status,
            "code": self.code,
            "retry_after": self.retry_after,
            "attempts": self.attempts or None,
            "key": self.key,
        }
        text = ", ".join(f"{name}={value}" for name, value in facts.items() if value is not None)
        warning = "it may have been accepted: look before you repeat it"
        text = "; ".join(part for part in (text, warning if self.maybe_accepted else "") if part)
        return f"({text})" if text else ""

    def __reduce__(self) -> tuple[Any, ...]:
        state = {k: v for k, v in self.__dict__.items() if k not in self._not_pickled}
        state["details"] = redact_json(dict(self.details))
        return type(self), self.args, state

    def __setstate__(self, state: dict[str, Any] | None) -> None:
        self.__dict__.update(state or {})


class APIConnectionError(APIError):
    """No complete response arrived."""


class APITimeoutError(APIConnectionError):
    """Connecting, writing, reading or waiting for a free connection took too long."""


class DeadlineExceededError(APITimeoutError):
    """All attempts together, waits included, reached the deadline."""


class AmbiguousResultError(APIConnectionError):
    """The request was sent and no response came: it may have been carried out.

    It is never repeated by this package. Look for its effect (list the calls, say) first.
    """


class AmbiguousTimeoutError(AmbiguousResultError, APITimeoutError):
    """An :class:`AmbiguousResultError` whose cause was a timeout or the deadline."""


class APIStatusError(APIError):
    """The server responded with a status that is not a success."""


class BadRequestError(APIStatusError):
    """400: the server refused the request's content."""


class AuthenticationError(APIStatusError):
    """401: the key is missing, wrong, expired, or lacks a permission."""


class PermissionDeniedError(APIStatusError):
    """403: the key is known and the operation is refused."""


class SubscriptionError(PermissionDeniedError):
    """403 because of the subscription's state (Pamela codes 1005 and 7008).

    Attributes:
        grace_period_ends_at: the end of the grace period, where the server names it.
    """

    grace_period_ends_at: datetime | None = None


class NotFoundError(APIStatusError):
    """404: there is no such object for this key."""


class ConflictError(APIStatusError):
    """409: the object's state does not allow the operation."""


class PreconditionFailedError(APIStatusError):
    """412: the object has changed since it was read."""


class UnprocessableEntityError(APIStatusError):
    """422: a field failed validation."""


class RateLimitError(APIStatusError):
    """429: too many requests; ``retry_after`` holds the requested wait in seconds."""


class ServerError(APIStatusError):
    """5xx: the server or something behind it failed."""


class UnexpectedStatusError(APIStatusError):
    """A status that the contract does not know, such as a redirect."""


class ResponseValidationError(APIError):
    """A success whose body cannot be used; ``body`` holds the bytes.

    Attributes:
        deviations: in strict mode, where the body differs from the contract: each has a
            ``pointer``, the ``expected`` type and the ``found`` one.
    """

    deviations: Sequence[Deviation] = ()
