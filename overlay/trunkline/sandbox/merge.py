"""Change frozen configuration with plain JSON values; errors name the bad value."""

from __future__ import annotations

import math
import types
from dataclasses import is_dataclass, replace
from datetime import datetime
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from trunkline._json import is_array, is_object, is_tuple
from trunkline.errors import ConfigurationError
from trunkline.sandbox.timestamps import parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_SECONDS", "merged"]

T = TypeVar("T")

#: Seconds: no duration may exceed a year, because dates have an upper limit.
MAX_SECONDS = 366 * 86_400.0

_EXAMPLE = "2026-06-30T00:00:00Z"


def merged(config: T, changes: Mapping[str, Any], where: str = "config") -> T:
    """Return the config with some values replaced; raises ConfigurationError naming the bad one."""
    hints = get_type_hints(type(config))
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in hints:
            known = ", ".join(sorted(hints))
            raise ConfigurationError(f"{where} has no {name!r}; it has {known}")
        values[name] = _converted(getattr(config, name), value, hints[name], f"{where}.{name}")
    return cast("T", replace(cast("Any", config), **values))


def _converted(current: Any, value: Any, hint: Any, where: str) -> Any:
    if is_dataclass(current) and is_object(value):
        return merged(current, value, where)
    if is_array(value) and get_origin(hint) is tuple:
        value = tuple(value)
    if isinstance(value, str) and datetime in get_args(hint):
        value = _date_time(value, where)
    if not _fits(value, hint):
        raise ConfigurationError(f"{where} cannot be a {type(value).__name__}: {_named(hint)}")
    return value


def _date_time(text: str, where: str) -> datetime:
    try:
        return parse_timestamp(text)
    except ValueError:
        raise ConfigurationError(
            f"{where} is not an RFC 3339 date-time such as {_EXAMPLE}"
        ) from None


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return any(_fits(value, option) for option in arguments)
    if origin is Literal:
        return value in arguments
    if origin is tuple:
        return is_tuple(value) and all(_fits(item, arguments[0]) for item in value)
    return _is_a(value, origin or hint)


def _is_a(value: Any, kind: type) -> bool:
    # bool is a subclass of int, but True seconds is a mistake.
    if isinstance(value, bool):
        return kind is bool
    if isinstance(value, int | float):  # every setting is a count, a size or a time
        most = MAX_SECONDS if kind is float else math.inf
        return kind in {type(value), float} and 0 <= value <= most
    return isinstance(value, kind)


def _named(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "give one of " + ", ".join(get_args(hint))
    words = str(hint) if get_args(hint) else hint.__name__
    numbers = {int, float} & {hint, *get_args(hint)}
    return f"give {words}, 0 or more" if numbers else f"give {words}"
