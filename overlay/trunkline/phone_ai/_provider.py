"""What the engine must know about Phone.ai."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine.provider import (
    NON_IDEMPOTENT,
    ErrorInfo,
    Provider,
    Rate,
    code_of,
    mapping_of,
    text_of,
)

if TYPE_CHECKING:
    from trunkline.errors import APIStatusError


def decode_error(body: Any) -> ErrorInfo:
    """Read the usual shapes: the page promises a message and names no field."""
    found = mapping_of(body)
    error = found.get("error")
    inner = mapping_of(error)
    candidates = (inner.get("message"), found.get("message"), found.get("detail"), error, body)
    message = next((text_of(text) for text in candidates if isinstance(text, str) and text), "")
    details = mapping_of(inner.get("details") or found.get("details"))
    return ErrorInfo(message, code_of(inner.get("code", found.get("code"))), details)


def specialise_error(error: APIStatusError) -> APIStatusError:
    """Name the second meaning that the page gives to a 401."""
    if error.status == 401:
        meanings = "the token is missing or wrong, or it lacks the permissions for this operation"
        error.args = (f"{error.message}; {meanings}",)
    return error


PROVIDER: Final = Provider(
    name="phone_ai",
    display_name="Phone.ai",
    env="PHONE_AI",
    base_url="https://phone.ai/api",
    decode_error=decode_error,
    specialise_error=specialise_error,
    retry_rules={
        "inject_audio": replace(
            NON_IDEMPOTENT,
            evidence="a PUT, but audio that is injected twice is heard twice (inferred)",
        )
    },
    rates=(Rate(100, 60.0, "key", "vendor's page: 100 requests a minute per user"),),
)
