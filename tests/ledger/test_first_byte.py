"""``sending`` is on disk before the first byte is sent, on each transport."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest
from tests.engine.proxies import Proxy
from tests.engine.server import Asked, Exchange, response
from tests.ledger.conftest import TASK, TO, Place

from trunkline import ConfigurationError, Pamela


class Watched:
    """A server that reads the ledger's file when a request arrives."""

    def __init__(self, place: Place) -> None:
        self.place, self.states = place, list[str]()

    def look(self) -> None:
        with closing(sqlite3.connect(self.place.where)) as connection:
            self.states += [state for (state,) in connection.execute("SELECT state FROM attempt")]

    def reply(self, _asked: Asked) -> bytes:
        self.look()
        return response()

    def handle(self, _request: httpx.Request) -> httpx.Response:
        self.look()
        return httpx.Response(200, json={"id": "call-1"})


@pytest.fixture
def watched(in_file: Place) -> Watched:
    return Watched(in_file)


@pytest.mark.parametrize("way", ["pool", "proxy", "http_client", "transport", "httpx proxy"])
def test_the_record_comes_first(in_file: Place, watched: Watched, way: str) -> None:
    """Another process sees ``sending`` when the server has the request, and then ``accepted``."""
    with ExitStack() as stack:
        server = stack.enter_context(Exchange(watched.reply))
        proxy = stack.enter_context(Proxy())
        httpx_proxy = httpx.HTTPTransport(proxy=proxy.url)
        ways: dict[str, dict[str, Any]] = {
            "pool": {},
            "proxy": {"proxy": proxy.url},
            "http_client": {"http_client": stack.enter_context(httpx.Client())},
            "transport": {"transport": httpx.MockTransport(watched.handle)},
            "httpx proxy": {"transport": httpx_proxy},
        }
        client = stack.enter_context(
            Pamela("pk_test_x", base_url=server.url, ledger=in_file.open(), **ways[way])
        )
        for _ in range(2):
            client.calls.create(to=TO, task=TASK, key="order-1")
        assert len(proxy.heads) == ("proxy" in way)
    assert watched.states == ["sending"]
    (row,) = in_file.opened[0].attempts("order-1")
    assert (row.state, row.late > 0) == ("accepted", way not in {"pool", "proxy"})


def test_a_request_that_cannot_be_made_begins_no_call(in_file: Place) -> None:
    """A setting of the caller's client that is not a valid header leaves the key free."""
    with Exchange(lambda _asked: response(b'{"id": "call-1"}')) as server, in_file.open() as ledger:
        made: dict[str, Any] = {"base_url": server.url, "ledger": ledger}
        with (
            httpx.Client(cookies={"a": "ü"}) as odd,
            Pamela("k", http_client=odd, **made) as pamela,
        ):
            with pytest.raises(ConfigurationError, match="cookie"):
                pamela.calls.create(to=TO, task=TASK, key="order-1")
        with Pamela("k", **made) as pamela:
            assert pamela.calls.create(to=TO, task=TASK, key="order-1").id == "call-1"
