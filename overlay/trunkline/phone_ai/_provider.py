"""What the engine must know about Phone.ai."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trunkline._engine.provider import NON_IDEMPOTENT, Provider, Rate, usual_error

if TYPE_CHECKING:
    from trunkline.errors import APIStatusError


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
    # The page promises a message and names no field.
    decode_error=usual_error,
    specialise_error=specialise_error,
    retry_rules={
        "inject_audio": replace(
            NON_IDEMPOTENT,
            evidence="a PUT, but audio that is injected twice is heard twice (inferred)",
        )
    },
    rates=(Rate(100, 60.0, "key", "vendor's page: 100 requests a minute per user"),),
)
