"""Look up a header in the headers of any framework."""

from __future__ import annotations

from contextlib import suppress

from trunkline.webhooks.errors import Reason, WebhookVerificationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, TypeAlias

    Headers: TypeAlias = (
        Mapping[str, str] | Iterable[tuple[str, str]] | Iterable[tuple[bytes, bytes]]
    )
    """A mapping, a multi-dict with ``items()``, or pairs of text or bytes (ASGI)."""

__all__ = ["all_values", "one_value", "required_value"]


def all_values(headers: Headers, name: str) -> list[str]:
    """Every value of a header, in order, each still unsplit."""
    values: list[Any] | None = None
    # Suppressed and reported below, so that the error has no other exception as its context.
    with suppress(TypeError, ValueError, AttributeError):
        values = _scan(headers, name.lower())
    if values is None:
        raise WebhookVerificationError(
            Reason.MALFORMED_HEADER,
            "the headers are neither a mapping of text nor pairs of text or bytes",
        )
    return [_text(value, name) for value in values if value is not None]


def one_value(headers: Headers, name: str) -> str | None:
    """The value of a header that may occur once, or None."""
    values = all_values(headers, name)
    # A proxy and the application behind it could each use another of two values.
    if len(values) > 1 and len(set(values)) > 1:
        raise WebhookVerificationError(
            Reason.MALFORMED_HEADER, f"the {name} header occurs more than once"
        )
    return values[0] if values else None


def required_value(headers: Headers, name: str) -> str:
    value = one_value(headers, name)
    if value is None:
        raise WebhookVerificationError(
            Reason.MISSING_HEADER,
            f"there is no {name} header: is the vendor the sender, and do proxies keep the header?",
        )
    return value


def _scan(headers: Any, name: str) -> list[Any]:
    size = len(name)
    pairs = headers.items() if hasattr(headers, "items") else headers
    return [
        value
        for key, value in pairs
        # The length first: it is cheap, and avoids lower() of a very long name.
        if len(key) == size
        and (key if isinstance(key, str) else str(key, "latin-1")).lower() == name
    ]


def _text(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("latin-1")
    raise WebhookVerificationError(
        Reason.MALFORMED_HEADER, f"the {name} header is {type(value).__name__}, not text"
    )
