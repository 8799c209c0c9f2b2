"""Read one field of a payload: the right type, or the absence of it, never an exception."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.webhooks.errors import Reason, WebhookVerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "anything",
    "array",
    "flag",
    "integer",
    "mapping",
    "moment",
    "number",
    "required_mapping",
    "required_text",
    "text",
    "whole_object",
]


def whole_object(payload: object) -> dict[str, Any]:
    """The payload, which must be a JSON object.

    Raises:
        WebhookVerificationError: ``malformed_event``.
    """
    if not is_object(payload):
        raise _malformed(f"the payload is a JSON {_kind(payload)}, not an object")
    return payload


def anything(fields: Mapping[str, Any], name: str) -> Any:
    """A field of any type, None when absent."""
    return fields.get(name)


def text(fields: Mapping[str, Any], name: str) -> str | None:
    """A text field, None when absent or of another type."""
    value = fields.get(name)
    return value if isinstance(value, str) else None


def required_text(fields: Mapping[str, Any], name: str) -> str:
    """A text field that the contract requires.

    Raises:
        WebhookVerificationError: ``malformed_event``.
    """
    value = fields.get(name)
    if not isinstance(value, str):
        raise _malformed(f"the field {name!r} is {_presence(fields, name)}, expected a string")
    return value


def integer(fields: Mapping[str, Any], name: str) -> int | None:
    """A whole number (``61.0`` counts), None when absent or of another type."""
    value = number(fields, name)
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value


def number(fields: Mapping[str, Any], name: str) -> int | float | None:
    """A number, None when absent or of another type; true and false are no numbers."""
    value = fields.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def flag(fields: Mapping[str, Any], name: str) -> bool | None:
    """A boolean, None when absent or of another type."""
    value = fields.get(name)
    return value if isinstance(value, bool) else None


def array(fields: Mapping[str, Any], name: str) -> tuple[Any, ...] | None:
    """An array, None when absent or of another type."""
    value = fields.get(name)
    return tuple(value) if is_array(value) else None


def mapping(fields: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """An object, None when absent or of another type."""
    value = fields.get(name)
    return value if is_object(value) else None


def required_mapping(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object that the contract requires.

    Raises:
        WebhookVerificationError: ``malformed_event``.
    """
    value = mapping(fields, name)
    if value is None:
        raise _malformed(f"the field {name!r} is {_presence(fields, name)}, expected an object")
    return value


def moment(fields: Mapping[str, Any], name: str) -> datetime | None:
    """A time in ISO 8601 as an aware datetime in UTC; a time without a zone is taken as UTC."""
    value = text(fields, name)
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):  # 0001-01-01 with a zone east of Greenwich overflows
        return None


def _presence(fields: Mapping[str, Any], name: str) -> str:
    return f"a {_kind(fields[name])}" if name in fields else "missing"


def _kind(value: object) -> str:
    kinds: tuple[tuple[Any, str], ...] = (
        (bool, "boolean"),
        (int | float, "number"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
    )
    return next((kind for types, kind in kinds if isinstance(value, types)), "null")


def _malformed(message: str) -> WebhookVerificationError:
    return WebhookVerificationError(Reason.MALFORMED_EVENT, message)
