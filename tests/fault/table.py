"""The expected outcome of every fault: the documented rules of the engine, as data."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline import errors


@dataclass(frozen=True)
class Expected:
    """The expected outcome of a fault.

    Attributes:
        get, post: the exception of an unrepeated request; None for a proper result.
        again, post_again: whether GET and POST are retried.
        accepted: whether the server carried the request out.
        maybe: whether the error of a POST must warn that it may have been accepted.
        nameless: whether a result is returned without the field that the contract promises.
    """

    get: type[Exception] | None
    post: type[Exception] | None
    again: bool = False
    post_again: bool = False
    accepted: bool = True
    maybe: bool = False
    nameless: bool = False


FINE = Expected(None, None)
LOST = Expected(errors.APIConnectionError, errors.AmbiguousResultError, again=True, maybe=True)
LATE = Expected(errors.APITimeoutError, errors.AmbiguousTimeoutError, again=True, maybe=True)
MISFIT = Expected(errors.ResponseValidationError, errors.ResponseValidationError, maybe=True)
#: An object without its fields is a result; a list whose items cannot be found is not.
HALF_READ = Expected(errors.ResponseValidationError, None, nameless=True)
DAMAGED = Expected(
    errors.ResponseValidationError, errors.ResponseValidationError, again=True, maybe=True
)


def lost(*, accepted: bool) -> Expected:
    return Expected(LOST.get, LOST.post, again=True, accepted=accepted, maybe=True)


def status(
    kind: type[Exception],
    *,
    again: bool = False,
    post_again: bool = False,
    accepted: bool = False,
    maybe: bool = False,
) -> Expected:
    return Expected(kind, kind, again, post_again, accepted, maybe)


def failing(*, again: bool = True, accepted: bool = False) -> Expected:
    return status(errors.ServerError, again=again, accepted=accepted, maybe=True)


LIMITED = status(errors.RateLimitError, again=True, post_again=True)
ODD = status(errors.UnexpectedStatusError)
#: A redirect, or a status that does not say whether the request was carried out.
UNDECIDED = status(errors.UnexpectedStatusError, maybe=True)

TABLE: dict[str, Expected] = {
    "ok": FINE,
    "slow=5": FINE,
    "answer_and_close": FINE,
    "trickle=0": FINE,
    "chunked_ok": FINE,
    "trailers": FINE,
    "gzip_ok": FINE,
    "http10": FINE,
    "no_length": FINE,
    "close_header": FINE,
    "continue_first": FINE,
    "hints_first": FINE,
    "odd_success": FINE,
    "excess": FINE,
    "smuggled": FINE,
    # cut off before the request was carried out
    "reset_before=0": lost(accepted=False),
    "reset_before=5": lost(accepted=False),
    "close_before": lost(accepted=False),
    "early_refusal": ODD,
    # ... or after
    "reset_after": LOST,
    "close_after": LOST,
    "half_close": LOST,
    "reset_response=1": LOST,
    "reset_response=30": LOST,
    "reset_response=100": LOST,
    "cut_response=1": LOST,
    "cut_response=30": LOST,
    "cut_response=100": LOST,
    "promised_more": LOST,
    "silent": LATE,
    # not HTTP
    "bad_chunk": LOST,
    "cut_chunk": LOST,
    "not_http": LOST,
    "spoken_name": LOST,
    "bad_version": LOST,
    "status_099": LOST,
    "status_word": LOST,
    "null_header": LOST,
    "nameless_header": LOST,
    "two_lengths": LOST,
    "negative_length": LOST,
    "long_line": LOST,
    "header_bomb": LOST,
    "switched": LOST,
    # complete, but not what the contract promises
    "html": MISFIT,
    "empty": MISFIT,
    "no_content": MISFIT,
    "null": HALF_READ,
    "a_list": Expected(None, None, nameless=True),
    "cut_json": MISFIT,
    "deep_json": MISFIT,
    "binary": MISFIT,
    "surrogate": HALF_READ,
    "gzip_garbage": DAMAGED,
    "gzip_cut": DAMAGED,
    "gzip_twice": MISFIT,
    "brotli": DAMAGED,
    "gzip_bomb": MISFIT,
    "huge": MISFIT,
    "endless_body": MISFIT,
    # statuses
    "s301": UNDECIDED,
    "s302": UNDECIDED,
    "s304": UNDECIDED,
    "s400": status(errors.BadRequestError),
    "s401": status(errors.AuthenticationError),
    "s401_garbled": status(errors.AuthenticationError),
    "s403": status(errors.PermissionDeniedError),
    "s404": status(errors.NotFoundError),
    "s408": status(errors.UnexpectedStatusError, again=True, maybe=True),
    "s409": status(errors.ConflictError),
    "s422": status(errors.UnprocessableEntityError),
    "s425": status(errors.UnexpectedStatusError, again=True, maybe=True),
    "s429": LIMITED,
    "s429_seconds": LIMITED,
    "s429_float": LIMITED,
    "s429_date": LIMITED,
    "s429_reset": LIMITED,
    "s429_body": LIMITED,
    "s429_absurd": LIMITED,
    "s429_words": LIMITED,
    "s429_html": LIMITED,
    "s429_million": status(errors.RateLimitError),
    "refuse_and_trickle": LIMITED,
    "s451": ODD,
    "s499": UNDECIDED,
    "s500": failing(),
    "s500_garbled": failing(),
    "s501": failing(again=False),
    "s502": failing(),
    "s503": failing(),
    "s503_paced": failing(),
    "s503_reset": failing(),
    "s504": failing(),
    "s520": failing(),
    "s599": failing(),
    "s600": UNDECIDED,
    "s999": UNDECIDED,
    "accepted_then_500": failing(accepted=True),
    "accepted_then_503_reset": failing(accepted=True),
}
