"""How a client handles responses that differ from the contract."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.scripted_server import ScriptedServer

from trunkline import ConfigurationError, Pamela, ResponseValidationError, Whispey

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "k" * 20
ODD = json.dumps({"id": 5, "status": 3, "task": "call +15555550123"}).encode()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


def test_strict_mode_names_every_deviation(server: ScriptedServer) -> None:
    """The error says which operation, where, and what was expected; it has the bytes."""
    server.answer(200, ODD)
    with Pamela(KEY, base_url=server.url, strict=True) as pamela:
        with pytest.raises(ResponseValidationError) as caught:
            pamela.calls.create(to="+15555550123", task="x")
    error = caught.value
    assert "/status: expected string, found integer" in str(error)
    assert [each.pointer for each in error.deviations] == ["/id", "/status"]
    assert (error.operation_id, error.body, error.maybe_accepted) == ("create_call", ODD, True)
    assert "15555550123" not in str(error)


def test_strict_mode_takes_what_fits(server: ScriptedServer) -> None:
    """Unknown fields and enum values are not deviations."""
    server.answer(200, b'{"id": "c1", "status": "dreaming", "new": 1}')
    with Pamela(KEY, base_url=server.url, strict=True) as pamela:
        assert pamela.calls.get("c1").status == "dreaming"


def test_the_environment_turns_strict_mode_on(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``TRUNKLINE_STRICT=1`` is for CI and staging; ``strict=False`` still decides."""
    server.answer(200, b'{"data": [{"name": "a"}]}')
    monkeypatch.setenv("TRUNKLINE_STRICT", "1")
    with Whispey(KEY, base_url=server.url) as whispey:
        with pytest.raises(ResponseValidationError, match="/data/0/id"):
            whispey.agents.list()
    with Whispey(KEY, base_url=server.url, strict=False) as whispey:
        assert whispey.agents.list()[0].name == "a"
    monkeypatch.setenv("TRUNKLINE_STRICT", "maybe")
    with pytest.raises(ConfigurationError, match="TRUNKLINE_STRICT must be 1 or 0"):
        Whispey(KEY)


def test_a_single_call_may_be_strict_or_lax(server: ScriptedServer) -> None:
    """``with_options(strict=...)`` decides for its client alone, in either direction."""
    server.answer(200, ODD)
    with Pamela(KEY, base_url=server.url) as pamela:
        with pytest.raises(ResponseValidationError, match="/status: expected string"):
            pamela.with_options(strict=True).calls.get("c1")
        assert pamela.calls.get("c1").raw["id"] == 5
        strict = pamela.with_options(strict=True, max_retries=0)
        with pytest.raises(ResponseValidationError):
            strict.with_options(deadline=9).calls.get("c1")
        assert strict.with_options(strict=False).calls.get("c1").raw["id"] == 5


def test_each_kind_is_logged_once(server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    """A hundred odd items are one line, which contains no value."""
    items = [{"id": f"c{n}", "status": "queued", "billed_minutes": "secret"} for n in range(100)]
    server.answer(200, json.dumps({"items": items, "has_more": False}).encode())
    with caplog.at_level(logging.WARNING, "trunkline"):
        with Pamela(KEY, base_url=server.url) as pamela:
            for _ in range(2):
                assert len(list(pamela.calls.list())) == 100
    lines = [each.getMessage() for each in caplog.records if "billed" in each.getMessage()]
    (line,) = lines
    assert line.startswith("list_calls: the response differs from the contract at /items/*/billed")
    assert line.endswith(": expected integer or null, found string; it is returned as it came")
