"""Invalid arguments of a shared limit; each error names the remedy."""

from __future__ import annotations

import socketserver
import threading
from typing import Any

import pytest
from tests.limits.conftest import MINUTE, Make
from tests.redis_server import REDIS_URL

from trunkline import AsyncPamela, Pamela, errors
from trunkline.limits import Budget, RateLimit, SharedRateLimit


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("", 1, 1), "name of a Budget"),
        (("a", 0, 1), "requests must be"),
        (("a", True, 1), "requests must be"),
        (("a", 1.5, 1), "requests must be"),
        (("a", 1, 0), "seconds must be"),
        (("a", 1, float("nan")), "seconds must be"),
        (("a", 1, "60"), "seconds must be"),
        (("a", 1, 1, 0), "burst must be"),
        (("a", 5, 1, 6), "burst 6 is above"),
    ],
)
def test_a_budget_that_cannot_be_counted(arguments: Any, words: str) -> None:
    """Each value is checked when it is passed."""
    with pytest.raises(errors.ConfigurationError, match=words):
        Budget(*arguments)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"redis": "http://secret@host"}, "URL of Redis"),
        ({"redis": 5}, "redis must be"),
        ({"budgets": []}, "one Budget or more"),
        ({"budgets": ["60/min"]}, "one Budget or more"),
        ({"budgets": [MINUTE, MINUTE]}, "two budgets have one name"),
        ({"fleet_size": 0}, "fleet_size"),
        ({"headroom": 0.9}, "headroom"),
    ],
)
def test_a_limit_that_cannot_be_shared(changes: dict[str, Any], words: str) -> None:
    """The error never shows the URL, which may hold a password."""
    given: dict[str, Any] = {"redis": REDIS_URL, "budgets": [MINUTE], "fleet_size": 2, **changes}
    with pytest.raises(errors.ConfigurationError, match=words) as caught:
        SharedRateLimit(given.pop("redis"), given.pop("budgets"), **given)
    assert "secret" not in str(caught.value)


def test_the_limit_of_the_other_kind_of_client_is_refused(make: Make) -> None:
    """An async client needs an AsyncSharedRateLimit: its constructor raises."""
    wrong: Any = make()
    with pytest.raises(errors.ConfigurationError, match="async def"):
        AsyncPamela("k", throttle=wrong)
    Pamela("k", throttle=wrong).close()


def test_the_url_is_not_shown() -> None:
    """Neither repr contains it."""
    limit = SharedRateLimit("redis://:secret@127.0.0.1:1/0", [MINUTE], fleet_size=2)
    assert repr(limit) == "<SharedRateLimit 'minute'>"
    assert not limit.reserve(60) < 0
    assert not limit.is_shared


class NoRedis(socketserver.BaseRequestHandler):
    """Answers every command with a line that is not Redis protocol."""

    def handle(self) -> None:
        while self.request.recv(4096):
            self.request.sendall(b":abc\r\n")


def test_what_is_no_redis_counts_as_an_outage() -> None:
    """The process keeps to its share, and no exception of redis-py reaches a call."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), NoRedis) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"redis://127.0.0.1:{server.server_address[1]}/0"
        with SharedRateLimit(url, [MINUTE], fleet_size=2) as limit:
            assert limit.reserve(60) >= 0
            limit.heed(RateLimit(remaining=0, reset=1.0))
            assert not limit.is_shared
        server.shutdown()
