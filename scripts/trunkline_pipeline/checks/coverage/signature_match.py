"""Whether everything that an operation takes can be given to a method."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .operations import Field, Operation

_MAPPINGS: Final = frozenset({"body", "data", "fields", "payload"})


@dataclass(slots=True)
class Match:
    """How a method takes an operation: argument by field, and what it has no argument for."""

    method: Callable[..., Any]
    arguments: dict[str, Field] = field(default_factory=dict[str, "Field"])
    any_fields: str | None = None
    missing: list[str] = field(default_factory=list[str])


def match(method: Callable[..., Any], operation: Operation, document: Mapping[str, Any]) -> Match:
    """Pair the fields of an operation with the parameters of a method.

    An object may be given as one argument, or by one argument for each of its fields.
    """
    parameters = inspect.signature(method).parameters
    result = Match(method)
    left = list(operation.fields)
    for fits in (_same_name, _shorter_name):
        left = [f for f in left if not _take(result, f, parameters, fits)]
        left = [part for f in left for part in f.parts(document) or (f,)]
    left = [f for f in left if not _take(result, f, parameters, _same_name)]
    result.missing = [str(f) for f in left]
    if operation.open_body:
        result.any_fields = _open_parameter(parameters.values())
        if result.any_fields is None:
            result.missing.append("the open body (a `**fields` or a mapping)")
    return result


def _take(
    result: Match,
    wanted: Field,
    parameters: Any,
    fits: Callable[[str, Field], bool],
) -> bool:
    names = [name for name in parameters if name not in result.arguments and fits(name, wanted)]
    if len(names) != 1:
        return False
    result.arguments[names[0]] = wanted
    return True


def _same_name(name: str, wanted: Field) -> bool:
    return name.rstrip("_") == wanted.python_name.rstrip("_")


def _shorter_name(name: str, wanted: Field) -> bool:
    # `status` for `status_filter`: whether it really is the same thing, the probe finds out.
    return set(name.strip("_").split("_")) < set(wanted.python_name.split("_"))


def _open_parameter(parameters: Any) -> str | None:
    for parameter in parameters:
        # Not **extra: it takes extra_body=, extra_query= and extra_headers= alone.
        is_open = parameter.kind is parameter.VAR_KEYWORD and parameter.name != "extra"
        if is_open or parameter.name in _MAPPINGS:
            return str(parameter.name)
    return None


def best_match(
    methods: list[Callable[..., Any]], operation: Operation, document: Mapping[str, Any]
) -> Match:
    """Return the match with the fewest gaps among the methods of an operation."""
    matches = [match(method, operation, document) for method in methods]
    return min(matches, key=lambda found: len(found.missing))


def gaps(found: Match, operation: Operation) -> Iterator[str]:
    for missing in found.missing:
        yield f"{operation}: {_name(found.method)} has no argument for {missing}"


def _name(method: Callable[..., Any]) -> str:
    return f"{method.__module__}.{method.__qualname__}"
