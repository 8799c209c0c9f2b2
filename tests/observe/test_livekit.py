"""The adapter: what it must survive, and what speech handles know better than events do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.replay import RecordedSession

from trunkline.errors import InvalidArgumentError
from trunkline.observe import status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trunkline.observe import LivekitObserve


class Live(RecordedSession):
    """A session whose events the test emits."""

    def __init__(self) -> None:
        self.handlers = {}
        self.usage = None
        self.history = SimpleNamespace(items=[])

    def say(self, role: str, text: str, item_id: str, **more: Any) -> Any:
        item = SimpleNamespace(
            id=item_id, type="message", role=role, content=[text], interrupted=False, metrics={}
        )
        vars(item).update(more)
        self.emit("conversation_item_added", SimpleNamespace(item=item))
        return item

    def speech(self, speech_id: str, source: str = "generate_reply") -> Handle:
        handle = Handle(speech_id)
        self.emit("speech_created", SimpleNamespace(speech_handle=handle, source=source))
        return handle


class Handle:
    """A speech handle."""

    def __init__(self, speech_id: str) -> None:
        self.id, self.interrupted, self.chat_items = speech_id, False, list[Any]()
        self._callbacks: list[Callable[[Any], None]] = []

    def add_done_callback(self, callback: Callable[[Any], None]) -> None:
        self._callbacks.append(callback)

    def finish(self, *items: Any, interrupted: bool = False) -> None:
        self.chat_items, self.interrupted = list(items), interrupted
        for callback in self._callbacks:
            callback(self)


@pytest.fixture
def live(observe: Callable[..., LivekitObserve]) -> tuple[LivekitObserve, Live, str]:
    observer, session = observe(), Live()
    return observer, session, observer.start_session(session)


def turns(observer: LivekitObserve, session_id: str) -> list[tuple[str, str]]:
    found = observer.get_data(session_id)["transcript_with_metrics"]
    return [(turn["user_transcript"], turn["agent_response"]) for turn in found]


class Explosive:
    """Raises what LiveKit passes on, whichever attribute is read."""

    def __getattr__(self, name: str) -> Any:
        raise TypeError(name)


def test_nothing_that_goes_wrong_reaches_the_session(
    observe: Callable[..., LivekitObserve],
) -> None:
    """A TypeError in a handler would silence the agent; it is counted instead."""
    observer, session = observe(), RecordedSession()
    session_id = observer.start_session(session)
    for name in list(session.handlers):
        session.emit(name, Explosive())
    session.play()
    data = observer.get_data(session_id)
    assert len(data["transcript_with_metrics"]) == 6
    result = observer.export_sync(session_id, deadline=60)
    assert result.state == "sent"


def test_what_has_no_events_is_refused(observe: Callable[..., LivekitObserve]) -> None:
    """A wrong argument is our own error at once."""
    with pytest.raises(InvalidArgumentError, match="AgentSession"):
        observe().start_session("session")


def test_the_handle_decides_where_a_reply_belongs(live: Any) -> None:
    """The reply of an interrupted speech arrives after the next speech started."""
    observer, session, session_id = live
    first = session.speech("speech_1")
    session.say("user", "one", "u1")
    second = session.speech("speech_2")
    session.say("user", "two", "u2")
    late = session.say("assistant", "answer one", "a1", interrupted=True)
    first.finish(late, interrupted=True)
    second.finish(session.say("assistant", "answer two", "a2"))
    session.emit("close", SimpleNamespace(reason="user_initiated", error=None))
    assert turns(observer, session_id) == [("one", "answer one"), ("two", "answer two")]
    marks = [
        turn["trunkline"].get("interrupted")
        for turn in observer.get_data(session_id)["transcript_with_metrics"]
    ]
    assert marks == [True, None]


def test_a_reply_that_was_given_up_is_no_turn(live: Any) -> None:
    """Preemptive generation starts a speech for words that then change."""
    observer, session, session_id = live
    session.speech("speech_1").finish()
    answer = session.speech("speech_2")
    session.say("user", "one", "u1")
    answer.finish(session.say("assistant", "answer", "a1"))
    session.emit("close", SimpleNamespace(reason="user_initiated", error=None))
    assert turns(observer, session_id) == [("one", "answer")]


def test_a_close_collects_what_no_event_told(live: Any) -> None:
    """Items added by hand, and the text of a speech that the close cut off."""
    observer, session, session_id = live
    handle = session.speech("speech_1")
    session.say("user", "one", "u1")
    cut = SimpleNamespace(
        id="a1", type="message", role="assistant", content=["cut"], interrupted=True, metrics={}
    )
    handle.chat_items, handle.interrupted = [cut], True
    by_hand = SimpleNamespace(**{**vars(cut), "id": "u2", "role": "user", "content": ["by hand"]})
    session.history.items = [cut, by_hand, SimpleNamespace(id="f1", type="function_call")]
    session.emit("close", SimpleNamespace(reason="participant_disconnected", error=None))
    assert turns(observer, session_id) == [("one", "cut"), ("by hand", "")]
    data = observer.get_data(session_id)
    assert data["call_ended_reason"] == "completed"
    assert data["metadata"]["trunkline"]["close_reason"] == "participant_disconnected"


def test_a_tool_that_fails_shows_no_secret(live: Any) -> None:
    """The exception's own text goes through the redaction; the result is what the model saw."""
    observer, session, session_id = live
    session.speech("speech_1")
    call = SimpleNamespace(call_id="c1", name="pay", arguments="{}", created_at=10.0)
    started = SimpleNamespace(type="tool_call_started", function_call=call)
    session.emit("tool_execution_updated", SimpleNamespace(update=started, created_at=10.0))
    ended = SimpleNamespace(
        type="tool_call_ended", call_id="c1", status="error", message="bad key pype_0123456789abc"
    )
    session.emit("tool_execution_updated", SimpleNamespace(update=ended, created_at=10.25))
    output = SimpleNamespace(
        call_id="c1", output="An internal error occurred", is_error=True, created_at=10.3
    )
    event = SimpleNamespace(function_calls=[call], function_call_outputs=[output])
    session.emit("function_tools_executed", event)
    [tool] = observer.get_data(session_id)["transcript_with_metrics"][0]["tool_calls"]
    assert tool["error"] == "bad key [secret]"
    assert tool["result"] == "An internal error occurred"
    assert (tool["status"], tool["execution_duration_ms"]) == ("error", 250.0)


