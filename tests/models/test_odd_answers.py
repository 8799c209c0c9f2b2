"""Responses that differ from the contract, in methods that use their content."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.scripted_server import ScriptedServer

from trunkline import Pamela, ResponseValidationError, StateSetVoice, WaitTimeoutError, Whispey
from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline.webhooks import ToolRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "k" * 20
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
TO = "+15555550123"
#: What a list may contain besides the expected items.
ODD = [5, None, "x", [], {}, {"call_sid": ["CA1"], "status": {"a": 1}, "to_number": [TO]}]
ODD_NAMES = [{"name": ["look"], "id": "t1"}, {"name": "look", "id": {"a": 1}}]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture
def patient() -> Runtime:
    """A runtime whose time passes only in sleeps."""
    now = [0.0]

    def sleep(delay: float) -> None:
        now[0] += delay

    return replace(SYSTEM, monotonic=lambda: now[0], sleep=sleep)


def answers(server: ScriptedServer, value: Any) -> None:
    server.answer(200, json.dumps(value).encode())


@pytest.mark.parametrize("status", [["completed"], {"a": 1}, 5, None, "absent"])
def test_a_state_that_is_no_text_is_waited_out(
    server: ScriptedServer, patient: Runtime, status: Any
) -> None:
    """The error has the call as it was read, and not Python's message about the odd value."""
    state = {"id": "c1"} if status == "absent" else {"id": "c1", "status": status}
    answers(server, state)
    with Pamela(KEY, base_url=server.url, runtime=patient) as pamela:
        with pytest.raises(WaitTimeoutError) as caught:
            pamela.calls.wait("c1", timeout=20)
    assert caught.value.last.raw == state


def test_a_completed_call_is_not_lost_over_its_transcript(
    server: ScriptedServer, patient: Runtime
) -> None:
    """The call is returned despite a response without an id or one that cannot be read."""
    answers(server, {"status": "completed"})
    with Pamela(KEY, base_url=server.url, runtime=patient) as pamela:
        assert pamela.calls.wait("c1", transcript_timeout=20).status == "completed"


def test_a_log_is_found_among_odd_ones(server: ScriptedServer, patient: Runtime) -> None:
    """One odd item breaks neither a wait nor a search."""
    log = {"call_sid": "CA1", "status": "completed", "to_number": TO}
    answers(server, {"data": [*ODD, log]})
    with StateSetVoice(KEY, base_url=server.url, runtime=patient) as stateset:
        assert stateset.calls.wait("CA1", since=SINCE).call_sid == "CA1"
        found = stateset.calls.find(to=TO, since=SINCE)
    assert [call.raw for call in found.calls] == [log]
    assert found.nameless == len(ODD)


def test_a_marked_call_is_looked_for_among_odd_ones(server: ScriptedServer) -> None:
    """An item that is not a call has no marker."""
    answers(server, {"items": ODD})
    with Pamela(KEY, base_url=server.url) as pamela:
        assert pamela.calls.find(key="order-1").call is None


def test_tools_are_compared_with_odd_ones(server: ScriptedServer) -> None:
    """A tool without an id cannot be deactivated and is left alone."""
    tools = ToolRegistry()

    @tools.tool
    def look(order: str) -> str:
        """Look an order up."""
        return order

    answers(server, {"tools": [*ODD, *ODD_NAMES]})
    with Pamela(KEY, base_url=server.url) as pamela:
        plan = tools.sync_blocking(pamela, dry_run=True)
    assert [(each.action, each.tool_id) for each in plan.changes] == [
        ("register", None),
        ("deactivate", "t1"),
    ]


def test_an_export_without_an_id_or_a_state(server: ScriptedServer, patient: Runtime) -> None:
    """It is waited for like one that is not ready."""
    answers(server, {"success": True, "data": {"status": ["completed"]}})
    with Whispey(KEY, base_url=server.url, runtime=patient) as whispey:
        with pytest.raises(WaitTimeoutError):
            whispey.exports.wait("e1", timeout=20)


@pytest.mark.parametrize(
    ("member", "read"),
    [(b'"\xc3"', "\ufffd"), (b'"caf\xe9"', "caf\ufffd"), (b"9" * 5000, "9" * 5000)],
    ids=["cut between bytes", "Latin-1", "5000 digits"],
)
def test_a_call_is_not_lost_over_one_character(
    server: ScriptedServer, member: bytes, read: str
) -> None:
    """A summary cut inside a character, or a very long number, leaves the id readable."""
    server.answer(200, b'{"id": "c1", "status": "queued", "summary": %b}' % member)
    with Pamela(KEY, base_url=server.url) as pamela:
        call = pamela.calls.create(to=TO, task="x")
        assert (call.id, call.raw["summary"]) == ("c1", read)
        with pytest.raises(ResponseValidationError):
            pamela.with_options(strict=True).calls.get("c1")


def test_an_error_s_message_is_not_lost_over_one_character(server: ScriptedServer) -> None:
    """Error bodies are read the same way."""
    server.answer(400, b'{"message": "no agent f\xfcr you"}')
    with Pamela(KEY, base_url=server.url) as pamela, pytest.raises(Exception, match="no agent f"):
        pamela.calls.get("c1")
