"""Call a method with everything set, and look for each value on the wire."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx

from trunkline_pipeline.json_values import is_object

from .values import value_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .matching import Match
    from .wanted import Field, Operation

OPEN_FIELD = "x_probe"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Recorder(httpx.MockTransport):
    """A transport that keeps the requests and answers each with an empty object."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
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
    values = {
        name: value_for(field.name, field.schema, document)
        for name, field in match.arguments.items()
    }
    recorder.requests.clear()
    failure = _call(match, values)
    if not recorder.requests:
        yield f"{operation}: nothing was sent: {failure}"
        return
    request = recorder.requests[0]
    for name, field in match.arguments.items():
        if not _arrived(field, values[name], request):
            yield f"{operation}: argument {name} does not arrive as {field}"
    if operation.open_body and not _has(_body(request), OPEN_FIELD):
        yield f"{operation}: {match.any_fields} does not arrive in the body"


def _call(match: Match, values: dict[str, Any]) -> BaseException | None:
    with tempfile.TemporaryDirectory() as folder:
        arguments = values | _further(match, Path(folder))
        # The answer is no real one: that it cannot be read says nothing about the request.
        try:
            _finish(_apply(match, arguments))
        except Exception as error:  # noqa: BLE001  # reported by the caller when nothing was sent
            return error
    return None


def _apply(match: Match, arguments: dict[str, Any]) -> Any:
    signature = inspect.signature(match.method)
    positional: list[Any] = []
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.POSITIONAL_ONLY and name in arguments:
            positional.append(arguments.pop(name))
    return match.method(*positional, **arguments)


def _further(match: Match, folder: Path) -> dict[str, Any]:
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
    if field.place == "path":
        return str(value) in request.url.path.split("/")
    if field.place == "query":
        found = request.url.params.get_list(field.name)
        return bool(found) and _same(found[0], value)
    if field.place == "header":
        return field.name in request.headers
    if field.place == "cookie":
        return f"{field.name}=" in request.headers.get("cookie", "")
    body = _body(request)
    for outer in field.inside:
        body = body.get(outer) if is_object(body) else None
    return is_object(body) and field.name in body and _same(body[field.name], value)


def _same(found: Any, value: Any) -> bool:
    if isinstance(value, bool | int):
        return str(found).lower() == str(value).lower()
    # A date may be written in several ways, free text in one.
    is_text = isinstance(value, str) and not _DATE.match(value)
    return not is_text or found == value


def _has(body: Any, name: str) -> bool:
    return is_object(body) and name in body


def _body(request: httpx.Request) -> Any:
    kind = request.headers.get("content-type", "")
    if "urlencoded" in kind:
        return {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
    try:
        return json.loads(request.content)
    except ValueError:
        return None
