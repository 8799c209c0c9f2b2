"""What a shared limit refuses, with a sentence that names the remedy."""

from __future__ import annotations

from typing import Any

import pytest
from tests.limits.conftest import MINUTE, Make
from tests.redis_server import REDIS_URL

from trunkline import AsyncPamela, Pamela, errors
from trunkline.limits import Budget, SharedRateLimit


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
    """Each value is checked when it is given."""
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
    """An async client needs an AsyncSharedRateLimit: the error comes when it is made."""
    wrong: Any = make()
    with pytest.raises(errors.ConfigurationError, match="async def"):
        AsyncPamela("k", throttle=wrong)
    Pamela("k", throttle=wrong).close()


def test_the_url_is_not_shown() -> None:
    """Neither repr has it."""
    limit = SharedRateLimit("redis://:secret@127.0.0.1:1/0", [MINUTE], fleet_size=2)
    assert repr(limit) == "<SharedRateLimit 'minute'>"
    assert not limit.reserve(60) < 0
    assert not limit.is_shared
