"""Maps the outcome of a request to the error that a caller gets."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from trunkline import errors
from trunkline._engine.headers import retry_after
from trunkline._engine.models import header_map
from trunkline._engine.provider import Provider, class_by_status
from trunkline._engine.session.deviations import ContractMismatchError
from trunkline._engine.session.retry import AttemptResult, StopReason, maybe_accepted
from trunkline._engine.transport.content import read_json
from trunkline._engine.transport.httpx_adapter import REQUEST
from trunkline._redact import excerpt, shown, without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline._engine.models import Request, Response
    from trunkline._engine.transport.failures import TransportError

_MESSAGE_LENGTH: Final = 500


#: Of a text that is not JSON, the start is enough to recognise it.
_PLAIN_LENGTH: Final = 200


def error_context(provider: Provider, request: Request, now: float) -> dict[str, Any]:
    """Return the facts about a request that every error carries."""
    return {
        "provider": provider.name,
        "operation_id": request.operation_id,
        "method": request.method,
        "path": request.path_template,
        "attempts": request.attempts,
        "elapsed": round(now - request.started, 6),
        "key": request.options.key,
    }


def describe_decode_error(error: Exception) -> str:
    """Return what was wrong with a body, and remove the body's text from the exception.

    The exception becomes the cause of the SDK's error, whose traceback may be logged. Decoders
    quote what they could not read; only the name of a missing field is not part of the body.
    """
    if isinstance(error, ContractMismatchError):
        return f"the body differs from the contract: {error}"
    name = error.args[0] if isinstance(error, KeyError) and error.args else None
    error.args = (shown(name)[:60],) if isinstance(name, str) else ()
    if isinstance(error, JSONDecodeError):
        error.doc = ""
    what = f"without {error.args[0]!r}" if error.args else type(error).__name__
    return f"the body does not fit the contract ({what})"


def request_id_of(headers: Mapping[str, str], secret: str) -> str | None:
    """Return the vendor's id of a request; a key or number that it echoes there is masked."""
    value = headers.get("x-request-id")
    return None if value is None else shown(value, secret)


def response_facts(response: Response, secret: str) -> dict[str, Any]:
    """Return the facts about a response that its error carries."""
    return {
        "status": response.status,
        "request_id": request_id_of(response.headers, secret),
        "headers": response.headers,
        "body": response.body,
    }


def decoded(response: Response) -> Any:
    """Return the JSON of an error body, None for a body that is not JSON."""
    try:
        return read_json(response.body)
    except (ValueError, RecursionError):
        return None


def from_response(
    provider: Provider, request: Request, response: Response, wall: float, now: float
) -> errors.APIStatusError:
    """Return the error of a complete response that is not a success."""
    info = provider.decode_error(decoded(response))
    secret = sent_key(provider, request)
    wait = retry_after(response.status, response.headers, info.details, wall)
    result = AttemptResult(response.status, retry_after=wait, verified=response.verified)
    message = excerpt(info.message, _MESSAGE_LENGTH, secret) or _plain_text(response, secret)
    gone = response.status in {404, 410} and request.unanswered > 0 and request.method == "DELETE"
    if gone:
        message = f"{message}; an earlier attempt got no response and may have deleted it"
    error = class_by_status(response.status)(
        message,
        code=_code(info.code, secret),
        details=without(dict(info.details), secret),
        retry_after=wait,
        maybe_accepted=gone or maybe_accepted(result, request.retry_rule),
        **error_context(provider, request, now),
        **response_facts(response, secret),
    )
    return provider.specialise_error(error)


def sent_key(provider: Provider, request: Request | None) -> str:
    """Return the key that a request carries: some servers quote it when they refuse it."""
    if request is None:
        return ""
    name = provider.key_header.encode()
    value = next((value.decode() for header, value in request.headers if header == name), "")
    return value.removeprefix(provider.key_prefix)


def _code(code: str | int | None, secret: str) -> str | int | None:
    return excerpt(code, _MESSAGE_LENGTH, secret) if isinstance(code, str) else code


def _plain_text(response: Response, secret: str) -> str:
    """Return the start of a text body; of markup and binary bodies only size and type."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if 300 <= response.status < 400:
        target = _host_and_path(response.headers.get("location", ""))
        target = shown(target, secret) or "nowhere"
        return f"redirect to {target}, not followed: a key goes to base_url alone"
    if kind == "text/plain" and response.body:
        return excerpt(response.body.decode("utf-8", "replace").strip(), _PLAIN_LENGTH, secret)
    return f"no message ({len(response.body)} bytes of {kind or 'unknown type'})"


def _host_and_path(location: str) -> str:
    """Return host and path of a URL: its user, query and fragment may be secrets."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return "an unreadable address"
    return f"{parts.hostname or ''}{parts.path}"


def from_transport_error(
    provider: Provider, request: Request, failure: TransportError, now: float, stop: StopReason
) -> errors.APIError:
    """Return the error of an attempt without a complete response."""
    seen = {"status": failure.status, "retry_after": failure.retry_after}
    facts = {**error_context(provider, request, now), **seen}
    if failure.invalid_body:
        return errors.ResponseValidationError(
            failure.reason,
            maybe_accepted=not request.retry_rule.idempotent,
            body=failure.body,
            headers=header_map(failure.headers),
            **facts,
        )
    held_back = failure.retry_after is not None
    late = now >= request.expires_at or stop is StopReason.DEADLINE or held_back
    unsafe = failure.sent and not request.retry_rule.idempotent
    kind = _class_of(failure, late=late, unsafe=unsafe)
    return kind(_reason(failure, request, late=late), maybe_accepted=unsafe, **facts)


def _class_of(
    failure: TransportError, *, late: bool, unsafe: bool
) -> type[errors.APIConnectionError]:
    if unsafe:
        timed_out = failure.timed_out or late
        return errors.AmbiguousTimeoutError if timed_out else errors.AmbiguousResultError
    if late:
        return errors.DeadlineExceededError
    return errors.APITimeoutError if failure.timed_out else errors.APIConnectionError


def _reason(failure: TransportError, request: Request, *, late: bool) -> str:
    deadline = f"the deadline of {request.options.deadline:g} s passed; " if late else ""
    return f"{deadline}{failure.reason}"


def invalid_response(
    provider: Provider, response: Any, error: Exception, now: float
) -> errors.ResponseValidationError:
    """Return the error for a success whose body the generated code could not read."""
    request: Request | None = response.extensions.get(REQUEST)
    return errors.ResponseValidationError(
        describe_decode_error(error),
        body=response.received,
        headers=dict(response.headers),
        maybe_accepted=bool(request and not request.retry_rule.idempotent),
        deviations=getattr(error, "deviations", ()),
        **response_context(provider, response, now),
    )


def response_context(provider: Provider, response: Any, now: float) -> dict[str, Any]:
    """Return the facts of the exchange for an error about a response's content."""
    request: Request | None = response.extensions.get(REQUEST)
    known = error_context(provider, request, now) if request else {}
    return {
        **known,
        "status": response.status_code,
        "request_id": request_id_of(response.headers, sent_key(provider, request)),
    }
