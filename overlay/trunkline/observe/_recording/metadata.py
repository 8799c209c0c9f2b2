"""Metadata of a session: JSON values, checked when the session starts and not when it is sent."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from trunkline._json import is_array, is_mapping, is_object, is_tuple
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_METADATA_BYTES", "checked_metadata", "json_value"]

MAX_METADATA_BYTES: Final = 64 * 1024
_DEEPEST: Final = 20


def checked_metadata(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy as JSON values; the members of a ``metadata`` mapping move to the top level.

    Raises:
        InvalidArgumentError: a value cannot be written as JSON, or all together are too large; the
            text names the key.
    """
    known = {name: json_value(name, value) for name, value in values.items()}
    nested: Any = known.get("metadata", {})
    if not is_object(nested):
        raise InvalidArgumentError(f"metadata must be a mapping, not {type(nested).__name__}")
    known = {**nested, **known}
    size = len(json.dumps(known, ensure_ascii=False).encode("utf-8", "replace"))
    if size > MAX_METADATA_BYTES:
        raise InvalidArgumentError(
            f"the metadata is {size} bytes of JSON, the limit is {MAX_METADATA_BYTES}: keep large "
            "values elsewhere and send their ids"
        )
    return known


def json_value(name: str, value: Any, depth: int = 0) -> Any:
    """Return a value as a JSON value.

    A datetime becomes ISO 8601 in UTC (one without a zone is taken as UTC), a date ISO 8601, a
    Decimal and a UUID their text, an Enum its value, a dataclass an object, a tuple a list.

    Args:
        name: its path, for the error.
        value: anything.
        depth: its nesting depth.

    Raises:
        InvalidArgumentError: it cannot be written as JSON.
    """
    if depth > _DEEPEST:
        raise InvalidArgumentError(f"{name} is nested deeper than {_DEEPEST} levels: flatten it")
    if isinstance(value, Enum):
        return json_value(name, value.value, depth + 1)
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8 form
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        raise InvalidArgumentError(
            f"{name} is {value}, which cannot be written as JSON: leave it out"
        )
    if (text := _text(value)) is not None:
        return text
    return _container(name, value, depth)


def _text(value: Any) -> str | None:
    if isinstance(value, datetime):
        aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else None


def _container(name: str, value: Any, depth: int) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in fields(value)}
    if is_mapping(value):
        for key in value:
            if not isinstance(key, str):
                raise InvalidArgumentError(f"{name} has the key {key!r:.40}: keys must be texts")
        return {key: json_value(f"{name}.{key}", each, depth + 1) for key, each in value.items()}
    if is_array(value) or is_tuple(value):
        return [json_value(f"{name}[{n}]", each, depth + 1) for n, each in enumerate(value)]
    raise InvalidArgumentError(
        f"{name} is a {type(value).__name__}, which cannot be written as JSON: give text, numbers, "
        "lists, mappings, or a datetime, date, Decimal, UUID, Enum or dataclass"
    )
