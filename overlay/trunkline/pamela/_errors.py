"""Reads Pamela's error bodies; it is not known which of six shapes the service sends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine.client.validation import to_utc
from trunkline._engine.provider import ErrorInfo, code_of, mapping_of, text_of
from trunkline._json import is_array
from trunkline.errors import InvalidArgumentError, SubscriptionError
from trunkline.pamela._codes import ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from trunkline.errors import APIStatusError

_NUMERAL: Final = re.compile(r"[0-9]{1,9}\Z")
_SUBSCRIPTION: Final = re.compile(r"subscription|subscribe|grace period|payment", re.IGNORECASE)
_SUBSCRIPTION_CODES: Final = {ErrorCode.SUBSCRIPTION_REQUIRED, ErrorCode.SUBSCRIPTION_EXPIRED}
_SUBSCRIPTION_FIELDS: Final = {"subscription_status", "grace_period_ends_at"}
#: How many refused fields a message names; ``details["errors"]`` holds all.
_SHOWN: Final = 5


def decode_error(body: Any) -> ErrorInfo:
    """Read an error body of any form; never raises.

    Message, code and details are looked for in ``detail``, ``detail.error``, the body itself and
    ``error``, in this order; each of the four may also be a plain text.
    """
    top = mapping_of(body)
    detail = top.get("detail")
    if is_array(detail):
        return _refused_fields(detail)
    candidates = (detail, mapping_of(detail).get("error"), body, top.get("error"))
    layers = [mapping_of(candidate) for candidate in candidates]
    texts = (*(layer.get("message") for layer in layers), *candidates)
    codes = (layer.get(name) for layer in layers for name in ("error_code", "code"))
    details = (mapping_of(layer.get("details")) for layer in layers)
    return ErrorInfo(
        next((text_of(text) for text in texts if text and isinstance(text, str)), ""),
        next((code for code in map(_code, codes) if code is not None), None),
        next((found for found in details if found), mapping_of(None)),
    )


def _code(value: Any) -> str | int | None:
    """Return a code, as a number where it is one: a gateway may turn numbers into texts."""
    code = code_of(value)
    return int(code) if isinstance(code, str) and _NUMERAL.match(code) else code


def _refused_fields(entries: list[Any]) -> ErrorInfo:
    """Read a framework's list of refused fields; their values are not shown."""
    lines = [line for line in map(_refused_field, entries[:_SHOWN]) if line]
    more = f"; {len(entries) - _SHOWN} more" if len(entries) > _SHOWN else ""
    message = text_of("; ".join(lines) + more) if lines else ""
    return ErrorInfo(message, None, {"errors": entries})


def _refused_field(entry: Any) -> str:
    found = mapping_of(entry)
    message = found.get("msg")
    if not isinstance(message, str):
        return ""
    field = ".".join(_steps(found.get("loc")))
    return f"{field}: {message}" if field else message


def _steps(location: Any) -> Iterable[str]:
    steps = location if is_array(location) else []
    return (str(step) for step in steps if isinstance(step, str | int))


def specialise_error(error: APIStatusError) -> APIStatusError:
    """Return a 403 that is about the subscription as a SubscriptionError.

    The vendor's package treats every 403 as one. Here a 403 that does not mention a subscription,
    such as a firewall's page, stays a PermissionDeniedError: paying would not help.
    """
    if error.status != 403 or not _about_subscription(error):
        return error
    ends_at = _moment(error.details.get("grace_period_ends_at"))
    return SubscriptionError(error.message, **vars(error), grace_period_ends_at=ends_at)


def _about_subscription(error: APIStatusError) -> bool:
    if error.code in _SUBSCRIPTION_CODES or _SUBSCRIPTION_FIELDS & set(error.details):
        return True
    return bool(_SUBSCRIPTION.search(error.message))


def _moment(value: Any) -> datetime | None:
    try:
        return to_utc("grace_period_ends_at", value) if isinstance(value, str) else None
    except InvalidArgumentError:
        return None
