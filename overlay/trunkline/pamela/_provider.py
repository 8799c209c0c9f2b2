"""What the engine must know about Pamela."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from trunkline._engine._decision import UNSAFE
from trunkline._engine._paging import PageInfo, whole
from trunkline._engine._provider import Provider
from trunkline.pamela._errors import decode_error, refine

PROVIDER: Final = Provider(
    name="pamela",
    title="Pamela",
    env="PAMELA",
    base_url="https://api.thisispamela.com",
    decode_error=decode_error,
    refine=refine,
    replay={
        "create_call": replace(
            UNSAFE,
            evidence="no source knows an idempotency key, and the vendor's package never repeats "
            f"a POST; {UNSAFE.evidence}",
        )
    },
    # The vendor's page states the user token for the creation of keys; the rest is inferred.
    user_operations=frozenset(
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
    has_more = body.get("has_more")
    return PageInfo(
        list(body["items"]),
        total=whole(body.get("total")),
        limit=whole(body.get("limit")),
        offset=whole(body.get("offset")),
        has_more=has_more if isinstance(has_more, bool) else None,
        next_offset=whole(body.get("next_offset")),
    )
