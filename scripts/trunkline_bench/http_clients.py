"""Plain HTTP clients that a user would choose when only speed counts: POST JSON, read JSON.

Each factory imports its package; one that is not installed is skipped.
"""

from __future__ import annotations

import http.client
import json
from contextlib import asynccontextmanager
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from .peers import AUTH, CALL, CALL_PATH

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    Case = Callable[[], Any]
    AsyncCase = Callable[[], Awaitable[Any]]

_HEADERS: Final = {**AUTH, "Content-Type": "application/json"}


def standard_library(base: str) -> Case:
    connection = http.client.HTTPConnection(base.removeprefix("http://"))

    def post() -> Any:
        connection.request("POST", CALL_PATH, json.dumps(CALL), _HEADERS)
        return json.loads(connection.getresponse().read())

    return post


def urllib3(base: str) -> Case:
    pool = import_module("urllib3").PoolManager()
    return lambda: pool.request("POST", base + CALL_PATH, json=CALL, headers=AUTH).json()


def pyreqwest(base: str) -> Case:
    client = import_module("pyreqwest.client").SyncClientBuilder().default_headers(AUTH).build()
    return lambda: client.post(base + CALL_PATH).body_json(CALL).build().send().json()


def pyqwest(base: str) -> Case:
    """Return pyqwest's POST; it writes a dictionary as JSON."""
    client = import_module("pyqwest").SyncClient()
    return lambda: client.post(base + CALL_PATH, AUTH, CALL).json()


def pycurl(base: str) -> Case:
    """Return pycurl's POST on one handle, which keeps its connection."""
    module = import_module("pycurl")
    handle = module.Curl()
    handle.setopt(module.URL, base + CALL_PATH)
    handle.setopt(module.HTTPHEADER, [f"{name}: {value}" for name, value in _HEADERS.items()])

    def post() -> Any:
        body = BytesIO()
        handle.setopt(module.POSTFIELDS, json.dumps(CALL))
        handle.setopt(module.WRITEDATA, body)
        handle.perform()
        return json.loads(body.getvalue())

    return post


SYNC: Final = {
    "http.client": standard_library,
    "urllib3": urllib3,
    "pyreqwest": pyreqwest,
    "pyqwest": pyqwest,
    "pycurl": pycurl,
}


@asynccontextmanager
async def aiohttp(base: str, width: int) -> AsyncGenerator[AsyncCase]:
    module = import_module("aiohttp")
    connector = module.TCPConnector(limit=width)
    async with module.ClientSession(base, headers=AUTH, connector=connector) as session:

        async def post() -> Any:
            async with session.post(CALL_PATH, json=CALL) as response:
                return await response.json()

        yield post


@asynccontextmanager
async def async_pyreqwest(base: str, width: int) -> AsyncGenerator[AsyncCase]:
    builder = import_module("pyreqwest.client").ClientBuilder().default_headers(AUTH)
    async with builder.max_connections(width).build() as client:

        async def post() -> Any:
            request = client.post(base + CALL_PATH).body_json(CALL).build()
            return await (await request.send()).json()

        yield post


@asynccontextmanager
async def async_pyqwest(base: str, width: int) -> AsyncGenerator[AsyncCase]:  # noqa: ARG001 - as the others
    client = import_module("pyqwest").Client()

    async def post() -> Any:
        return (await client.post(base + CALL_PATH, AUTH, CALL)).json()

    yield post


ASYNC: Final = {"aiohttp": aiohttp, "pyreqwest": async_pyreqwest, "pyqwest": async_pyqwest}
