"""Call a method with everything set, and look for each value on the wire."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx

from trunkline_pipeline.json_types import is_array, is_object

from .sample_values import has_few_values, value_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .operations import Field, Operation
    from .signature_match import Match

OPEN_FIELD = "x_probe"

# Every response of the recorder is an empty object, which differs from most contracts: without a
# handler, Python would print each warning about that.
logging.getLogger("trunkline").addHandler(logging.NullHandler())


class Recorder(httpx.MockTransport):
    """A transport that keeps the requests and responds to each with an empty object."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        super().__init__(self._respond)

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200, json={})


def probe(
    match: Match, operation: Operation, recorder: Recorder, document: Mapping[str, Any]
) -> Iterator[str]:
    """Yield a line for each field that does not arrive where the contract wants it.

    Args:
        match: the method, with an argument for each field.
        operation: what it calls.
        recorder: the transport of the method's client.
        document: the patched contract.
    """
    few = [n for n, f in match.arguments.items() if has_few_values(f.schema, document)]
    # Booleans and enums run out of values that differ: each is the odd one out in one more call.
    calls = [values_of(match, document, odd) for odd in ("", *few)]
    lines = [line for values in calls for line in _probe(match, operation, recorder, values)]
    yield from dict.fromkeys(lines)


def values_of(match: Match, document: Mapping[str, Any], odd: str = "") -> dict[str, Any]:
    """Return a value for each argument; ``odd`` names one that gets another than usual."""
    return {
        name: value_for(field.name, field.schema, document, number, other=name == odd)
        for number, (name, field) in enumerate(match.arguments.items())
    }


def _probe(
    match: Match, operation: Operation, recorder: Recorder, values: dict[str, Any]
) -> Iterator[str]:
    recorder.requests.clear()
    failure = attempt(match, values)
    if not recorder.requests:
        yield f"{operation}: nothing was sent: {failure}"
        return
    request = recorder.requests[0]
    for name, field in match.arguments.items():
        if not _arrived(field, values[name], request):
            yield f"{operation}: argument {name} does not arrive as {field}"
    if operation.open_body and not _has(_body(request), OPEN_FIELD):
        yield f"{operation}: {match.any_fields} does not arrive in the body"
    if operation.media_type and operation.media_type != _media_type(request):
        yield f"{operation}: {_media_type(request)} is sent, {operation.media_type} never"


def attempt(match: Match, values: dict[str, Any]) -> BaseException | None:
    """Call the method of a match, and return what it raised."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = values | further_arguments(match, Path(folder))
        # The response is a dummy: a failure to read it says nothing about the request.
        try:
            _finish(call(match, arguments))
        except Exception as error:  # noqa: BLE001  # reported by the caller when nothing was sent
            return error
    return None


def call(match: Match, arguments: dict[str, Any]) -> Any:
    signature = inspect.signature(match.method)
    positional: list[Any] = []
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.POSITIONAL_ONLY and name in arguments:
            positional.append(arguments.pop(name))
    return match.method(*positional, **arguments)


def further_arguments(match: Match, folder: Path) -> dict[str, Any]:
    """Return the required arguments that no contract knows: download targets, free fields."""
    further: dict[str, Any] = {}
    for name, parameter in inspect.signature(match.method).parameters.items():
        is_star = parameter.kind is parameter.VAR_KEYWORD
        if name == match.any_fields:
            further |= {OPEN_FIELD: "1"} if is_star else {name: {OPEN_FIELD: "1"}}
        elif not is_star and name not in match.arguments and parameter.default is parameter.empty:
            # The only arguments that no contract knows are places to save a download to.
            further[name] = folder / "probe"
    return further


def _finish(result: Any) -> None:
    if inspect.isawaitable(result) or hasattr(result, "__aiter__"):
        asyncio.run(_finish_async(result))
    elif inspect.isgenerator(result):
        next(result, None)


async def _finish_async(result: Any) -> None:
    if inspect.isawaitable(result):
        await result
        return
    async for _ in result:
        break


def _arrived(field: Field, value: Any, request: httpx.Request) -> bool:
    if field.location == "path":
        return str(value) in request.url.path.split("/")
    if field.location == "query":
        found = request.url.params.get_list(field.name)
        return bool(found) and _same(found[0], value)
    if field.location == "header":
        return _same(request.headers.get(field.name), value)
    if field.location == "cookie":
        return f"{field.name}={value}" in request.headers.get("cookie", "")
    body = _body(request)
    for outer in field.inside:
        body = body.get(outer) if is_object(body) else None
    return is_object(body) and field.name in body and _same(body[field.name], value)


def _same(found: Any, value: Any) -> bool:
    if is_object(value):
        return is_object(found) and all(_same(found.get(key), value[key]) for key in value)
    if is_array(value):
        return is_array(found) and len(found) == len(value) and all(map(_same, found, value))
    if isinstance(value, bool | int):
        return str(found).lower() == str(value).lower()
    # A date may be written in several ways, free text in one.
    return bool(found == value) or _moment(found) == _moment(value) is not None


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _has(body: Any, name: str) -> bool:
    return is_object(body) and name in body


def _media_type(request: httpx.Request) -> str:
    return str(request.headers.get("content-type", "no body")).partition(";")[0].strip()


def _body(request: httpx.Request) -> Any:
    if "urlencoded" in _media_type(request):
        return {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
    try:
        return json.loads(request.content)
    except ValueError:
        return None
