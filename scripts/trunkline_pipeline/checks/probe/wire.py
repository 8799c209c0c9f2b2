"""Find the values of fields in a request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from trunkline_pipeline.json_types import is_array, is_object

from .recorder import json_body, media_type

if TYPE_CHECKING:
    import httpx

    from trunkline_pipeline.checks.contract.operations import Field, Operation


def body(request: httpx.Request) -> Any:
    """Return the body of a request; a form as an object."""
    if "urlencoded" in media_type(request):
        return {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
    return json_body(request)


def arrived(field: Field, value: Any, request: httpx.Request) -> bool:
    """Return whether a value is where the contract requires it."""
    if field.location == "path":
        return str(value) in map(unquote, request.url.path.split("/"))
    if field.location == "query":
        given = request.url.params.get_list(field.name)
        return bool(given) and _same(given[0], value)
    if field.location == "header":
        return _same(request.headers.get(field.name), value)
    if field.location == "cookie":
        return f"{field.name}={value}" in request.headers.get("cookie", "")
    found = body(request)
    for outer in field.inside:
        found = found.get(outer) if is_object(found) else None
    return is_object(found) and field.name in found and _same(found[field.name], value)


def _same(found: Any, value: Any) -> bool:
    if is_object(value):
        return is_object(found) and all(_same(found.get(key), value[key]) for key in value)
    if is_array(value):
        return is_array(found) and len(found) == len(value) and all(map(_same, found, value))
    if isinstance(value, bool | int):
        return str(found).lower() == str(value).lower()
    # A date can be written in several ways; free text must be equal.
    return bool(found == value) or moment(found) == moment(value) is not None


def moment(text: object) -> datetime | None:
    """Parse a date or time in any form; None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def sent_names(request: httpx.Request) -> set[tuple[str, str]]:
    """Return location and name of every field in the query and the body."""
    found = body(request)
    where = "form" if "urlencoded" in media_type(request) else "json"
    names: set[tuple[str, str]] = {(where, n) for n in found} if is_object(found) else set()
    return names | {("query", name) for name in request.url.params}


def leads_to(operation: Operation, request: httpx.Request) -> bool:
    """Return whether a request matches an operation: its method, and its path with any values."""
    wanted, path = operation.path.split("/")[1:], request.url.raw_path.decode().partition("?")[0]
    found = path.split("/")[-len(wanted) :]
    fits = all(
        one.startswith("{") or one == other for one, other in zip(wanted, found, strict=False)
    )
    return request.method.lower() == operation.method and len(found) == len(wanted) and fits
