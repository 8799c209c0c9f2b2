"""What the engine must know about Whispey: the REST API, and the separate ingest API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

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
from trunkline._engine.transport.content import read_json
from trunkline.errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    RateLimitError,
    UnprocessableEntityError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The documented codes; the page gives no HTTP status for any of them, so a code may arrive with
#: another status than expected. The first class is the usual one, the others fit as well.
_BY_CODE: Final[Mapping[str, tuple[type[APIStatusError], ...]]] = {
    "INVALID_API_KEY": (AuthenticationError,),
    "RATE_LIMIT_EXCEEDED": (RateLimitError,),
    "AGENT_NOT_FOUND": (NotFoundError,),
    "INVALID_DATE_RANGE": (BadRequestError, UnprocessableEntityError),
    "EXPORT_IN_PROGRESS": (ConflictError,),
}

_DENIAL: Final = re.compile(rb'"success"\s*:\s*false')


def decode_error(body: Any) -> ErrorInfo:
    """Read an error: an object, a text, or a gateway's ``message``.

    The page shows ``{success, error: {code, message, details}}``; the vendor's own server sends
    ``{success, error: "text"}``, sometimes with ``details`` beside it.
    """
    found = mapping_of(body)
    error = found.get("error")
    inner = mapping_of(error)
    text = error if isinstance(error, str) else inner.get("message")
    details = mapping_of(inner.get("details")) or mapping_of(found.get("details"))
    message = text_of(text) or text_of(found.get("message"))
    return ErrorInfo(naming_fields(message, details), code_of(inner.get("code")), details)


def specialise_error(error: APIStatusError) -> APIStatusError:
    """Let a documented code decide the class, whatever status it came with."""
    kinds = _BY_CODE.get(str(error.code))
    if kinds is None or isinstance(error, kinds):
        return error
    return kinds[0](error.message, **vars(error))


def is_error_body(body: bytes) -> bool:
    """Return whether a body has ``success: false`` at its top level."""
    if not _DENIAL.search(body):
        return False
    try:
        return mapping_of(read_json(body)).get("success") is False
    except (ValueError, RecursionError):
        return False


PROVIDER: Final = Provider(
    name="whispey",
    display_name="Whispey",
    env="WHISPEY",
    base_url="https://api.whispey.ai",
    decode_error=decode_error,
    specialise_error=specialise_error,
    is_error_body=is_error_body,
    rates=(Rate(1000, 3600.0, "key", "vendor's page: 1,000 requests an hour, the standard plan"),),
)

#: It shares only the key with the REST API.
INGEST: Final = Provider(
    name="whispey",
    package="whispey_ingest",
    display_name="Whispey's ingest API",
    env="WHISPEY",
    base_url="https://mp1grlhon8.execute-api.ap-south-1.amazonaws.com/dev",
    decode_error=decode_error,
    specialise_error=specialise_error,
    retry_rules={
        "sendCallLog": RetryRule(
            idempotent=False,
            retryable_statuses=frozenset({429}),
            evidence="vendor's public server source: a record that is sent twice makes two rows; "
            "a gateway's 429 is refused before the record is read (inferred)",
        )
    },
    key_header="x-pype-token",
    key_prefix="",
    is_error_body=is_error_body,
)
INGEST_URL: Final = f"{INGEST.base_url}/send-call-log"


def read_page(body: Any) -> PageInfo:
    """Find the items and paging facts of the list of calls."""
    items = items_of(body, "data")
    paging = mapping_of(mapping_of(body).get("pagination"))
    more = paging.get("has_more")
    return PageInfo(
        items,
        total=non_negative_int(paging.get("total")),
        limit=non_negative_int(paging.get("limit")),
        offset=non_negative_int(paging.get("offset")),
        has_more=more if isinstance(more, bool) else None,
    )
