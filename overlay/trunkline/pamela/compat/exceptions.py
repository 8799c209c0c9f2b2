"""The vendor's errors, as subclasses of this package's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline import errors

if TYPE_CHECKING:
    from collections.abc import Mapping


class PamelaError(errors.APIError):
    """The server responded with an error; the base of the vendor's errors.

    Raised as it is for statuses that have no class of their own, and for a list of tools that
    cannot be found. ``__cause__`` is the error that :class:`trunkline.Pamela` raises.

    Args:
        message: what happened.
        error_code: the vendor's code.
        details: further facts.
        status_code: the HTTP status.
        context: the attributes of :class:`trunkline.APIError`.
    """

    def __init__(
        self,
        message: str = "",
        error_code: int | str | None = None,
        details: Mapping[str, Any] | None = None,
        status_code: int | None = None,
        **context: Any,
    ) -> None:
        named = {"code": error_code, "details": details or {}, "status": status_code}
        super().__init__(message, **{**named, **context})

    @property
    def error_code(self) -> int | str | None:
        """The vendor's code, such as 7008; the same as ``code``."""
        return self.code

    @property
    def status_code(self) -> int | None:
        """The HTTP status; the same as ``status``."""
        return self.status


class AuthenticationError(PamelaError, errors.AuthenticationError):
    """401: the key is missing, wrong or expired."""


class SubscriptionError(PamelaError, errors.SubscriptionError):
    """403: any, whether or not it is about the subscription, as in the vendor's package."""


class RateLimitError(PamelaError, errors.RateLimitError):
    """429: too many requests, or the quota is used up."""


class ValidationError(PamelaError, errors.BadRequestError, errors.UnprocessableEntityError):
    """400 or 422: the server refused the request's content."""


class CallError(PamelaError, errors.APIStatusError):
    """Any other status of an operation on calls."""


_BY_STATUS: dict[int, type[PamelaError]] = {
    400: ValidationError,
    401: AuthenticationError,
    403: SubscriptionError,
    422: ValidationError,
    429: RateLimitError,
}


def vendor_error(error: errors.APIStatusError, *, of_calls: bool) -> PamelaError:
    """Return an error under the vendor's name, with all its attributes."""
    other = CallError if of_calls else PamelaError
    return _BY_STATUS.get(error.status or 0, other)(error.message, **vars(error))
