"""What the engine must know about Pamela."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from trunkline._engine.client.paging import PageInfo, items_of, non_negative_int
from trunkline._engine.provider import NON_IDEMPOTENT, Provider, mapping_of
from trunkline.pamela._errors import decode_error, specialise_error

PROVIDER: Final = Provider(
    name="pamela",
    display_name="Pamela",
    env="PAMELA",
    base_url="https://api.thisispamela.com",
    decode_error=decode_error,
    specialise_error=specialise_error,
    retry_rules={
        "create_call": replace(
            NON_IDEMPOTENT,
            evidence="no source knows an idempotency key, and the vendor's package never repeats "
            f"a POST; {NON_IDEMPOTENT.evidence}",
        )
    },
    # The vendor's page states the user token for the creation of keys; the rest is inferred.
    user_token_operations=frozenset(
        {
            "create_api_key",
            "list_api_keys",
            "revoke_api_key",
            "get_subscription",
            "create_checkout_session",
            "create_portal_session",
        }
    ),
)


def read_page(body: Any) -> PageInfo:
    """Find the items and paging facts of a list."""
    items, paging = items_of(body, "items"), mapping_of(body)
    has_more = paging.get("has_more")
    return PageInfo(
        items,
        total=non_negative_int(paging.get("total")),
        limit=non_negative_int(paging.get("limit")),
        offset=non_negative_int(paging.get("offset")),
        has_more=has_more if isinstance(has_more, bool) else None,
        next_offset=non_negative_int(paging.get("next_offset")),
    )
