"""Refusals on connections of httpx, which may be left-over bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.engine.backends import KEY, TO
from tests.engine.server import Exchange, response

from trunkline import StateSetVoice
from trunkline.errors import RateLimitError

if TYPE_CHECKING:
    from tests.engine.server import Asked

CUT = b"HTTP/1.1 429 No\r\nContent-Length: 100\r\nRetry-After: 0\r\n\r\n{"


@pytest.mark.parametrize("way", ["transport", "client"])
def test_a_refusal_that_is_cut_off_on_a_reused_connection_proves_nothing(way: str) -> None:
    """There is only its head: the POST is not sent again."""

    def reply(asked: Asked) -> bytes | None:
        if asked.method == "GET":
            return response()
        asked.socket.sendall(CUT)
        return None

    with httpx.Client() as own, Exchange(reply) as server:
        ways: dict[str, Any] = {
            "transport": {"transport": httpx.HTTPTransport()},
            "client": {"http_client": own},
        }
        with StateSetVoice(KEY, base_url=server.url, max_retries=2, **ways[way]) as client:
            client.call_logs.list()
            with pytest.raises(RateLimitError) as raised:
                client.make_call(to=TO)
        assert server.connections == 1
    assert raised.value.maybe_accepted
    assert [asked.method for asked in server.asked] == ["GET", "POST"]