def test_figures_that_json_has_no_form_for_are_unknown(live: Any, tmp_path: Path) -> None:
    """An infinite rate is unknown; a lone surrogate is still text."""
    observer, session, session_id = live
    session.speech("speech_1")
    metrics = {"llm_node_tps": float("inf"), "llm_node_ttft": 0.5, "e2e_latency": Explosive}
    session.say("assistant", "half \ud83d", "a1", metrics=metrics)
    assert observer.export_sync(session_id, deadline=60).state == "sent"
    [turn] = observer.get_data(session_id)["transcript_with_metrics"]
    assert turn["llm_metrics"] == {"ttft": 0.5}
    assert "e2e_latency" not in turn["trunkline"]
    assert status(tmp_path / "journal").dropped == {}


def test_handlers_are_taken_away_at_the_end(live: Any) -> None:
    """A session may continue after observation has ended."""
    observer, session, session_id = live
    observer.end(session_id)
    assert not any(session.handlers.values())


def test_prompts_are_kept_only_when_asked_for(observe: Callable[..., LivekitObserve]) -> None:
    """Once per agent, not once per turn."""
    schema = {"name": "pay", "parameters": {"type": "object", "properties": {}}}
    tools = [
        SimpleNamespace(__name__="find"),
        SimpleNamespace(info=SimpleNamespace(name="pay", raw_schema=schema)),
    ]
    agent = SimpleNamespace(id="reception", instructions="You greet.", tools=tools)
    configured = {
        "agent": "reception",
        "instructions": "You greet.",
        "tools": [{"name": "find"}, schema],
    }
    for capture, expected in (
        ("transcript", None),
        ("full", [configured]),
    ):
        observer, session = observe(capture=capture), Live()
        session_id = observer.start_session(session)
        session.current_agent = agent
        session.say("user", "one", "u1")
        metadata = observer.get_data(session_id)["metadata"]
        found = metadata.get("complete_configuration", {}).get("pipeline_configuration")
        assert found == expected
