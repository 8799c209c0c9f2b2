"""What the engine must know about StateSet Voice."""

from __future__ import annotations

from typing import Any, Final

from trunkline._engine.client.paging import PageInfo, items_of, non_negative_int
from trunkline._engine.provider import (
    ErrorInfo,
    Provider,
    Rate,
    RetryRule,
    code_of,
    mapping_of,
    naming_fields,
    text_of,
)


def decode_error(body: Any) -> ErrorInfo:
    """Read both documented shapes: ``{error, message, details}`` and ``{error, ok}``."""
    found = mapping_of(body)
    message = text_of(found.get("message")) or text_of(found.get("error"))
    details = mapping_of(found.get("details"))
    return ErrorInfo(naming_fields(message, details), code_of(found.get("error")), details)


PROVIDER: Final = Provider(
    name="stateset_voice",
    package="stateset_voice_public",
    display_name="StateSet Voice",
    env="STATESET_VOICE",
    # The contract lists a developer's localhost first; production is the only safe default.
    base_url="https://voice.stateset.app",
    decode_error=decode_error,
    rates=(
        Rate(60, 60.0, "address", "vendor's API description: per IP 60 a minute"),
        Rate(1000, 60.0, "key", "vendor's API description: per tenant 1000 a minute"),
    ),
    retry_rules={
        "make_call": RetryRule(
            idempotent=False,
            retryable_statuses=frozenset({429}),
            evidence="vendor's make-call and idempotency pages: never repeat after a 5xx or a "
            "timeout; a 429 is refused before scheduling (inferred)",
        )
    },
)


def read_page(body: Any) -> PageInfo:
    """Find the items and paging facts of a list."""
    items, paging = items_of(body, "data"), mapping_of(body)
    return PageInfo(
        items,
        total=non_negative_int(paging.get("total")),
        limit=non_negative_int(paging.get("limit")),
        offset=non_negative_int(paging.get("offset")),
    )
