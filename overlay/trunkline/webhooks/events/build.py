"""Make an event from a payload, by the types that its class declares.

A field with a default is None (or its default) when it is absent, null, or of another type than
declared: an event is never refused over a detail. A field without a default is required.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from trunkline._json import is_array, is_object
from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.events.base import Event, UnknownEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "build_event",
    "build_named_event",
    "events_by_name",
    "parse_timestamp",
    "require_object",
]

E = TypeVar("E", bound=Event)

_JSON_NAMES: tuple[tuple[Any, str], ...] = (
    (bool, "boolean"),
    (int | float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    types: tuple[Any, ...]
    required: bool


def build_event(
    event_type: type[E], payload: dict[str, Any], source: Mapping[str, Any] | None = None
) -> E:
    """Make an event; its fields are in ``source``, by default the payload itself."""
    source = payload if source is None else source
    values: dict[str, Any] = {}
    hashable: Any = event_type  # mypy takes the class's __hash__ for that of its instances
    for one in _fields_of(hashable):
        value = _convert(source.get(one.name), one.types)
        if value is not None:
            values[one.name] = value
        elif one.required:
            raise _malformed(source, one.name, one.types)
    return event_type(payload=payload, **values)


def events_by_name(union: Any) -> dict[str, type[Any]]:
    """Return the classes of a union of events, by the name that each declares."""
    found: tuple[type[Any], ...] = get_args(union) or (union,)
    named = ((one, field) for one in found for field in fields(one) if field.name == "event")
    return {str(field.default): one for one, field in named}


def build_named_event(
    types: Mapping[str, type[E]],
    payload: dict[str, Any],
    source: Mapping[str, Any] | None = None,
    *,
    named_by: str = "event",
) -> E | UnknownEvent:
    """Make the event that the payload names; an UnknownEvent where no class has that name."""
    name = require_text(payload, named_by)
    if name in types:
        return build_event(types[name], payload, source)
    return UnknownEvent(event=name, payload=payload)


def require_object(payload: object) -> dict[str, Any]:
    """Return the payload, which must be a JSON object."""
    if is_object(payload):
        return payload
    raise WebhookVerificationError(
        Reason.MALFORMED_EVENT, f"the payload is a JSON {_json_name(payload)}, not an object"
    )


def require_text(source: Mapping[str, Any], name: str) -> str:
    """Return a text field that the contract requires."""
    value = source.get(name)
    if isinstance(value, str):
        return value
    raise _malformed(source, name, (str,))


def parse_timestamp(value: object) -> datetime | None:
    """Parse an ISO 8601 time and return it in UTC, or None; without a zone it is taken as UTC."""
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):  # 0001-01-01 with a zone east of Greenwich overflows
        return None


@cache
def _fields_of(event_type: type[Any]) -> tuple[_Field, ...]:
    hints = get_type_hints(event_type)
    return tuple(
        _Field(one.name, _types_of(hints[one.name]), _is_required(one))
        for one in fields(event_type)
        if one.name not in {"event", "payload"}
    )


def _types_of(hint: Any) -> tuple[Any, ...]:
    parts = (hint,) if get_origin(hint) in {tuple, dict, None} else get_args(hint)
    return tuple(get_origin(part) or part for part in parts if part is not type(None))


def _is_required(one: Any) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _convert(value: Any, types: tuple[Any, ...]) -> Any:
    converted = (_CONVERTERS[one](value) for one in types)
    return next((one for one in converted if one is not None), None)


def _integer(value: Any) -> int | None:
    number = _number(value)
    # In JSON, 61.0 is an integer.
    if isinstance(number, float):
        return int(number) if number.is_integer() else None
    return number


def _number(value: Any) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


_CONVERTERS: dict[Any, Callable[[Any], Any]] = {
    Any: lambda value: value,
    bool: lambda value: value if isinstance(value, bool) else None,
    datetime: parse_timestamp,
    dict: lambda value: value if is_object(value) else None,
    float: _number,
    int: _integer,
    str: lambda value: value if isinstance(value, str) else None,
    tuple: lambda value: tuple(value) if is_array(value) else None,
}


def _malformed(
    source: Mapping[str, Any], name: str, types: tuple[Any, ...]
) -> WebhookVerificationError:
    found = f"a {_json_name(source[name])}" if name in source else "missing"
    expected = "an object" if dict in types else "a string"
    return WebhookVerificationError(
        Reason.MALFORMED_EVENT, f"the field {name!r} is {found}, expected {expected}"
    )


def _json_name(value: object) -> str:
    return next((name for types, name in _JSON_NAMES if isinstance(value, types)), "null")
