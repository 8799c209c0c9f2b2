"""A transport that records requests and returns given responses, for sync and async calls."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable


class Recorder(httpx.MockTransport):
    """Returns the responses in ``answers`` in turn, then repeats the last one."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[httpx.Response] = []
        self._runner = asyncio.Runner()
        super().__init__(self._respond)

    def reset(self, *answers: httpx.Response) -> None:
        """Forget all requests, and set the next responses."""
        self.requests.clear()
        self.answers = list(answers)

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        index = min(len(self.requests), len(self.answers)) - 1
        known = self.answers[index] if self.answers else httpx.Response(200, json={})
        # A response can be read only once, so each request gets a copy.
        return httpx.Response(known.status_code, content=known.content, headers=known.headers)

    def run(self, call: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        """Call a method and return its result, awaited if needed; exceptions propagate."""
        positional: list[Any] = []
        for name, parameter in inspect.signature(call).parameters.items():
            if parameter.kind is parameter.POSITIONAL_ONLY and name in arguments:
                positional.append(arguments.pop(name))
        result = call(*positional, **arguments)
        return self._runner.run(_awaited(result)) if inspect.isawaitable(result) else result

    def all_items(self, pages: Any) -> list[Any]:
        """Return the items of a list, however many pages it takes."""
        if hasattr(pages, "__aiter__"):
            return self._runner.run(_collected(pages))
        return list(pages)


async def _awaited(result: Any) -> Any:
    return await result


async def _collected(pages: Any) -> list[Any]:
    return [item async for item in pages]


def media_type(message: httpx.Request | httpx.Response) -> str:
    """Return the media type of a request or response, without its parameters."""
    return str(message.headers.get("content-type", "")).partition(";")[0].strip()


def json_body(request: httpx.Request) -> Any:
    """Return the body of a request as JSON, None where it is not JSON."""
    try:
        return json.loads(request.content)
    except ValueError:
        return None
