"""From what happened on the wire to the error that a caller sees."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from trunkline import errors
from trunkline._engine._decision import Outcome, Stop, may_repeat
from trunkline._engine._headers import retry_after
from trunkline._engine._provider import Provider, class_by_status
from trunkline._engine._wire import Answer, Broken, Trip, load_json
from trunkline._redact import excerpt, shown, without

if TYPE_CHECKING:
    from trunkline._engine._provider import ErrorInfo

_MESSAGE_LENGTH: Final = 500
#: Of a text that is no JSON, the start is enough to see what it is.
_PLAIN_LENGTH: Final = 200


def context(provider: Provider, trip: Trip, now: float) -> dict[str, Any]:
    """Return the facts about a trip that every error carries."""
    return {
        "provider": provider.name,
        "operation_id": trip.operation_id,
        "method": trip.method,
        "path": trip.path,
        "attempts": trip.attempts,
        "elapsed": round(now - trip.started, 6),
        "key": trip.options.key,
    }


def misfit(error: Exception) -> str:
    """Return what was wrong with a body, and take the body's words out of the exception.

    It stays the cause of ours, whose traceback may go into a log: only the name of a missing field
    is no part of the body, while decoders quote what they could not read.
    """
    name = error.args[0] if isinstance(error, KeyError) and error.args else None
    error.args = (shown(name)[:60],) if isinstance(name, str) else ()
    if isinstance(error, JSONDecodeError):
        error.doc = ""
    what = f"without {error.args[0]!r}" if error.args else type(error).__name__
    return f"the body does not fit the contract ({what})"


def answer_facts(answer: Answer) -> dict[str, Any]:
    """Return the facts about a response that its error carries."""
    return {
        "status": answer.status,
        "request_id": answer.headers.get("x-request-id"),
        "headers": answer.headers,
        "body": answer.body,
    }


def decoded(provider: Provider, answer: Answer) -> ErrorInfo:
    """Return what an error body says; a body that is not JSON says nothing."""
    try:
        return provider.decode_error(load_json(answer.body))
    except (ValueError, RecursionError):
        return provider.decode_error(None)


def status_error(
    provider: Provider, trip: Trip, answer: Answer, wall: float, now: float
) -> errors.APIStatusError:
    """Return the error of a complete response that is not a success."""
    info = decoded(provider, answer)
    secret = _sent_key(provider, trip)
    wait = retry_after(answer.status, answer.headers, info.details, wall)
    refused = may_repeat(Outcome(answer.status, retry_after=wait), trip.replay)
    error = class_by_status(answer.status)(
        excerpt(info.message, _MESSAGE_LENGTH, secret) or _plain_text(answer, secret),
        code=_code(info.code, secret),
        details=without(info.details, secret),
        retry_after=wait,
        maybe_accepted=answer.status >= 500 and not (trip.replay.safe or refused),
        **context(provider, trip, now),
        **answer_facts(answer),
    )
    return provider.refine(error)


def _sent_key(provider: Provider, trip: Trip) -> str:
    """Return the key that a trip carries: some servers quote it when they refuse it."""
    name = provider.key_header.encode()
    value = next((value.decode() for header, value in trip.headers if header == name), "")
    return value.removeprefix(provider.key_prefix)


def _code(code: str | int | None, secret: str) -> str | int | None:
    return excerpt(code, _MESSAGE_LENGTH, secret) if isinstance(code, str) else code


def _plain_text(answer: Answer, secret: str) -> str:
    """Return the start of a text body; markup and binary bodies are only named."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if 300 <= answer.status < 400:
        place = _place(answer.headers.get("location", ""))
        place = shown(place, secret) or "nowhere"
        return f"redirect to {place}, not followed: a key goes to base_url alone"
    if kind == "text/plain" and answer.body:
        return excerpt(answer.body.decode("utf-8", "replace").strip(), _PLAIN_LENGTH, secret)
    return f"no message ({len(answer.body)} bytes of {kind or 'unknown type'})"


def _place(location: str) -> str:
    """Return host and path of a URL: its user, query and fragment may be secrets."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return "an unreadable address"
    return f"{parts.hostname or ''}{parts.path}"


def broken_error(
    provider: Provider, trip: Trip, broken: Broken, now: float, stop: Stop
) -> errors.APIError:
    """Return the error of an attempt without a complete response."""
    seen = {"status": broken.status, "retry_after": broken.retry_after}
    facts = {**context(provider, trip, now), **seen}
    if broken.malformed:
        return errors.ResponseValidationError(
            broken.reason, maybe_accepted=not trip.replay.safe, **facts
        )
    held_back = broken.retry_after is not None
    late = now >= trip.expires_at or stop is Stop.DEADLINE or held_back
    unsafe = broken.sent and not trip.replay.safe
    kind = _broken_class(broken, late=late, unsafe=unsafe)
    return kind(_reason(broken, trip, late=late), maybe_accepted=unsafe, **facts)


def _broken_class(broken: Broken, *, late: bool, unsafe: bool) -> type[errors.APIConnectionError]:
    if unsafe:
        timed_out = broken.timed_out or late
        return errors.AmbiguousTimeoutError if timed_out else errors.AmbiguousResultError
    if late:
        return errors.DeadlineExceededError
    return errors.APITimeoutError if broken.timed_out else errors.APIConnectionError


def _reason(broken: Broken, trip: Trip, *, late: bool) -> str:
    deadline = f"the deadline of {trip.options.deadline:g} s passed; " if late else ""
    return f"{deadline}{broken.reason}"
