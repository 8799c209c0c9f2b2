"""What a call may send beyond its contract: extra_body=, extra_query= and extra_headers=."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

import httpx

from trunkline._json import is_mapping, is_sequence
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Scalar: TypeAlias = "str | int | float | bool"
ExtraBody: TypeAlias = "Mapping[str, Any] | None"
ExtraQuery: TypeAlias = "Mapping[str, Scalar | Sequence[Scalar]] | None"
ExtraHeaders: TypeAlias = "Mapping[str, str] | None"
QueryPairs: TypeAlias = tuple[tuple[str, str], ...]


class ExtraOptions(TypedDict, total=False):
    """Arguments of every method, for what a vendor accepts and the contract does not name yet.

    Attributes:
        extra_body: members to add to a JSON object body, or to replace those that the
            method's own arguments set. Refused by operations without such a body.
        extra_query: query parameters to add or replace; a list sends a name several times.
        extra_headers: headers to add or replace. Those that the client writes itself, such as
            ``Authorization`` and ``Content-Type``, are refused.
    """

    extra_body: ExtraBody
    extra_query: ExtraQuery
    extra_headers: ExtraHeaders


NAMES: Final = tuple(ExtraOptions.__annotations__)


def extra_options(body: ExtraBody, query: ExtraQuery, headers: ExtraHeaders) -> ExtraOptions:
    """Return the options of a method that takes each by name, because its ``**`` is the body."""
    if body is query is headers is None:
        return {}
    return {"extra_body": body, "extra_query": query, "extra_headers": headers}


def extra_changes(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes of ``Options`` that a method's extra arguments ask for.

    Raises:
        TypeError: a name is none of the three, as in Python for unknown arguments.
        InvalidArgumentError: a value has the wrong shape; it is not shown.
    """
    for name in extra:
        if name not in NAMES:
            raise TypeError(f"got an unexpected keyword argument {name!r}")
    body, query = extra.get("extra_body"), extra.get("extra_query")
    return {
        "headers": extra.get("extra_headers"),
        "extra_body": None if body is None else dict(_named("extra_body", body)),
        "extra_query": None if query is None else _query_pairs(_named("extra_query", query)),
    }


def _named(argument: str, value: Any) -> Mapping[str, Any]:
    if is_mapping(value) and all(isinstance(name, str) for name in value):
        return value
    raise InvalidArgumentError(f"{argument} must be a dictionary with text keys")


def _query_pairs(query: Mapping[str, Any]) -> QueryPairs:
    for name, value in query.items():
        values = value if is_sequence(value) else [value]
        if not all(isinstance(one, str | int | float) for one in values):
            raise InvalidArgumentError(
                f"extra_query[{name!r}] must be a text, number, boolean or a list of them"
            )
    plain = {name: list(v) if is_sequence(v) else v for name, v in query.items()}
    return tuple(httpx.QueryParams(plain).multi_items())


def reject_position(query: QueryPairs, parameter: str) -> None:
    """Raise InvalidArgumentError for an offset or cursor that would apply to every page."""
    if any(name == parameter for name, _ in query):
        raise InvalidArgumentError(
            f"extra_query cannot hold {parameter}, which changes with each page: give {parameter}="
        )


def merge_query(params: Any, extra: QueryPairs) -> Any:
    """Return query parameters with the extra ones, which win over those of the same name."""
    if not extra:
        return params
    replaced = {name for name, _ in extra}
    own = httpx.QueryParams(params).multi_items()
    return [*(pair for pair in own if pair[0] not in replaced), *extra]


def merge_body(json: Any, headers: Mapping[str, str] | None, extra: Mapping[str, Any]) -> Any:
    """Return a JSON body with the extra members, which win over those of the same name.

    Args:
        json: the body, None where an optional one was left out.
        headers: those of the generated code; they name the body's media type in either case.
        extra: the members to add.

    Raises:
        InvalidArgumentError: the operation has no JSON body, or one that is not an object.
    """
    if not extra:
        return json
    if json is None and (headers or {}).get("Content-Type") == "application/json":
        return extra
    if is_mapping(json):
        return {**json, **extra}
    raise InvalidArgumentError(
        "extra_body= needs an operation with a JSON object as its body: leave it out, or use "
        "extra_query= or extra_headers="
    )
